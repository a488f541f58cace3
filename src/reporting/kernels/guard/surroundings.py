"""The environment's variables: a notebook reads those that are the same everywhere.

No audit event tells of them. A kernel that publishes is given hardly any of its caller's, so
that one which is asked for would be missing in silence.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

from reporting.kernels.environment import FIXED
from reporting.kernels.guard.places import Places
from reporting.kernels.guard.told import Teller

_PASSING_ON = frozenset({"os", "_collections_abc", "collections.abc", __name__})


class Surroundings(os._Environ):  # type: ignore[type-arg]
    """``os.environ`` that knows who asks: libraries may, notebooks may not."""

    watch: "Variables"

    def __getitem__(self, key: Any) -> Any:
        """Give a variable."""
        self.watch.asked(key)
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[Any]:
        """Go through all names."""
        self.watch.asked(None)
        return super().__iter__()


class Variables:
    """Tells what a notebook may know: what is fixed, and what it has set itself."""

    def __init__(self, places: Places, teller: Teller) -> None:
        self._own, self._refuse = places.own, teller.refuse
        self._given = frozenset(os.environ)

    def asked(self, key: Any) -> None:
        """Refuse a name that a notebook asks for; None for all of them."""
        if not self._asked_by_notebook():
            return
        if key is None:
            self._refuse("variable", "全部")
        name = os.fsdecode(key)
        its_own = name not in self._given and os.environ.encodekey(name) in os.environ._data  # type: ignore[attr-defined]
        if name not in FIXED and not its_own:
            self._refuse("variable", name)

    def _asked_by_notebook(self) -> bool:
        frame = sys._getframe(2)
        while frame.f_back is not None and frame.f_globals.get("__name__") in _PASSING_ON:
            frame = frame.f_back
        in_cell = frame.f_globals.get("__name__") == "__main__"
        return in_cell or frame.f_code.co_filename.startswith(self._own)


def watch_variables(places: Places, teller: Teller) -> None:
    """Have ``os.environ`` tell notebooks from libraries from now on."""
    Surroundings.watch = Variables(places, teller)
    os.environ.__class__ = Surroundings
    if os.supports_bytes_environ:
        os.environb.__class__ = Surroundings
