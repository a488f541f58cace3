"""Words and signs that mean the same change nothing that the real table's figures say."""

import re
from collections.abc import Callable

import pytest

from reporting.plan.schedules.milestones import make_milestones
from reporting.plan.targets.make import make_targets
from reporting.plan.values import Task

from .builders import merged_rows, real_rows

Rewrite = Callable[[str], str]
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_ROWS = merged_rows([row for row in real_rows() if len(row) == 6])
_LABEL = r"(?:(?<=^)|(?<=[\n。；]))"
_QUARTERS = dict(zip("一二三四", "1234", strict=True))
_ROMAN = dict(zip("一二三四", "ⅠⅡⅢⅣ", strict=True))


def _swap(words: str, other: str) -> Rewrite:
    """Write another word for the same."""
    return lambda text: re.sub(words, other, text)


def _numbered(signs: dict[str, str]) -> Rewrite:
    """Write the quarters of labels in other numerals."""

    def write(text: str) -> str:
        return re.sub(
            rf"{_LABEL}[一二三四](?:、[一二三四])*季度(?=，)",
            lambda found: "".join(signs.get(sign, sign) for sign in found[0]),
            text,
        )

    return write


def _grouped(text: str) -> str:
    """Part thousands by commas."""
    return re.sub(r"(?<![\d.])(\d{1,3})(\d{3})(?=[家户人个场亿万])", r"\1,\2", text)


def _with_noughts(text: str) -> str:
    """Write 20亿元 as 20.0亿元."""
    return re.sub(r"(?<![\d.\-－—~～至、])(\d+)(?=亿元)", r"\1.0", text)


REWORDINGS: dict[str, Rewrite] = {
    "wide digits": lambda text: text.translate(_WIDE),
    "half-width marks": lambda text: text.translate(str.maketrans("，；：（）", ",;:()")),
    "spaces before digits": _swap(r"(?<=[一-龥])(?=\d)", " "),
    "spaces behind digits": _swap(r"(?<=\d)(?=[一-龥%])", " "),
    "wide spaces": _swap(r"(?<=[一-龥])(?=\d)", "　"),
    "no-break spaces": _swap(r"(?<=\d)(?=[一-龥])", "\xa0"),
    "no spaces": _swap(r"(?<=[一-龥]) +(?=\d)|(?<=\d) +(?=[一-龥%])", ""),
    "straight quotes": _swap("[“”]", '"'),
    "long dashes": _swap(r"(?<=\d)[-－](?=\d)", "—"),
    "wide tildes": _swap(r"(?<=\d)-(?=\d+[一-龥])", "～"),
    "a sentence a line": _swap("。(?=.)", "。\n"),
    "ordinal quarters": _swap("(?<![年第、一二三四])([一二三四])季度", r"第\1季度"),
    "arabic quarters": _numbered(_QUARTERS),
    "roman quarters": _numbered(_ROMAN),
    "colons behind labels": _swap("季度，", "季度："),
    "labels on lines": _swap(rf"{_LABEL}([一二三四](?:、[一二三四])*季度)[，：]", "\\1：\n"),
    "quarters listed by 和": _swap(rf"{_LABEL}([一二三四])、([一二三四])季度(?=，)", r"\1和\2季度"),
    "quarters as a range": _swap(
        rf"{_LABEL}(一、二|二、三|三、四)季度(?=，)",
        lambda found: found[0].replace("、", "至"),  # type: ignore[arg-type]
    ),
    "thousands parted": _grouped,
    "needless noughts": _with_noughts,
    "不低于": _swap("(?<!比例)不少于(?=[0-9])", "不低于"),
    "≥": _swap("不少于(?=[0-9])", "≥"),
    "最少": _swap("至少(?=[0-9])", "最少"),
    "及以上": _swap("(?<=[家户个人名场项])以上(?=[，。；、])", "及以上"),
    "wide per cent": _swap("%", "％"),
    "month ends": _swap("(?<=[0-9]月)底", "末"),
    "before the year's end": _swap("年底前", "年底之前"),
    "semicolons for stops": _swap("。(?=[一二三四](?:、[一二三四])*季度，)", "；"),
}


def _level(words: str) -> str:
    """Leave out of a name what the rewordings change in it."""
    plain = re.sub(r"[\s\"“”,，;；:：()（）。.．]", "", words)
    plain = plain.translate(str.maketrans("０１２３４５６７８９％－～—", "0123456789%---"))
    return re.sub("第?[一二三四1-4Ⅰ-Ⅳ]季度", "季度", plain)


def _read(goal: str, schedule: str) -> list[tuple[object, ...]]:
    task = Task(
        task_id="2023-001", number=1, source_number=1, heading_number=1, heading="题", goal=goal,
        schedule=schedule, leaders=(), lead_units=("市甲局",),
    )  # fmt: skip
    milestones, _ = make_milestones(task, 2023)
    return [
        (t.quarter, _level(t.measure), t.comparator, t.value, t.value_high, t.unit, t.basis,
         t.aspirational, t.direction, t.certainty, t.counts_from, t.annual_target_id)
        for t in make_targets(task, milestones)[0]
    ]  # fmt: skip


@pytest.fixture(scope="module")
def as_printed() -> list[list[tuple[object, ...]]]:
    """Return the figures of the table as it was printed."""
    return [_read(row[1], row[2]) for row in _ROWS]


@pytest.mark.parametrize("name", REWORDINGS)
def test_rewording_changes_no_figure(name: str, as_printed: list[list[tuple[object, ...]]]) -> None:
    """The whole table, written in another manner, promises the same."""
    write = REWORDINGS[name]
    reworded = [(write(row[1]), write(row[2])) for row in _ROWS]
    assert reworded != [(row[1], row[2]) for row in _ROWS]
    changed = {
        row[1][:20]: (printed, found)
        for row, words, printed in zip(_ROWS, reworded, as_printed, strict=True)
        if (found := _read(*words)) != printed
    }
    assert changed == {}


def test_rewordings_are_enough() -> None:
    """There are at least 25 of them, and the table holds many figures."""
    assert len(REWORDINGS) >= 25
