"""How tall a card is set."""

import json
from typing import Any, cast

import pytest
import typst

from documents.sample import chart, notebook_of
from reporting.documents.blocks import (
    Block,
    Card,
    Fields,
    Heading,
)
from reporting.documents.document import read_document
from reporting.documents.fonts.chosen import choose_fonts, font_folders
from reporting.documents.typst.heights import card_height
from reporting.documents.typst.pdf import TEMPLATE, typst_data
from reporting.grades import Grade


def field_card(lines: int, *, blocks: tuple[Block, ...] = ()) -> Card:
    """Give a card whose one field takes so many lines."""
    fields = Fields(rows=(("年度目标", "度" * 30 * lines),))
    heading = Heading(level=2, text="任务")
    return Card(heading=heading, marks=(Grade.PAUSED,), blocks=(fields, *blocks))


@pytest.mark.parametrize(
    "card", [field_card(1), field_card(14), field_card(60), field_card(3, blocks=(chart(),))]
)
def test_height_of_a_card_is_as_set(card: Card) -> None:
    """What is estimated for a card is what Typst measures, give or take a line or two."""
    data = typst_data(read_document(notebook_of((card,))), choose_fonts())
    measured = "#layout(size => [#metadata(measure(width: size.width, {}).height.pt())<tall>])"
    body = measured.format("card-body(doc.sections.first().blocks.first(), render)")
    answer = typst.query(
        cast("Any", TEMPLATE.read_bytes() + body.encode()), "<tall>", field="value",
        font_paths=list(font_folders(choose_fonts())), ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip
    (height,) = json.loads(answer)
    assert card_height(card) == pytest.approx(height, rel=0.03, abs=18)
