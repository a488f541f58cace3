"""The document model: what it takes, what it refuses, what survives a round trip."""

import pytest

from documents.sample import chart, cover
from reporting.documents.blocks import (
    BLOCKS,
    Card,
    Column,
    GradeMark,
    Heading,
    Link,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    rebuilt,
    walk,
)
from reporting.grades import Grade
from reporting.values import Value


def test_inlines_take_plain_values() -> None:
    """A string, a grade and a mixture stand for runs of inlines."""
    assert Paragraph(inlines="全部完成").inlines == (Text(text="全部完成"),)
    assert Paragraph(inlines=Grade.DONE).inlines == (GradeMark(grade=Grade.DONE),)
    mixed = Paragraph(inlines=("其中", Strong(text="3项"), Grade.BEHIND, None, ""))
    assert [part.kind for part in mixed.inlines] == ["text", "strong", "grade"]


def test_table_refuses_uneven_rows() -> None:
    """A row with too few cells is named by its number."""
    columns = (Column(key="a", label="甲"), Column(key="b", label="乙"))
    with pytest.raises(ValueError, match="row 2 has 1 cells, 2 expected"):
        Table(columns=columns, rows=(("1", "2"), ("3",)))


@pytest.mark.parametrize("anchor", ["1", "a b", 'a"onclick="', "任务"])
def test_anchor_refuses_other_than_plain_names(anchor: str) -> None:
    """Anchors are plain ASCII names, so that they are safe in every format."""
    with pytest.raises(ValueError, match="anchor"):
        Link(text="见", anchor=anchor)


def test_walk_meets_every_part_in_reading_order() -> None:
    """A holder comes before what it holds: a card before its heading, a row before its cells."""
    row = Row(cells=("甲", Grade.DONE))
    table = Table(columns=(Column(key="a", label="一"), Column(key="b", label="二")), rows=(row,))
    heading = Heading(level=3, text="1. 任务")
    card = Card(heading=heading, marks=Grade.BEHIND, blocks=(table, Paragraph(inlines="乙")))
    parts = list(walk([card]))
    assert [type(part).__name__ for part in parts] == [
        "Card", "Heading", "GradeMark", "Table", "Column", "Column", "Row", "Text", "GradeMark",
        "Paragraph", "Text",
    ]  # fmt: skip
    assert parts[1] is heading
    assert parts[6] is row


def test_rebuilt_keeps_what_is_not_edited() -> None:
    """One word deep in a card is changed; all other parts are the very same."""
    prose = Paragraph(inlines=("甲", "乙"))
    card = Card(heading=Heading(level=3, text="1. 任务"), blocks=(prose, chart()))

    def edit(part: Value) -> Value:
        return Strong(text="丙") if part == Text(text="乙") else part

    (made,) = rebuilt((card,), edit)
    assert isinstance(made, Card)
    assert made.blocks[0] == Paragraph(inlines=("甲", Strong(text="丙")))
    assert made.heading is card.heading
    assert made.blocks[1] is card.blocks[1]
    assert prose.inlines == (Text(text="甲"), Text(text="乙"))


@pytest.mark.parametrize(
    ("headline", "lines"),
    [
        ("石龙镇2023年第三季度任务进展情况", ("石龙镇2023年第三季度任务进展情况",)),
        (
            "市商务局2023年第三季度《政府工作报告》任务进展情况",
            ("市商务局2023年第三季度", "《政府工作报告》任务进展情况"),
        ),
        (
            "刘光滨同志负责任务2023年第三季度进展情况",
            ("刘光滨同志负责任务", "2023年第三季度进展情况"),
        ),
        (
            "没有任何可以分行之处的一个非常长的文件标题名称",
            ("没有任何可以分行之处的一个非常长的文件标题名称",),
        ),
    ],
)
def test_long_title_breaks_by_sense(headline: str, lines: tuple[str, ...]) -> None:
    """A title too long for a line breaks between its parts, and loses nothing."""
    titled = cover().model_copy(update={"headline": headline})
    assert titled.headline_lines == lines
    assert "".join(titled.headline_lines) == headline


def test_every_kind_has_its_name() -> None:
    """The discriminator tells blocks apart when they are read."""
    blocks = (Heading(level=1, text="一"), Paragraph(inlines="二"))
    assert BLOCKS.validate_json(BLOCKS.dump_json(blocks)) == blocks
