"""The libraries that every worker needs, loaded once before workers are forked."""

import sys
from typing import Any

# A grammar for checking addresses, which nbformat's validation loads, takes longer than all the
# rest together and is not used by it.
_modules: dict[str, Any] = sys.modules
_modules.setdefault("rfc3987_syntax", None)

import nbclient  # noqa: E402, F401
import nbformat  # noqa: E402, F401
import papermill  # noqa: E402, F401

import reporting.publish.html  # noqa: E402
import reporting.publish.pdf  # noqa: E402
import reporting.publish.render  # noqa: E402
import reporting.publish.workers  # noqa: E402, F401
