"""The libraries that every worker needs, loaded once before workers are forked."""

import gc
import sys
from typing import Any

# All that is loaded here stays: to look through it again and again for garbage is idle work.
gc.disable()

# A grammar for checking addresses, which nbformat's validation loads, takes longer than all the
# rest together and is not used by it.
_modules: dict[str, Any] = sys.modules
_modules.setdefault("rfc3987_syntax", None)

import nbclient  # noqa: E402, F401
import nbformat  # noqa: E402
import papermill  # noqa: E402, F401

import reporting.documents.artifacts  # noqa: E402
import reporting.documents.html.page  # noqa: E402
import reporting.documents.typst.pdf  # noqa: E402
import reporting.publish.pool.workers  # noqa: E402, F401
from reporting.system.fonts import characters_of, sans_file, serif_file  # noqa: E402

# Reading a notebook has the rules of its format compiled first.
nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]

for _file in (serif_file(), sans_file()):
    characters_of(_file)

# What stays is left alone, so that its pages remain shared with the workers.
gc.freeze()
gc.enable()
