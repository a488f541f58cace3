"""An office's labels: what stands over and beside the values turns English, no value does."""

import re

import pytest

from exhibits.test_show import EXHIBITS, shown
from reporting.assess.values import Assessment
from reporting.documents.blocks import (
    Column,
    FieldRow,
    Figure,
    GradeMark,
    Paragraph,
    Table,
    text_of,
    walk,
)
from reporting.exhibits import show
from reporting.exhibits.labels.blocks import labelled
from reporting.grades import USUAL_SCALE
from reporting.labels.values import CHINESE, Labels, labels_of

LABELLED = [name for name in EXHIBITS if name != "contents"]
ENGLISH = labels_of("en", USUAL_SCALE, {})
HAN = re.compile("[\u4e00-\u9fff]")
RATED = {"self", "grade", "grades", "before", "now", "label"}


def in_english(assessment: Assessment) -> Assessment:
    head = assessment.masthead.model_copy(update={"labels": ENGLISH})
    return assessment.model_copy(update={"masthead": head})


def labels_in(name: str, assessment: Assessment) -> list[str]:
    """List what an exhibit names its values by."""
    parts = list(walk(shown(name, assessment).blocks))
    return [
        *(part.label for part in parts if isinstance(part, Column | FieldRow)),
        *(part.grade.word for part in parts if isinstance(part, GradeMark)),
        *(part.grade.short for part in parts if isinstance(part, GradeMark)),
    ]


@pytest.mark.parametrize("name", LABELLED)
def test_every_label_has_its_english(
    name: str, city: Assessment, unit_slice: Assessment, leader_slice: Assessment
) -> None:
    for assessment in (city, unit_slice, leader_slice):
        assert [one for one in labels_in(name, in_english(assessment)) if HAN.search(one)] == []


@pytest.mark.parametrize("name", LABELLED)
def test_values_and_sentences_stay(name: str, city: Assessment) -> None:
    """Every cell of a table that holds no grade, and every paragraph, is that of the Chinese."""
    before, after = (shown(name, one).blocks for one in (city, in_english(city)))
    assert _values(before) == _values(after)


def _values(blocks: object) -> list[str]:
    parts = list(walk(blocks))  # type: ignore[arg-type]
    cells = [
        text_of(cell)
        for part in parts
        if isinstance(part, Table)
        for row in part.rows
        for column, cell in zip(part.columns, row.cells, strict=True)
        if column.key not in RATED and not any(isinstance(one, GradeMark) for one in cell)
    ]
    said = [text_of(part.inlines) for part in parts if isinstance(part, Paragraph)]
    return cells + [one for one in said if "核定" not in one]


def test_usual_labels_change_nothing(city: Assessment) -> None:
    blocks = show.counts(city).blocks
    assert labelled(blocks, CHINESE) is blocks


def test_a_units_own_words_are_no_label(city: Assessment) -> None:
    """A unit that writes 已完成 as its progress is quoted, whatever the labels."""
    chinese = _fields(city, "本季度进展")
    assert any("已完成" in words for words in chinese)
    assert _fields(in_english(city), "Progress this quarter") == chinese


def _fields(assessment: Assessment, label: str) -> list[str]:
    parts = walk(show.task_cards(assessment).blocks)
    return [text_of(p.value) for p in parts if isinstance(p, FieldRow) and p.label == label]


def test_grades_say_their_english_names(city: Assessment) -> None:
    table = next(b for b in show.counts(in_english(city)).blocks if isinstance(b, Table))
    assert [c.label for c in table.columns] == [
        "Rating",
        "Tasks",
        "Share",
        "Last quarter",
        "Change",
    ]
    assert table.caption == "Tasks by rating"
    words = [text_of(row.cells[0]) for row in table.rows]
    assert words[:3] == ["Behind schedule", "Not reported", "Undetermined"]
    assert words[-1] == "Total"


def test_charts_speak_english(city: Assessment) -> None:
    figure = next(
        b for b in walk(show.distribution(in_english(city)).blocks) if isinstance(b, Figure)
    )
    assert figure.caption == "Distribution of ratings"
    assert "Behind schedule" in figure.data
    drawn = " ".join(re.findall(r"<text[^>]*>([^<]*)", figure.data))
    assert not HAN.search(drawn)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("任务号", "No."),
        ("单位自评\n核定结果", "Self-rating\nRating"),
        ("错误\n（处）", "Errors"),
        ("\n达到序时进度", "\nOn schedule"),
        ("区里自己的一列", "区里自己的一列"),
        ("", ""),
    ],
)
def test_a_label_is_looked_up_whole_then_line_by_line(label: str, expected: str) -> None:
    assert ENGLISH(label) == expected


def test_names_of_the_office_come_first() -> None:
    own = Labels(language="en", own={"任务号": "Item", "投资额（万元）": "Investment (10k yuan)"})
    assert (own("任务号"), own("投资额（万元）")) == ("Item", "Investment (10k yuan)")


def test_change_in_a_chart() -> None:
    """Written by hand: the words of a bar, in both languages."""
    said = [(n, CHINESE.change(n), ENGLISH.change(n)) for n in (2, 0, -1)]
    assert said == [
        (2, "，较上季度增加2项", ", +2 on last quarter"),
        (0, "，与上季度持平", ", as last quarter"),
        (-1, "，较上季度减少1项", ", -1 on last quarter"),
    ]
