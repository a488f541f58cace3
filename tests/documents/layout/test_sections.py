"""Where pages turn."""

from reporting.documents.blocks import (
    Column,
    Heading,
    Paragraph,
    Table,
)
from reporting.documents.layout.sections import sections


def test_sections_turn_with_their_headings() -> None:
    """A heading goes with the landscape table that follows it."""
    table = Table(columns=(Column(key="a", label="甲"),), rows=(), landscape=True)
    heading, prose = Heading(level=1, text="一"), Paragraph(inlines="文")
    found = sections((prose, heading, table, prose))
    assert [(s.landscape, [b.kind for b in s.blocks]) for s in found] == [
        (False, ["paragraph"]),
        (True, ["heading", "table"]),
        (False, ["paragraph"]),
    ]
