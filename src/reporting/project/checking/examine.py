"""Hold the content of a parameter file against its model and its rules: every fault at once."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reporting.errors import FaultsFound
from reporting.project.checking.faults import Fault, Path, nearest, sentences
from reporting.project.checking.source import Source, nodes_in, read_source, written_twice
from reporting.project.entries import place_in

M = TypeVar("M", bound=BaseModel)
Told = tuple[Path, str]
"""A field, and what is wrong with it."""


class Rule(NamedTuple):
    """What fields must be beside what their types say; asked only where they are sound.

    ``tell`` takes the fields in their order. Of a field that is a mapping it may get the sound
    part; ``as_written`` asks for it as the file has it.
    """

    fields: tuple[str, ...]
    tell: Callable[..., Iterable[Told]]
    as_written: bool = False


def examine(
    text: str, name: str, model: type[M], rules: Sequence[Rule], free: Sequence[str] = ()
) -> M:
    """Read the text of a parameter file.

    Parameters
    ----------
    name : str
        The file as its reader knows it.
    free : sequence of str
        Fields in which yes and no may be values, by their name at the top, or by their own.

    Raises
    ------
    FaultsFound
        All that is wrong, a sentence each.
    """
    source = read_source(text)
    if isinstance(source, Fault):
        raise FaultsFound([source.sentence(name)])
    found, wrong = _validated(model, source.content)
    sound = _sound(model, source.content, wrong) if found is None else _fields(found)
    faults = [
        *written_twice(source.node),
        *(_fault(source, model, one) for one in _each_once(wrong)),
        *_switches(source.node, free, {tuple(map(str, one["loc"])) for one in wrong}),
        *(_placed(source.node, *told) for told in _ruled(rules, sound, source.content)),
    ]
    if found is None or faults:
        raise FaultsFound(sentences(faults, name))
    return found


def _validated(model: type[M], content: Mapping[Any, Any]) -> tuple[M | None, list[ErrorDetails]]:
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, error.errors()


def _fields(found: BaseModel) -> dict[str, Any]:
    return {name: getattr(found, name) for name in type(found).model_fields}


def _sound(
    model: type[BaseModel], content: Mapping[Any, Any], wrong: Iterable[ErrorDetails]
) -> dict[str, Any]:
    """Give the fields that are right by themselves, of mappings the right part."""
    kept = dict(content)
    for one in wrong:
        field, *rest = one["loc"] or ("",)
        if rest and isinstance(part := kept.get(field), dict):
            kept[field] = {key: value for key, value in part.items() if key != rest[0]}
    found = {}
    for name, info in model.model_fields.items():
        if name in kept:
            try:
                found[name] = TypeAdapter(info.rebuild_annotation()).validate_python(kept[name])
            except ValidationError:
                continue
    return found


def _ruled(
    rules: Iterable[Rule], sound: Mapping[str, Any], content: Mapping[Any, Any]
) -> Iterator[Told]:
    for rule in rules:
        known = content if rule.as_written else sound
        if all(name in known for name in rule.fields):
            yield from rule.tell(*(known[name] for name in rule.fields))


def _placed(node: Node, path: Path, said: str) -> Fault:
    return Fault(said=said.removesuffix("。"), path=path, line=place_in(node, path)[0])


def _switches(node: Node, free: Sequence[str], told: set[tuple[str, ...]]) -> Iterator[Fault]:
    """Find yes and no, which would pass for 1 and 0."""
    for path, inner in nodes_in(node):
        is_switch = isinstance(inner, ScalarNode) and inner.tag.endswith(":bool")
        may_be = {*path[:1], *path[-1:]} & set(free)
        if is_switch and not may_be and tuple(map(str, path)) not in told:
            yield _placed(node, path, f"应为数字或者文字（文字请加引号），实为“{inner.value}”")


# --- what the model says ------------------------------------------------------------------------


def _each_once(wrong: Iterable[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Leave out what one entry is not besides: a quarter or a day, each would be told apart."""
    for one in wrong:
        if not ("from" in one["loc"][:-1] and one["loc"][-1] != "int"):
            yield one


def _fault(source: Source, model: type[BaseModel], one: ErrorDetails) -> Fault:
    path = _as_written(source.node, one["loc"])
    if "from" in path[:-1]:
        path = path[: path.index("from") + 1]
        line, node = place_in(source.node, path)
        return Fault(said=f"应为季度 1 至 4 或日期，实为{_found(node)}", path=path, line=line)
    if is_key := path[-1:] == ("[key]",):
        path = path[:-1]
    line, node = place_in(source.node, path)
    found = f"“{path[-1]}”" if is_key else _found(node)
    said = _said(model, one, path, found, node)
    return Fault(said=f"名称{said}" if is_key else said, path=path, line=line)


def _as_written(top: Node, path: Path) -> Path:
    """Tell the names of a mapping that are numbers, as quarters are, from places of a list."""
    return tuple(
        str(step) if isinstance(place_in(top, path[:at])[1], MappingNode) else step
        for at, step in enumerate(path)
    )


def _found(node: Node | None) -> str:
    """Say what stands somewhere, as it is written."""
    if isinstance(node, ScalarNode):
        return f"“{node.value}”" if node.value.strip() else _NOTHING
    if node is None:
        return _NOTHING
    return "列表" if isinstance(node, SequenceNode) else "“名称: 内容”各行"


def _said(
    model: type[BaseModel], one: ErrorDetails, path: Path, found: str, node: Node | None
) -> str:
    context = one.get("ctx", {})
    if one["type"] == "value_error":
        return str(context.get("error", "")).removesuffix("。")
    expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
    limit = next((f"{context[name]:g}" for name in ("ge", "gt", "le") if name in context), "")
    if found == _NOTHING and one["type"] in _OF_WORDS:
        words = f" {'、'.join(expected)} 之一" if expected else "文字"
        return f"应填写{words}，实际是空的"
    said = _SAID.get(one["type"], _ANY).format(
        found=found, expected="、".join(expected), limit=limit
    )
    if said == _NO_FIELD:
        return said + nearest(str(path[-1]), _names_at(model, path[:-1]))
    if one["type"] in ("tuple_type", "dict_type") and found == _NOTHING:
        return f"{said}，没有的请写 {'[]' if one['type'] == 'tuple_type' else '{}'}"
    if one["type"].startswith("date") and isinstance(node, ScalarNode):
        return said + _date_meant(node.value)
    return said + nearest(found.strip("“”"), expected)


_NOTHING = "空白"
_OF_WORDS = ("string_type", "literal_error", "enum")
_NO_FIELD = "没有这个字段，请核对写法"
_ANY = "不符合这一项的要求，实为{found}"
_DATE = "应为日期（如 2023-10-20），实为{found}"
_TEXT = "应为文字，实为{found}；数字、日期和有特殊符号的文字请加引号"
_LIST = "应为列表，实为{found}"
_MAPPING = "应为“名称: 内容”，实为{found}"
_SAID = {
    "missing": "应有这一项，实际没有",
    "extra_forbidden": _NO_FIELD,
    "invalid_key": _NO_FIELD,
    "enum": "应为 {expected} 之一，实为{found}",
    "literal_error": "应为 {expected} 之一，实为{found}",
    "string_type": _TEXT,
    "string_too_short": "应有文字，实际为空",
    "string_pattern_mismatch": "应为一个邮箱地址（如 a@b.cn），实为{found}",
    "decimal_parsing": "应为数字，实为{found}",
    "decimal_type": "应为数字，实为{found}",
    "finite_number": "应为数字，实为{found}",
    "float_parsing": "应为数字，实为{found}",
    "float_type": "应为数字，实为{found}",
    "int_parsing": "应为整数，实为{found}",
    "int_type": "应为整数，实为{found}",
    "int_from_float": "应为整数，实为{found}",
    "greater_than_equal": "不应小于 {limit}，实为{found}",
    "greater_than": "应大于 {limit}，实为{found}",
    "less_than_equal": "不应大于 {limit}，实为{found}",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}
"""What is said of a fault by its kind."""


def _date_meant(text: str) -> str:
    """Say why a day is none, or how it is written."""
    match [int(part) for part in re.findall(r"\d+", text)]:
        case [year, month, day] if 1 <= month <= 12 and 2000 <= year <= 2100:
            try:
                return f"，请写 {date(year, month, day)}"
            except ValueError:
                return f"，{year}年{month}月没有{day}日"
    return ""


def _names_at(model: type[BaseModel], path: Path) -> list[str]:
    """Name the fields of what stands at a place, as the file has them."""
    for step in path:
        info = model.model_fields.get(str(step))
        model = model if info is None else next(_models_in(info.annotation), model)
    return [info.alias or name for name, info in model.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
