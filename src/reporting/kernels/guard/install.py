"""Put a kernel under guard, when its environment asks for it."""

import os
from typing import Any

from reporting.kernels.guard.landlock import lock_files
from reporting.kernels.guard.places import Places
from reporting.kernels.guard.told import GUARD, Teller


def lock() -> None:
    """Lock what is not the kernel's; call it before the process has threads."""
    if os.environ.get(GUARD):
        lock_files(Places())


def install(shell: Any) -> None:
    """Watch a kernel that is ready from now on, and let its charts show Chinese.

    Parameters
    ----------
    shell : InteractiveShell
        What runs its cells.
    """
    if not (path := os.environ.get(GUARD)):
        return
    from reporting.documents.analyst.charts import use_chinese
    from reporting.kernels.guard.calls import watch_calls
    from reporting.kernels.guard.surroundings import watch_variables
    from reporting.kernels.guard.watch import watch

    use_chinese()
    places, teller = Places(), Teller(path)
    watch_calls(teller, shell.ast_transformers)
    watch_variables(places, teller)
    watch(places, teller)
