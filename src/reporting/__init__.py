"""Quarterly briefing packs from a government task table, by reproducible notebooks.

What a notebook needs stands here, and stays: `load` gives an assessment with its tables as
DataFrames, `show` what reports show of it. ``Kind`` is what a grade counts as, whatever an office
calls it, `use_chinese` has charts write Chinese, ``UsageError`` is what wrong parameters are
answered with.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reporting.documents.analyst.charts import use_chinese
    from reporting.errors import UsageError
    from reporting.exhibits import show
    from reporting.grades import Kind
    from reporting.notebook import load

__all__ = ["Kind", "UsageError", "__version__", "load", "show", "use_chinese"]
__version__ = "0.2.0"

_HOMES = {
    "Kind": "grades:Kind",
    "UsageError": "errors:UsageError",
    "load": "notebook:load",
    "show": "exhibits.show",
    "use_chinese": "documents.analyst.charts:use_chinese",
}
"""Where each name is, below this package: a command that needs none loads none of it."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Not loaded by commands, which ask for no name.
    from pkgutil import resolve_name

    return resolve_name(f"{__name__}.{_HOMES[name]}")


def __dir__() -> list[str]:
    return __all__
