"""An exhibit comes back from a notebook as it was shown."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.sample import annex_table, cover, rating_table, task_card
from reporting.documents.blocks import (
    Paragraph,
    Strong,
    Text,
    text_of,
)
from reporting.documents.exhibit import EXHIBIT_MEDIA, Exhibit, read_exhibit
from reporting.language.visible import visible


def test_exhibit_round_trip() -> None:
    """Blocks come back from a notebook output equal to what was shown."""
    shown = Exhibit(blocks=(cover(), rating_table(), task_card(), annex_table()))
    content = json.loads(json.dumps(shown._repr_mimebundle_()[EXHIBIT_MEDIA]))
    assert read_exhibit(content) == shown


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_text_round_trip(words: str) -> None:
    """Any text comes back as it was made visible, and is not changed again."""
    shown = Exhibit(blocks=(Paragraph(inlines=(Text(text=words), Strong(text=words))),))
    assert read_exhibit(json.loads(json.dumps(shown._repr_mimebundle_()[EXHIBIT_MEDIA]))) == shown
    assert text_of(shown.blocks[0].inlines) == visible(words) * 2  # type: ignore[union-attr]
