"""Rooms, and the doors between them: imports run one way, and no room is too full to look over."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

import reporting

HOME = Path(reporting.__file__).parent

FLOW = (
    # What every room speaks with: values, findings, errors, and the words of the field.
    "values", "language.visible", "findings", "errors", "periods", "grades", "limits",
    "labels",
    "system",
    "language",
    "project",
    "workbooks",
    "plan",
    "returns",
    "assess",
    "tables",
    # The two edges that data comes in by: of a run, and of a notebook.
    "pipeline", "notebook",
    "documents",
    "exhibits",
    "kernels",
    "publish",
    "release",
    "province",
    "watching",
    "cli",
    "__main__",
)  # fmt: skip
"""Rooms and modules in the order of the flow: each may know those before it, none after it."""

APART = {
    "documents": "blocks, not tasks",
    "kernels": "notebooks, not what they show",
    "language": "words, not tables",
}
"""Rooms that know less than what comes before them, and what it is that they know."""

BOTH_WAYS = {("returns/reading", "returns/sheets")}
"""Folders of one room that know each other: the reader looks for the guide that sheets have, and
what is sent back is found as it was read."""

MOST = 12
"""Modules in a folder that can still be looked over."""


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(HOME.rglob("*.py")):
        # What stands elsewhere is run by another program, as Quarto runs its templates.
        if (path.parent / "__init__.py").exists():
            name = path.relative_to(HOME).with_suffix("").as_posix().replace("/", ".")
            found[name.removesuffix(".__init__").removesuffix("__init__")] = path
    return found


def imports(source: str, known: Iterable[str]) -> Iterator[str]:
    """List the package's modules that a source imports anywhere but for a type checker."""
    for node in executed(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            inner = name.removeprefix("reporting.")
            if inner in known:
                yield inner
            elif name.startswith("reporting."):
                yield inner.rpartition(".")[0]


def executed(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from executed(node)


def doors() -> dict[str, set[str]]:
    known = modules()
    return {
        name: set(imports(path.read_text(encoding="utf-8"), known)) - {name, ""}
        for name, path in known.items()
    }


def place_in_flow(module: str) -> int:
    """Say how far along the flow a module stands, by the closest name that the flow has."""
    names = [module]
    while "." in names[-1]:
        names.append(names[-1].rpartition(".")[0])
    return next(FLOW.index(name) for name in names if name in FLOW)


def circle(doors: Mapping[str, Iterable[str]]) -> list[str]:
    """Find modules that import each other in a circle; empty when none do."""
    done: set[str] = set()

    def search(module: str, path: list[str]) -> list[str]:
        if module in path:
            return path[path.index(module) :]
        if module in done:
            return []
        done.add(module)
        for other in sorted(doors.get(module, ())):
            if found := search(other, [*path, module]):
                return found
        return []

    return next((found for module in sorted(doors) if (found := search(module, []))), [])


def test_every_module_has_a_place_in_the_flow() -> None:
    assert {name for name in modules() if name and name.partition(".")[0] not in FLOW} == set()


def test_no_import_leads_back() -> None:
    """A module knows what comes before it; nobody has to read forwards to understand it."""
    back = [
        f"{module} -> {other}"
        for module, others in doors().items()
        for other in sorted(others)
        if module and place_in_flow(other) > place_in_flow(module)
    ]
    assert back == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports within functions count: they hide a circle, they do not open it."""
    assert circle(doors()) == []


def test_documents_know_blocks_and_kernels_know_notebooks() -> None:
    """What sets a document or starts a kernel does not know what a task is."""
    knowing = [
        f"{module} -> {other}"
        for module, others in doors().items()
        for other in sorted(others)
        if module.partition(".")[0] in APART
        and other.partition(".")[0] in {"plan", "returns", "assess", "workbooks", "pipeline"}
    ]
    assert knowing == []


def test_folders_of_a_room_know_each_other_one_way() -> None:
    """Or it is said above that they do not."""
    known = modules()

    def folder(module: str) -> str:
        return known[module].parent.relative_to(HOME).as_posix()

    pairs = {
        (folder(module), folder(other))
        for module, others in doors().items()
        for other in others
        if folder(module) != folder(other)
    }
    nested = {(a, b) for a, b in pairs if a.startswith(f"{b}/") or b.startswith(f"{a}/")}
    both = {(a, b) for a, b in pairs - nested if (b, a) in pairs and a < b and "." not in (a, b)}
    assert both == BOTH_WAYS


def test_full_folders_say_why() -> None:
    """More modules than can be looked over stand together only for a reason that is told."""
    for folder in {path.parent for path in modules().values()}:
        held = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
        assert len(held) <= MOST or "modules" in told, folder.relative_to(HOME)


@pytest.mark.parametrize(
    ("doors", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ["b", "c"]),
        ({"a": {"a"}}, ["a"]),
    ],
)
def test_circles_are_seen(doors: dict[str, set[str]], found: list[str]) -> None:
    """The test's own eye: two modules, one alone, none."""
    assert circle(doors) == found


def test_imports_are_seen() -> None:
    """Within functions and by either form; not those for a type checker."""
    source = (
        "from typing import TYPE_CHECKING\nimport reporting.a\n"
        "if TYPE_CHECKING:\n    import reporting.b\n"
        "def f():\n    from reporting.c import d, name\n"
    )
    assert list(imports(source, {"a", "b", "c", "c.d"})) == ["a", "c.d", "c"]


POSIX = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
"""Modules that Windows does not have."""

POSIX_NAMES = re.compile(
    r"\b(os\.(fork|forkpty|kill|killpg|setsid|gete?[ug]id|getpgid|sched_\w+|wait\w*|uname|statvfs"
    r"|nice|mkfifo|pidfd_open|P_ALL|WEXITED|WNOHANG|WNOWAIT|O_PATH|O_CLOEXEC|O_NOFOLLOW|O_NONBLOCK"
    r"|environb)|signal\.(SIGKILL|SIGHUP|SIGCHLD|SIGALRM|SIGUSR[12]|SIGPIPE|SIGXFSZ|alarm"
    r"|pthread_\w+|setitimer)|socket\.(AF_UNIX|send_fds|recv_fds)|time\.tzset)\b"
)
"""And names of modules that it has."""

POSIX_ROOMS = {
    "kernels.server": "only where there is fork",
    "kernels.forks": "asks `can_fork` first",
    "kernels.confine": "asks for the module, or whether this is Linux",
    "kernels.guard.landlock": "asks whether this is Linux",
    "kernels.guard.surroundings": "asks whether there are such names",
    "system.locks": "has another way",
    "documents.quarto.command": "asks what system this is",
    "system.processes": "asks whether there is such a name",
}
"""Modules that know what Windows has not, and why they run there all the same."""


def posix_imports(tree: ast.AST, *, top: bool) -> Iterator[str]:
    """List imports that Windows cannot do: those of a module as it is loaded, or all."""
    for node in ast.iter_child_nodes(tree):
        if top and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Import):
            yield from ({alias.name for alias in node.names} & POSIX)
        elif isinstance(node, ast.ImportFrom) and node.module in POSIX:
            yield node.module
        yield from posix_imports(node, top=top)


def test_no_module_needs_posix_to_be_loaded() -> None:
    """Windows can import every one, the few that it has no use for as well."""
    needing = {
        name: found
        for name, path in modules().items()
        if (found := [*posix_imports(ast.parse(path.read_text("utf-8")), top=True)])
    }
    assert needing == {}


def test_only_few_modules_know_what_windows_has_not() -> None:
    """Each with its reason, and none that needs one no more."""
    knowing = set()
    for name, path in modules().items():
        tree = ast.parse(path.read_text("utf-8"))
        attributes = (ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute))
        names = (n for n in attributes if POSIX_NAMES.fullmatch(n))
        if next(posix_imports(tree, top=False), "") or next(names, ""):
            knowing.add(name)
    assert knowing == set(POSIX_ROOMS)


def test_needs_of_posix_are_seen() -> None:
    """The test's own eye: at the top and within, by either form."""
    source = (
        "try:\n    import fcntl\nexcept ImportError: pass\ndef f():\n    from pwd import getpwnam"
    )
    assert [*posix_imports(ast.parse(source), top=True)] == ["fcntl"]
    assert [*posix_imports(ast.parse(source), top=False)] == ["fcntl", "pwd"]
    assert POSIX_NAMES.fullmatch("signal.SIGKILL")
    assert not POSIX_NAMES.fullmatch("signal.SIGINT")


ROW = re.compile(r"^\| `([a-z_/]+)/` \|[^|]+\| (.+) \|$", re.MULTILINE)


def rooms_told() -> dict[str, list[str]]:
    """Give the rooms of the developer guide's table, and the files to open first in each."""
    guide = (HOME.parents[1] / "docs/developer-guide.md").read_text(encoding="utf-8")
    return {room: re.findall(r"`([a-z_.]+)`", files) for room, files in ROW.findall(guide)}


def test_developer_guide_names_every_room() -> None:
    """Its table lists the folders there are, each once, and no other."""
    folders = {
        path.parent.relative_to(HOME).as_posix()
        for path in HOME.rglob("__init__.py")
        if path.parent != HOME
    }
    assert set(rooms_told()) == folders


def test_developer_guide_names_files_that_are_there() -> None:
    """What is to be opened first can be."""
    for room, files in rooms_told().items():
        missing = [name for name in files if not (HOME / room / name).is_file()]
        assert not missing, f"{room}: {missing}"
