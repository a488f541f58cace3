"""Which modules of the package a notebook's cells can reach, as far as that can be told."""

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Sequence

from reporting.publish.keys.code import ROOT, Code

_OPEN_ENDED = frozenset(
    {"__import__", "compile", "eval", "exec", "get_ipython", "globals", "help", "locals", "vars"}
)
"""Names by which anything can be reached."""
_OPEN_MODULES = frozenset(
    {"builtins", "importlib", "inspect", "pkgutil", "runpy", "subprocess", "sys"}
)
_LIBRARIES = frozenset(
    {"IPython", "PIL", "matplotlib", "numpy", "pandas", "scipy", "seaborn", ROOT}
)
"""Libraries that are known not to be built on this package; any other may be."""


class CannotTell(Exception):
    """What the cells reach is decided only when they run."""


def notebook_modules(notebook: bytes, code: Code) -> frozenset[str] | None:
    """List the modules that a notebook takes names from; None when that cannot be told.

    A name that is only passed on, as `reporting` and `reporting.exhibits.show` do, leads to the
    module that defines it and to no other.

    Parameters
    ----------
    notebook : bytes
        A file that `reporting.project.reports.notebook_hash` takes for a notebook.
    """
    try:
        trees = [ast.parse(source) for source in _sources(notebook)]
        return frozenset(_Cells(trees, code).modules())
    except (SyntaxError, ValueError, CannotTell):
        # A line of IPython's own language may do anything.
        return None


def _sources(notebook: bytes) -> Iterator[str]:
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] == "code":
            yield cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


class _Cells:
    """The cells of one notebook, and what their names stand for."""

    def __init__(self, trees: Sequence[ast.Module], code: Code) -> None:
        self._nodes = [node for tree in trees for node in ast.walk(tree)]
        self._code = code
        self._found: set[str] = set()
        self._bound: dict[str, str] = {}
        self._parents = {
            id(child): node for node in self._nodes for child in ast.iter_child_nodes(node)
        }

    def modules(self) -> set[str]:
        for node in self._nodes:
            if isinstance(node, ast.Import):
                self._import(node.names)
            elif isinstance(node, ast.ImportFrom):
                self._import_from(node)
        for node in self._nodes:
            if isinstance(node, ast.Name):
                self._use(node)
            elif isinstance(node, ast.Attribute) and node.attr.startswith("__"):
                raise CannotTell
        return self._found

    def _import(self, names: Iterable[ast.alias]) -> None:
        for alias in names:
            _expect_library(alias.name)
            if alias.name.partition(".")[0] == ROOT:
                if alias.name not in self._code.modules:
                    raise CannotTell
                self._bind(alias.asname or ROOT, alias.name if alias.asname else ROOT)

    def _import_from(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if node.level or not module:
            raise CannotTell
        _expect_library(module)
        if module.partition(".")[0] == ROOT:
            for alias in node.names:
                inner = self._follow(module, alias.name)
                if inner is not None:
                    self._bind(alias.asname or alias.name, inner)

    def _bind(self, name: str, module: str) -> None:
        if self._bound.setdefault(name, module) != module:
            raise CannotTell

    def _follow(self, module: str, name: str) -> str | None:
        """Give the module that a module's name stands for, or note the one that defines it."""
        inner = f"{module}.{name}"
        if inner in self._code.modules:
            return inner
        held = self._code.modules.get(module)
        if held is not None and held.passes_on is not None and name in held.passes_on:
            return self._follow(*held.passes_on[name].split(":"))
        if held is None or name not in held.names:
            raise CannotTell
        self._found.add(module)
        return None

    def _use(self, node: ast.Name) -> None:
        """Follow a name that stands for a module through its attributes."""
        if node.id in _OPEN_ENDED:
            raise CannotTell
        if node.id not in self._bound:
            return
        if not isinstance(node.ctx, ast.Load):
            raise CannotTell
        module, at = self._bound[node.id], self._parents.get(id(node))
        while isinstance(at, ast.Attribute):
            inner = self._follow(module, at.attr)
            if inner is None:
                return
            module, at = inner, self._parents.get(id(at))
        # The module itself is handed about.
        raise CannotTell


def _expect_library(module: str) -> None:
    top = module.partition(".")[0]
    known = top in _LIBRARIES or top in sys.stdlib_module_names
    if not known or top in _OPEN_MODULES:
        raise CannotTell
