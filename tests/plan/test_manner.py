"""The manner of writing changes nothing of what a table means: its own rows, typed otherwise."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from reporting.language.comparators import Comparator
from reporting.language.plain import plain
from reporting.plan.schedules.milestones import make_milestones
from reporting.plan.targets.make import make_targets
from reporting.plan.values import Task

from .builders import merged_rows, real_rows

_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_HALF = str.maketrans("，；：（）", ",;:()")
_ROWS = merged_rows([row for row in real_rows() if len(row) == 6])


def _half_width(text: str) -> str:
    return text.translate(_HALF)


def _wide_digits(text: str) -> str:
    return text.translate(_WIDE)


def _spaced_marks(text: str) -> str:
    return re.sub("(?<=[,;:)])(?=.)|(?=[(])", " ", text.translate(_HALF))


def _spaced_numbers(text: str) -> str:
    return re.sub(r"(?<=[一-龥])(?=\d)|(?<=\d)(?=[一-龥%])", " ", text)


def _straight_quotes(text: str) -> str:
    return re.sub("[“”]", '"', text)


def _dashes(text: str) -> str:
    return re.sub(r"(?<=\d)-(?=\d)", "—", text)


def _without_spaces(text: str) -> str:
    return re.sub(r"(?<=[一-龥]) +(?=\d)|(?<=\d) +(?=[一-龥%])", "", text)


def _a_sentence_a_line(text: str) -> str:
    return re.sub("。(?=.)", "。\n", text)


def _second(text: str) -> str:
    return re.sub("(?<![年第])([一二三四])季度", r"第\1季度", text)


def _with_colons(text: str) -> str:
    return text.replace("季度，", "季度：")


def _labels_in_lines(text: str) -> str:
    label = re.compile("^([一二三四](?:、[一二三四])*季度)[，：]", re.MULTILINE)
    return label.sub("\\1：\n", text)


def _level(words: str) -> str:
    return re.sub(r"\s", "", plain(words).text).replace("—", "-")


def _read(goal: str, schedule: str) -> list[tuple[object, ...]]:
    """Return the figures of a task, whatever signs its words are written with."""
    task = Task(
        task_id="2023-001", number=1, source_number=1, heading_number=1, heading="题", goal=goal,
        schedule=schedule, leaders=(), lead_units=("市甲局",),
    )  # fmt: skip
    milestones, _ = make_milestones(task, 2023)
    targets, _ = make_targets(task, milestones)
    return [
        (t.quarter, _level(t.measure), t.comparator, t.value, t.value_high, t.unit, t.basis,
         t.aspirational, t.annual_target_id)
        for t in targets
    ]  # fmt: skip


@pytest.fixture(scope="module")
def as_printed() -> list[list[tuple[object, ...]]]:
    """Return the figures of the table as it was printed."""
    return [_read(row[1], row[2]) for row in _ROWS]


@pytest.mark.parametrize(
    "write",
    [
        _half_width,
        _wide_digits,
        _spaced_marks,
        _spaced_numbers,
        _straight_quotes,
        _dashes,
        _without_spaces,
    ],
)
def test_signs_and_spaces_change_no_figure(
    write: Callable[[str], str], as_printed: list[list[tuple[object, ...]]]
) -> None:
    """Goal and schedule alike may be typed with any signs."""
    assert sum(map(len, as_printed)) > 300
    for row, printed in zip(_ROWS, as_printed, strict=True):
        assert _read(write(row[1]), write(row[2])) == printed


@pytest.mark.parametrize("write", [_a_sentence_a_line, _second, _with_colons, _labels_in_lines])
def test_labels_and_lines_change_no_figure(
    write: Callable[[str], str], as_printed: list[list[tuple[object, ...]]]
) -> None:
    """The labels of a schedule may be set in any of the usual manners."""
    for row, printed in zip(_ROWS, as_printed, strict=True):
        assert _read(row[1], write(row[2])) == printed


def test_figures_keep_their_places_in_the_text_as_written() -> None:
    """A span gives back the very words, be they wide, spaced or half-width."""
    task = Task(
        task_id="2023-001", number=1, source_number=1, heading_number=1, heading="题",
        goal="建成泵站 ３ 座 以上;完成投资 1,200 万元(含征地).",
        schedule="一季度,建成 １ 座;二季度:完成投资 ５.5 亿元.", leaders=(), lead_units=("市甲局",),
    )  # fmt: skip
    milestones, _ = make_milestones(task, 2023)
    targets, _ = make_targets(task, milestones)
    texts = {"goal": task.goal, "schedule": task.schedule}
    assert [texts[t.source][t.start : t.end] for t in targets] == [
        "３ 座 以上", "1,200 万元", "１ 座", "５.5 亿元",
    ]  # fmt: skip
    assert [(t.quarter, t.measure, str(t.value), t.unit) for t in targets] == [
        (4, "建成泵站", "3", "座"), (4, "完成投资", "1200", "万元"),
        (1, "建成泵站", "1", "座"), (2, "完成投资", "5.5", "亿元"),
    ]  # fmt: skip
    assert [m.text for m in milestones] == ["建成 １ 座;", "完成投资 ５.5 亿元."]


def test_signs_that_belong_to_a_number_stay() -> None:
    """Points, commas and colons between digits, and numbers of items, are no punctuation."""
    for text in ("1,200家", "9:30前", "比例1:3", "提升3.0版", "开展甲 2.建设乙", "No.5"):
        assert plain(text).text == text


def test_a_half_width_point_ends_a_sentence_before_a_month() -> None:
    """完成摸底.6月底: the point stands behind a word, so it is no decimal point."""
    assert [
        figure[:4]
        for figure in _read("更新渔船9艘.", "3月底:摸底.6月底:更新渔船4艘.9月底:更新渔船9艘.")
    ] == [
        (4, "更新渔船", Comparator.EQUAL, Decimal(9)),
        (2, "更新渔船", Comparator.EQUAL, Decimal(4)),
        (3, "更新渔船", Comparator.EQUAL, Decimal(9)),
    ]


def test_bounds_in_a_list_name_nothing() -> None:
    """In 甲企业80家及以上、乙企业5家及以上 nothing behind the second is the noun of the first."""
    figures = _read("培育甲企业80家及以上、乙企业5家及以上。", "")
    assert [figure[1:4] for figure in figures] == [
        ("培育甲企业", Comparator.AT_LEAST, Decimal(80)),
        ("乙企业", Comparator.AT_LEAST, Decimal(5)),
    ]
