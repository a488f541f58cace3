"""Print the regular expressions that spell Chinese words outside the room of the language.

``python -m tools.spelling`` is part of ``make lint``: each word is spelt in one room, so that a
spelling known to one reader of a text is known to all.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCES = Path(__file__).parents[1] / "src" / "reporting"
ROOM = "language"
_WORDS = re.compile("[一-鿿]")


class Found(NamedTuple):
    """A pattern that spells words: its module, its line and its first letters."""

    path: Path
    line: int
    pattern: str


def spelt_outside(sources: Path = SOURCES) -> list[Found]:
    """Find the patterns with Chinese words in every module that is not of the language."""
    return [
        found
        for path in sorted(sources.rglob("*.py"))
        if path.relative_to(sources).parts[0] != ROOM
        for found in _patterns(path)
    ]


def _patterns(path: Path) -> Iterator[Found]:
    """Give the calls of `re` whose pattern, or a part of it, holds Chinese signs."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and node.args and _is_of_re(node.func)):
            continue
        parts = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
        words = [part for part in parts if isinstance(part, str) and _WORDS.search(part)]
        if words:
            yield Found(path, node.lineno, words[0][:40])


def _is_of_re(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    )


def main() -> int:
    """Print what was found; the exit code is 1 where there is any."""
    found = spelt_outside()
    for item in found:
        print(f"{item.path.relative_to(SOURCES.parents[1])}:{item.line}: {item.pattern}")
    if found:
        print(f"{len(found)} patterns spell Chinese words outside src/reporting/{ROOM}/.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
