"""A parameter file as bytes → its text, its layout, its content; and why it is none of these."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from reporting.errors import FaultsFound
from reporting.language.visible import code_label
from reporting.project.checking.faults import Fault, Path

_SHOWN = 40
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = "请在记事本中用“另存为”选 UTF-8 编码保存"


def decoded(data: bytes, name: str) -> str:
    """Read the text of a parameter file, which is UTF-8 with or without a mark.

    Raises
    ------
    FaultsFound
        It is in another encoding.
    """
    try:
        if data.startswith(_UTF16) or b"\0" in data[:4]:
            raise FaultsFound([f"{name} 应为 UTF-8 编码，实为 UTF-16 编码，{_SAVE}。"])
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = "GBK（ANSI）编码" if _is_gbk(data) else "别的编码"
        raise FaultsFound([f"{name} 第{line}行：应为 UTF-8 编码，实为{found}，{_SAVE}。"]) from None


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


class Source(NamedTuple):
    """A text as YAML has it: its layout with places, and its content."""

    node: Node
    content: dict[Any, Any]


def read_source(text: str) -> Source | Fault:
    """Read a text as a mapping of fields; else say what it is."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            content = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except ReaderError as error:
        return _unreadable(error, text)
    except yaml.MarkedYAMLError as error:
        return _broken(error, text)
    except RecursionError:
        return Fault(said="嵌套应在几层以内，实际过深，不能读取")
    if isinstance(content, dict) and isinstance(node, MappingNode):
        return Source(node, content)
    return _no_mapping(node, text)


_TAG = "tag:yaml.org,2002:"


class _Loader(yaml.SafeLoader):
    """Reads as text what only looks like a date or a number, and names of fields such as ``on``."""

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        for key, _ in node.value:
            if key.tag in (f"{_TAG}bool", f"{_TAG}null"):
                key.tag = f"{_TAG}str"
        return super().construct_mapping(node, deep)

    def or_text(self, node: ScalarNode) -> Any:
        construct = getattr(yaml.SafeLoader, f"construct_yaml_{node.tag.rpartition(':')[2]}")
        try:
            return construct(self, node)
        except ValueError:
            return node.value


for _kind in ("timestamp", "int", "float"):
    _Loader.add_constructor(f"{_TAG}{_kind}", _Loader.or_text)


def _no_mapping(node: Node | None, text: str) -> Fault:
    if node is None or node.tag == f"{_TAG}null":
        return Fault(said="应有各个字段（如 year: 2023），实际是空文件")
    line = node.start_mark.line + 1
    if isinstance(node, SequenceNode):
        return Fault(said="应为“字段: 内容”各行，实为列表（以“-”或“[”开头）", line=line)
    return _miswritten(text.splitlines()) or Fault(
        said=f"应为“字段: 内容”各行，实为一段文字“{_short(text.strip())}”", line=line
    )


def _short(text: str) -> str:
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


# --- text that is no YAML -----------------------------------------------------------------------


def _unreadable(error: ReaderError, text: str) -> Fault:
    before = text[: error.position]
    found = text[error.position : error.position + 1]
    return Fault(
        said=f"应只有文字，实有不可见的字符{code_label(found)}，请删去",
        line=before.count("\n") + 1, column=len(before.rpartition("\n")[2]) + 1,
    )  # fmt: skip


def _broken(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Say where a text stops being YAML, and what is likely to be wrong there."""
    mark = error.problem_mark or error.context_mark
    if mark is not None and error.context_mark is not None:
        # What began on the same line is what is to be mended.
        mark = error.context_mark if error.context_mark.line == mark.line else mark
    at = 0 if mark is None else mark.line
    lines = text.split("\n")
    if (told := _tab(lines) or _miswritten(lines[: at + 1])) is not None:
        return told
    problem = f"{error.context or ''} {error.problem or ''}"
    opened = 0 if error.context_mark is None else error.context_mark.line + 1
    said = next((words for part, words in _BROKEN if part in problem), _ANY)
    found = lines[at] if at < len(lines) and lines[at].strip() else lines[max(opened - 1, 0)]
    return Fault(
        said=f"{said.format(opened=opened)}，实为“{_short(found)}”",
        line=at + 1, column=0 if mark is None else mark.column + 1,
    )  # fmt: skip


_BROKEN = (
    ("mapping values are not allowed", "缩进应与同级各行对齐，文字中有“: ”的应加引号"),
    ("could not find expected ':'", "应为“字段: 内容”，冒号为半角、后面空一格"),
    ("found unexpected end of stream", "引号应成对，第{opened}行的引号没有结束"),
    ("expected ',' or ']'", "方括号应成对，第{opened}行的“[”没有结束"),
    ("expected ',' or '}'", "花括号应成对，第{opened}行的“{{”没有结束"),
    ("expected <block end>", "缩进应与同级各行对齐，引号外不应再有文字"),
    ("found undefined alias", "以“*”开头的文字应加引号"),
    ("scanning an alias", "以“*”开头的文字应加引号"),
    ("scanning an anchor", "以“&”开头的文字应加引号"),
    ("parsing a tag", "以“!”开头的文字应加引号"),
    ("scanning a tag", "以“!”开头的文字应加引号"),
    ("cannot start any token", "以“@”“`”“%”等符号开头的文字应加引号"),
    ("expected a single document", "一个文件应只有一份内容，不应再写“---”"),
    ("constructor for the tag", "以“!”开头的文字应加引号"),
    ("unhashable key", "字段的名称应为文字"),
    ("unknown escape character", "双引号中不应有单独的“\\”，请改用单引号"),
)
"""What is likely wrong, by a part of the problem's own name."""
_ANY = "应为“字段: 内容”各行，请核对这里和上一行的缩进、冒号、引号和括号"


def _tab(lines: list[str]) -> Fault | None:
    for number, line in enumerate(lines, 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip():
            column = indent.index("\t") + 1
            return Fault(said="缩进应为空格，实为制表符（Tab）", line=number, column=column)
    return None


def _miswritten(lines: list[str]) -> Fault | None:
    """Find the last field that stands before a colon of full width, or one without a space."""
    for number, line in reversed([*enumerate(lines, 1)]):
        name = line.strip().removeprefix("- ").lstrip("{ ")
        for sign, words in (("：", "全角的“：”"), (":", "“:”后面没有空格")):
            field, found, rest = name.partition(sign)
            glued = sign == "：" or (rest and not rest[0].isspace())
            if found and glued and field.isascii() and field.isidentifier():
                column = line.index(sign) + 1
                said = f"{field} 后面应为半角的“:”和一个空格，实为{words}"
                return Fault(said=said, line=number, column=column)
    return None


# --- what YAML takes in silence -----------------------------------------------------------------


def written_twice(node: Node) -> Iterator[Fault]:
    """Find the keys that stand twice in one mapping; YAML would take the last of them."""
    for _, inner in nodes_in(node):
        if isinstance(inner, MappingNode):
            seen: dict[str, int] = {}
            for key in (key for key, _ in inner.value if isinstance(key, ScalarNode)):
                line = key.start_mark.line + 1
                if key.value in seen:
                    said = (
                        f"又写了一次 {key.value}，每个字段只能写一次（第{seen[key.value]}行已写）"
                    )
                    yield Fault(said=said, line=line, column=key.start_mark.column + 1)
                seen.setdefault(key.value, line)


def nodes_in(top: Node) -> Iterator[tuple[Path, Node]]:
    """Go through a layout, each part once, even one that holds itself."""
    waiting: list[tuple[Path, Node]] = [((), top)]
    seen: set[int] = set()
    while waiting:
        path, node = waiting.pop(0)
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield path, node
        if isinstance(node, MappingNode):
            waiting += [((*path, str(key.value)), value) for key, value in node.value]
        elif isinstance(node, SequenceNode):
            waiting += [((*path, at), value) for at, value in enumerate(node.value)]
