"""The tests of a module, in one step: ``python -m tools.tests_of plan/targets/due.py [--run]``.

A module's tests are the file of its name in the room's folder of ``tests/``; where there is none,
the test files that import it, or a module that leads to it: of its own room before all others.
What is started by name only (a kernel's process) has the tests of its room.
"""

import argparse
import ast
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE, TESTS = ROOT / "src" / "reporting", ROOT / "tests"


def modules() -> tuple[str, ...]:
    """List the package's modules by path, ``plan/read.py``; what only marks a folder is none."""
    paths = (path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))
    return tuple(
        sorted(
            p.as_posix() for p in paths if p.name != "__init__.py" and "templates" not in p.parts
        )
    )


def tests_of(module: str) -> tuple[Path, ...]:
    """Find the test files of a module, relative to the project."""
    path = Path(module)
    named = TESTS / path.parent / f"test_{path.name}"
    if named.is_file():
        return (named.relative_to(ROOT),)
    found = [test for test in _test_files() if _dotted(module) in imports(test)]
    for rooms in ({_room(module)}, {_room(other) for other in modules()}):
        if not found:
            near = _leading_to(module, rooms)
            found = [test for test in _test_files() if near & imports(test)]
    if not found:
        room = f"reporting.{_room(module)}"
        found = [t for t in _test_files() if any(name.startswith(room) for name in imports(t))]
    return tuple(test.relative_to(ROOT) for test in found)


def _dotted(module: str) -> str:
    return "reporting." + module.removesuffix(".py").replace("/", ".")


def _room(module: str) -> str:
    return module.partition("/")[0] if "/" in module else ""


def _leading_to(module: str, rooms: set[str]) -> set[str]:
    """Give the modules of some rooms that import a module, however far around."""
    own = {_dotted(m): imports(SOURCE / m) for m in modules() if _room(m) in rooms}
    reached: set[str] = set()
    ahead = deque([_dotted(module)])
    while ahead:
        wanted = ahead.popleft()
        nearer = {name for name, needs in own.items() if wanted in needs} - reached
        reached |= nearer
        ahead.extend(nearer)
    return reached


@cache
def _test_files() -> tuple[Path, ...]:
    return tuple(sorted(TESTS.rglob("test_*.py")))


@cache
def imports(path: Path) -> frozenset[str]:
    """Name what a file imports: modules, and names out of modules."""
    return frozenset(_imports(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Constant) and str(node.value).startswith("reporting."):
            # What runs in a process of its own is started by its name.
            yield str(node.value)


def main(words: list[str] | None = None) -> int:
    """Print the test files of a module, or run them."""
    parser = argparse.ArgumentParser(prog="python -m tools.tests_of", description=__doc__)
    parser.add_argument("module", help="path below src/reporting, e.g. plan/read.py")
    parser.add_argument("--run", action="store_true", help="run them")
    given = parser.parse_args(words)
    module = given.module.partition("src/reporting/")[2] or given.module
    if module not in modules():
        print(f"没有模块 {module}：应为 src/reporting 下的路径，如 plan/read.py。", file=sys.stderr)
        return 2
    found = [str(path) for path in tests_of(module)]
    if not given.run:
        print("\n".join(found))
        return 0
    # Those that take their time as well.
    command = [sys.executable, "-m", "pytest", "-q", "-m", "", *found]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    raise SystemExit(main())
