"""Parameter files as text: on which line an entry stands, and adding one to a list.

An added entry is one line more. Nothing else of the file changes: not its order, comments,
spacing or line ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_ONE_LINE = 10**6
_INDENT = "  "

Path = Sequence[str | int]
"""Keys and places of a list, from the file's top down to an entry."""


def line_of(text: str, path: Path) -> int | None:
    """Return the line of an entry, or of the nearest thing above it where it is not there."""
    node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return None if node is None else place_in(node, path)[0]


def place_in(top: Node, path: Path) -> tuple[int, Node | None]:
    """Give the line of an entry and the entry, or the line above it and None; see `line_of`."""
    line, node = top.start_mark.line + 1, top
    for step in path:
        found = _inside(node, step)
        if found is None:
            return line, None
        line, node = found
    return line, node


def _inside(node: Node, step: str | int) -> tuple[int, Node] | None:
    """Find what a step leads to, and the line on which it begins."""
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        inner: Node = node.value[step]
        return inner.start_mark.line + 1, inner
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    return None


def with_entry(text: str, name: str, entry: Mapping[str, Any]) -> str | None:
    """Add an entry to a list of the file's top, which is made where there is none.

    Returns None where the file is laid out so that this cannot be done by adding text.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    made = _added(text, name, entry_text(entry), line_end)
    before, after = yaml.safe_load(text) or {}, _loaded(made)
    expected = before | {name: [*(before.get(name) or []), dict(entry)]}
    return made if after == expected else None


def entry_text(entry: Mapping[str, Any]) -> str:
    """Write an entry on one line, as the parameter files have them.

    Examples
    --------
    >>> entry_text({"kind": "rename", "from": 2, "unit": "市甲局", "reason": "机构：改革"})
    '{kind: rename, from: 2, unit: 市甲局, reason: 机构：改革}'
    """
    written: str = yaml.dump(
        dict(entry), Dumper=_Dumper, allow_unicode=True, width=_ONE_LINE, default_flow_style=True,
        sort_keys=False,
    )  # fmt: skip
    return written.strip()


class _Dumper(yaml.SafeDumper):
    """Writes texts so that they are read again as they are."""


def _text(dumper: yaml.SafeDumper, text: str) -> ScalarNode:
    # Only double quotes write every line break (also U+0085 and U+2028) as an escape.
    style = None if text.isprintable() else '"'
    node: ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


_Dumper.add_representer(str, _text)


def _loaded(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return None


def _added(text: str, name: str, entry: str, line_end: str) -> str:
    top: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = top.value if isinstance(top, MappingNode) else []
    found = next((value for key, value in pairs if key.value == name), None)
    if found is None:
        # A list of its own at the end.
        gap = "" if not text or text.endswith("\n") else line_end
        return f"{text}{gap}{name}:{line_end}{_INDENT}- {entry}{line_end}"
    if not found.value:
        # Nothing, or []: the list begins on the next line, and a remark stays where it is.
        start, end = found.start_mark.index, found.end_mark.index
        emptied = text[:start].rstrip(" ") + text[end:]
        return _after_line(emptied, len(text[:start].rstrip(" ")), f"{_INDENT}- {entry}", line_end)
    if isinstance(found, SequenceNode) and found.flow_style:
        end = found.value[-1].end_mark.index
        return f"{text[:end]}, {entry}{text[end:]}"
    last = max(leaf.end_mark.index for leaf in _leaves(found))
    # The mark of a list's first entry is that of its dash's column, and so of every dash.
    margin = " " * found.start_mark.column
    return _after_line(text, last, f"{margin}- {entry}", line_end)


def _leaves(node: Node) -> Iterator[Node]:
    """Give what ends where its text ends; a block of lines ends at the next thing instead."""
    if isinstance(node, ScalarNode) or getattr(node, "flow_style", False):
        yield node
        return
    for part in node.value:
        for inner in part if isinstance(part, tuple) else (part,):
            yield from _leaves(inner)


def _after_line(text: str, index: int, line: str, line_end: str) -> str:
    """Put a line after the one that a place stands on."""
    at_start = index > 0 and text[index - 1] == "\n"
    end = index if at_start else text.find("\n", index) + 1
    if end == 0:
        return f"{text}{line_end}{line}{line_end}"
    return f"{text[:end]}{line}{line_end}{text[end:]}"
