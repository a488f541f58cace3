"""The notebooks that a year's reports are made of: read, and held against what is declared."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reporting.errors import FaultsFound, UsageError
from reporting.project.checking.notebooks import notebook_faults
from reporting.project.params import Params
from reporting.project.reports import (
    NOTEBOOKS,
    PROVINCE_NOTEBOOK,
    PUBLIC_NOTEBOOK,
    Declaration,
    all_reports,
)

OF_ALL = ("year", "quarter")
"""The parameters that every notebook is given."""


def read_notebooks(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Read notebooks, by their path in the project.

    Raises
    ------
    UsageError
        One is missing.
    """
    found: dict[str, bytes] = {}
    for name in dict.fromkeys(names):
        path = root / name
        if not path.is_file():
            raise UsageError(missing(path, name))
        found[name] = path.read_bytes()
    return found


def missing(path: Path, name: str) -> str:
    """Say that there is no such notebook, and which stand in its place."""
    names = sorted(other.name for other in path.parent.glob("*.ipynb"))
    others = f"；该文件夹中有 {'、'.join(names)}" if names else ""
    return f"没有 notebook：应有 {name}，实际没有{others}。"


def expect_notebooks(notebooks: Mapping[str, bytes], declarations: Iterable[Declaration]) -> None:
    """Expect notebooks to be such, and to take the parameters that they will be given.

    Raises
    ------
    FaultsFound
        All that is wrong, of all of them.
    """
    faults = [
        f"{name} {said}。"
        for name, parameters in _given(declarations)
        if name in notebooks
        for said in notebook_faults(notebooks[name], parameters)
    ]
    if faults:
        raise FaultsFound(list(dict.fromkeys(faults)))


def _given(declarations: Iterable[Declaration]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in declarations:
        yield one.notebook, (*OF_ALL, *filter(None, [one.parameter]))
    yield PUBLIC_NOTEBOOK, OF_ALL
    yield PROVINCE_NOTEBOOK, OF_ALL


def undeclared(root: Path, params: Params) -> Iterator[str]:
    """Name the notebooks that no report is made of; folders below hold examples and modules."""
    declared = {one.notebook for one in all_reports(params.reports)} | {PUBLIC_NOTEBOOK}
    declared.add(PROVINCE_NOTEBOOK)
    names = (f"{NOTEBOOKS}{path.name}" for path in (root / NOTEBOOKS).glob("*.ipynb"))
    if unknown := sorted(set(names) - declared):
        yield (
            f"{'、'.join(unknown)} 没有在 params/{params.year}.yml 的 reports 中声明，"
            "不出报告；不用的请移出 notebooks 文件夹。"
        )
