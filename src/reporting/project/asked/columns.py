"""Columns that an office adds to the return sheet, as its parameters declare them."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

from reporting.language.visible import hidden_in, one_line
from reporting.values import Value

ExtraKind = Literal["number", "text", "date", "choice"]
OWN_LABELS = (
    "任务号", "任务/年度目标", "子项", "时段", "本季度计划（原文）", "上季度自评", "上季度进展",
    "单位自评", "本季度进展", "存在问题", "原因", "下一步措施", "完成时限", "需协调事项",
    "佐证材料", "填报人", "审定人", "填报日期", "行标识",
)  # fmt: skip
"""The heads that the sheet has by itself; those of the layout, which is told further down."""
MOST_COLUMNS, MOST_CHOICES = 10, 20
_LONGEST = {"name": 20, "unit": 8, "help": 100}
_LONGEST_CHOICE, _LONGEST_LIST = 20, 250
_BEGINNINGS = tuple("=+-@'")
"""Signs that a spreadsheet takes for the beginning of a formula, or hides."""
_NO_SIGNS = frozenset('*"<>|\n\t')

Told = tuple[tuple[str | int, ...], str]


class ExtraColumn(Value):
    """One column of the office's own on the sheet 进展, asked once a row.

    ``unit`` is the unit of measure of a number; ``choices`` what a choice is one of; ``help`` is
    shown beside the cell and among the instructions; ``en`` is the head of the column in English.
    """

    name: str
    kind: ExtraKind
    unit: str = ""
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    en: str = ""

    @property
    def label(self) -> str:
        """The head of the column, which tells the unit of measure."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name

    @property
    def english(self) -> dict[str, str]:
        """Its name and its head in English, by the Chinese ones."""
        return {
            self.name: self.en,
            self.label: f"{self.en} ({self.unit})" if self.unit else self.en,
        }

    @property
    def is_percentage(self) -> bool:
        """Whether its numbers are percentages, of which a share may be typed by mistake."""
        return unicodedata.normalize("NFKC", self.unit).strip() == "%"

    @property
    def field(self) -> str:
        """What the column is called where columns have names; no field of a row has such a one."""
        return f"extra:{self.name}"


class ReturnsParams(Value):
    """What the parameters say of the return sheets."""

    columns: tuple[ExtraColumn, ...] = ()


def column_faults(columns: Sequence[ExtraColumn]) -> Iterator[Told]:
    """Tell what is wrong with the columns, each fault with its place among them."""
    if len(columns) > MOST_COLUMNS:
        yield (), f"应不超过{MOST_COLUMNS}列，实为{len(columns)}列"
    seen: dict[str, str] = {_plain(label): "报送表自有的列" for label in OWN_LABELS}
    for at, column in enumerate(columns):
        told = list(_name_faults(column))
        for plain in dict.fromkeys((_plain(column.name), _plain(column.label))):
            if not told and plain in seen:
                said = f"应为没有用过的列名，实为“{column.name}”，是{seen[plain]}"
                told.append((("name",), said))
        seen |= dict.fromkeys((_plain(column.name), _plain(column.label)), f"第{at + 1}列的列名")
        told += [*_unit_faults(column), *_choice_faults(column), *_text_faults("help", column.help)]
        for path, said in told:
            yield (at, *path), said


def _plain(text: str) -> str:
    """Bring a name to what the reader of a sheet goes by: width and white space aside."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _name_faults(column: ExtraColumn) -> Iterator[Told]:
    if not any("\u4e00" <= sign <= "\u9fff" for sign in column.name):
        yield ("name",), f"列名应有汉字，实为“{one_line(column.name)}”"
    else:
        yield from _text_faults("name", column.name)


def _unit_faults(column: ExtraColumn) -> Iterator[Told]:
    if column.unit and column.kind != "number":
        yield ("unit",), f"只有 kind: number 的列可以写 unit，实为 kind: {column.kind}"
    else:
        yield from _text_faults("unit", column.unit)


def _text_faults(field: str, text: str) -> Iterator[Told]:
    if len(text) > _LONGEST[field]:
        yield (field,), f"应不超过{_LONGEST[field]}个字，实为{len(text)}个字"
    elif said := _hostile(text):
        yield (field,), said


def _hostile(text: str) -> str:
    """Say why a text cannot stand in a sheet's head or list; empty where it can."""
    if signs := "".join(hidden_in(text)):
        return f"应为看得见的文字，另有{signs}"
    if text != text.strip():
        return f"前后不应有空格，实为“{one_line(text)}”"
    if text.startswith(_BEGINNINGS):
        return f"不应以“{text[0]}”开头，实为“{text}”"
    if wrong := [sign for sign in text if sign in _NO_SIGNS]:
        return f"不应有“{one_line(wrong[0])}”，实为“{one_line(text)}”"
    return ""


def _choice_faults(column: ExtraColumn) -> Iterator[Told]:
    if column.kind != "choice":
        if column.choices:
            yield (
                ("choices",),
                f"只有 kind: choice 的列可以写 choices，实为 kind: {column.kind}",
            )
        return
    if not 2 <= len(column.choices) <= MOST_CHOICES:
        found = f"{len(column.choices)}项" if column.choices else "没有"
        yield ("choices",), f"kind: choice 的列应写 choices，2至{MOST_CHOICES}项，实为{found}"
    if len(",".join(column.choices)) > _LONGEST_LIST:
        yield ("choices",), f"各项合计应不超过{_LONGEST_LIST}个字"
    seen: set[str] = set()
    for at, word in enumerate(column.choices):
        if said := _wrong_choice(word, seen):
            yield ("choices", at), said
        seen.add(_plain(word))


def _wrong_choice(word: str, seen: set[str]) -> str:
    if not word.strip():
        return "应有文字，实际为空"
    if len(word) > _LONGEST_CHOICE:
        return f"应不超过{_LONGEST_CHOICE}个字，实为{len(word)}个字"
    if "," in word:
        return f"不应有半角逗号，实为“{word}”"
    return _hostile(word) or (f"应各不相同，“{word}”重复" if _plain(word) in seen else "")
