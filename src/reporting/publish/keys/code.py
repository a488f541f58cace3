"""The modules of the package: what each says, and which others it can reach.

Read from the sources, without importing any of them. What counts of a module is its syntax tree:
a comment, a docstring or another line length changes nothing that a report could show.
"""

import ast
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reporting.publish.keys import package
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.store import Store
from reporting.system.digests import digest, digest_of
from reporting.system.processes import on_all_cores

KIND = "code"
"""Kind of record: all modules, by the hash of the package."""

ROOT = "reporting"

Edge = tuple[str, str]
"""A module, and one that it imports."""

ASSETS = {
    "reporting.documents.html.write": ("documents/templates/html/",),
    # Nothing that is published is made by it.
    "reporting.documents.html.by_hand": ("documents/templates/notebook/",),
    "reporting.documents.html.page": ("documents/templates/report/",),
    "reporting.documents.typst.pdf": ("documents/templates/report.typ",),
    "reporting.documents.quarto.project": (
        "documents/templates/quarto/",
        "documents/templates/report.typ",
    ),
    "reporting.documents.glance.write": ("documents/templates/glance/",),
    "reporting.publish.pack.index": (
        "documents/templates/index/",
        "documents/templates/report/report.css",
        "documents/templates/report/tables.js",
    ),
    "reporting.release.freeze": ("release/checker/check.html",),
    "reporting.plan.page.quality": ("plan/page/",),
    "reporting.plan.starting.folder": ("plan/starting/files/",),
    "reporting.returns.office.pages": ("returns/office/",),
    # Nothing that is published is made by it.
    "reporting.watching.serve": ("watching/page/",),
    "reporting.language.lexicon": ("language/words.yml",),
    "reporting.language.units": ("language/units.yml",),
}
"""Files and folders that are no modules, by the modules that read them. A file that stands here
with nobody counts for everybody."""


@dataclass(frozen=True)
class Module:
    """One module.

    Attributes
    ----------
    sha256 : str
        Hash of its syntax tree without docstrings.
    imports : tuple of str
        Modules of the package that it imports anywhere, names as text, or stands in.
    names : tuple of str
        What it defines or imports at its top.
    passes_on : dict or None
        For a module that collects others' names and no more, or that gives them when they are
        asked for: ``module:name`` of each; else None.
    """

    sha256: str
    imports: tuple[str, ...]
    names: tuple[str, ...]
    passes_on: Mapping[str, str] | None


class Code:
    """Every module of the package, and the files that are none."""

    def __init__(self, modules: Mapping[str, Module], assets: Mapping[str, str]) -> None:
        self.modules = modules
        self.assets = assets

    def reach(self, roots: Iterable[str], cut: frozenset[Edge] = frozenset()) -> dict[str, str]:
        """Hash all that modules can reach, themselves included, by name of module or file.

        Parameters
        ----------
        cut : frozenset of (str, str)
            Imports that are not followed.

        Raises
        ------
        KeyError
            A root is no module of the package.
        """
        found: dict[str, str] = {}
        waiting = list(roots)
        while waiting:
            name = waiting.pop()
            if name not in found:
                module = self.modules[name]
                found[name] = module.sha256
                waiting += [other for other in module.imports if (name, other) not in cut]
        return found | self._assets_of(found)

    def _assets_of(self, modules: Iterable[str]) -> dict[str, str]:
        own = tuple(place for name in modules for place in ASSETS.get(name, ()))
        known = tuple(place for places in ASSETS.values() for place in places)
        return {
            path: sha256
            for path, sha256 in self.assets.items()
            if path.startswith(own) or not path.startswith(known)
        }


def read_code(hashes: FileHashes, store: Store) -> Code:
    """Read the package's modules, or remember them while no file of it has changed."""
    files = package.package_files(hashes)
    key = digest_of([files, platform.python_version(), platform.python_implementation()])
    known = store.record(KIND, key)
    if known is None:
        modules = _read_modules(files)
        known = {name: asdict(module) for name, module in modules.items()}
        store.write_record(KIND, key, known)
    else:
        store.touch(KIND, key)
    modules = {name: _remembered(module) for name, module in known.items()}
    assets = {path: sha256 for path, sha256 in files.items() if _name(path, files) is None}
    return Code(modules, assets)


def _remembered(module: Mapping[str, Any]) -> Module:
    return Module(
        sha256=module["sha256"], imports=tuple(module["imports"]), names=tuple(module["names"]),
        passes_on=module["passes_on"],
    )  # fmt: skip


_seen: dict[tuple[str, str, frozenset[str]], Module] = {}
"""The modules that this process has read, by name, hash and the modules that there were."""
_MANY = 64
"""Modules that are worth starting processes for."""


def _read_modules(files: Mapping[str, str]) -> dict[str, Module]:
    paths = {name: path for path in files if (name := _name(path, files)) is not None}
    known = frozenset(paths)
    # From one state of the package to the next most modules are the same.
    new = [name for name, path in paths.items() if (name, files[path], known) not in _seen]

    def read(name: str) -> Module:
        source = (package.PACKAGE / paths[name]).read_text(encoding="utf-8")
        return read_module(name, source, known)

    modules = on_all_cores(read, new, least=_MANY)
    for name, module in zip(new, modules, strict=True):
        _seen[name, files[paths[name]], known] = module
    return {name: _seen[name, files[path], known] for name, path in paths.items()}


def _name(path: str, files: Iterable[str]) -> str | None:
    """Name the module that a file holds; None when no import finds it there."""
    *folders, last = path.split("/")
    packages = ["/".join([*folders[: n + 1], "__init__.py"]) for n in range(len(folders))]
    if not last.endswith(".py") or any(init not in files for init in packages):
        return None
    stem = last.removesuffix(".py")
    return ".".join([ROOT, *folders, *([] if stem == "__init__" else [stem])])


def read_module(name: str, source: str, known: Iterable[str]) -> Module:
    """Read one module of a package that has the known modules.

    Examples
    --------
    >>> read_module("reporting.a", "from reporting.b import c", {"reporting.b"}).imports
    ('reporting.b',)
    """
    known = frozenset(known)
    tree = ast.parse(source)
    _drop_docstrings(tree)
    nodes = list(executed_nodes(tree))
    reached = {*_imports(nodes, known), *_named_in_texts(nodes, known), *_packages_of(name)}
    return Module(
        sha256=digest(ast.dump(tree).encode()),
        imports=tuple(sorted(reached & known - {name})),
        names=tuple(sorted(_top_names(tree))),
        passes_on=_passes_on(tree, known),
    )


def _drop_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            # The docstring of a field is such a text as well, anywhere in a body.
            node.body = [part for part in node.body if not _is_text(part)]


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def executed_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Go through all nodes but those that only a type checker reads."""
    waiting = [tree]
    while waiting:
        for node in ast.iter_child_nodes(waiting.pop()):
            if isinstance(node, ast.If) and _is_type_checking(node.test):
                yield from node.orelse
                waiting += node.orelse
            else:
                yield node
                waiting.append(node)


def _is_type_checking(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"


def _imports(nodes: Iterable[ast.AST], known: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (_origin(node.module, alias.name, known) for alias in node.names)


def _origin(module: str, name: str, known: frozenset[str]) -> str:
    """Name the module that ``from module import name`` leads to."""
    inner = f"{module}.{name}"
    return inner if inner in known else module


def _named_in_texts(nodes: Iterable[ast.AST], known: frozenset[str]) -> Iterator[str]:
    """Find modules that a text names: a process is started or a class is found by one."""
    for node in nodes:
        if isinstance(node, ast.Constant) and str(node.value).startswith(f"{ROOT}."):
            yield from {str(node.value), str(node.value).rpartition(".")[0]} & known


def _packages_of(name: str) -> Iterator[str]:
    """Name the packages a module stands in: they are run before it is."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _top_names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        else:
            yield from (n.id for n in ast.walk(node) if isinstance(n, ast.Name))


def _passes_on(tree: ast.Module, known: frozenset[str]) -> dict[str, str] | None:
    body = _told_to_checkers(tree) if _is_lazy(tree) else tree.body
    origins: dict[str, str] = {}
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module in known:
            origins |= {a.asname or a.name: f"{node.module}:{a.name}" for a in node.names}
        elif not _is_list_of_names(node):
            return None
    return origins or None


def _is_lazy(tree: ast.Module) -> bool:
    """Tell whether a module gives names only when they are asked for."""
    return any(isinstance(n, ast.FunctionDef) and n.name == "__getattr__" for n in tree.body)


def _told_to_checkers(tree: ast.Module) -> list[ast.stmt]:
    """List what a lazy module says of its names: a type checker is told where each is from."""
    told = (n.body for n in tree.body if isinstance(n, ast.If) and _is_type_checking(n.test))
    return [node for body in told for node in body]


def _is_list_of_names(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "__all__"
    )
