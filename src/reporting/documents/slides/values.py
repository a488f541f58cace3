"""The slides' own model: a deck of pages, each one message with what shows it."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from reporting.documents.blocks import (
    Block,
    BulletList,
    Card,
    Column,
    Cover,
    Heading,
    Muted,
    Notice,
    Paragraph,
    Table,
    text_of,
)
from reporting.documents.html.write import to_html
from reporting.documents.plain_text import to_text
from reporting.language.visible import SafeText
from reporting.values import Value

DECK_MEDIA = "application/vnd.reporting.slides+json"
"""Media type under which a notebook output carries a deck."""

_MOST_BARS = 12
"""More categories than this cannot be read from the back of a room."""


class Series(Value):
    """The values of a chart under one name; None where there is none.

    ``tone`` says what it is: ``main``, what it is ``compared`` with, or ``trouble``.
    """

    name: SafeText
    values: tuple[float | None, ...]
    tone: Literal["main", "compared", "trouble"] = "main"


class BarChart(Value):
    """Lying bars, the first category on top; every bar says its value.

    ``number_format`` is a spreadsheet's. ``alt`` says the message in words.
    """

    kind: Literal["chart"] = "chart"
    categories: tuple[SafeText, ...] = Field(min_length=1, max_length=_MOST_BARS)
    series: tuple[Series, ...] = Field(min_length=1)
    stacked: bool = False
    number_format: str = "General"
    alt: SafeText

    @model_validator(mode="after")
    def _values_fit_categories(self) -> "BarChart":
        for one in self.series:
            if len(one.values) != len(self.categories):
                raise ValueError(
                    f"{one.name} has {len(one.values)} values, {len(self.categories)} expected"
                )
        return self


Part = Annotated[Table | BarChart | BulletList, Field(discriminator="kind")]
"""What a slide shows below its message."""


class Slide(Value):
    """One message and what shows it.

    Attributes
    ----------
    title : str
        The message, a whole sentence.
    parts : tuple
        One part, or two side by side; ``share`` is the first one's part of the width.
    remark : str
        How the figures are to be read; stands small below the parts.
    notes : tuple of str
        The speaker's notes: where each figure of the slide stands.
    """

    title: SafeText
    parts: tuple[Part, ...] = Field(min_length=1, max_length=2)
    share: float = Field(default=0.5, gt=0, lt=1)
    remark: SafeText = ""
    notes: tuple[SafeText, ...] = ()


class Deck(Value):
    """A cover and slides; in a notebook it is seen as a run of cards.

    Several outputs of a notebook are one deck, in their order; one of them brings the cover.
    """

    cover: Cover | None = None
    slides: tuple[Slide, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The slides as blocks, each a card with its charts as tables."""
        return tuple(map(_card, self.slides))

    def _repr_mimebundle_(
        self, include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
    ) -> dict[str, Any]:
        seen = self.cards
        return {
            DECK_MEDIA: self.model_dump(mode="json"),
            "text/html": to_html(seen),
            "text/plain": to_text(seen),
        }


def _card(slide: Slide) -> Card:
    return Card(
        heading=Heading(level=3, text=slide.title),
        blocks=(
            *(chart_table(part) if isinstance(part, BarChart) else part for part in slide.parts),
            *((Notice(inlines=slide.remark),) if slide.remark else ()),
            *(Paragraph(inlines=Muted(text=line)) for line in slide.notes),
        ),
    )


def chart_table(chart: BarChart) -> Block:
    """Write a chart as the table that it is drawn from."""
    columns = [Column(key="category", label="项目")]
    columns += [
        Column(key=f"series-{number}", label=one.name, numeric=True, align="right")
        for number, one in enumerate(chart.series)
    ]
    rows = [
        (category, *("—" if one.values[at] is None else f"{one.values[at]:g}"
                     for one in chart.series))
        for at, category in enumerate(chart.categories)
    ]  # fmt: skip
    return Table(columns=tuple(columns), rows=tuple(rows), caption=chart.alt)


def slide_words(slide: Slide) -> Iterator[str]:
    """Give every text that a slide shows; its notes are not shown."""
    yield slide.title
    for part in slide.parts:
        match part:
            case Table():
                yield from (column.label for column in part.columns)
                yield from (text_of(cell) for row in part.rows for cell in row.cells)
            case BarChart():
                yield from (*part.categories, *(one.name for one in part.series))
            case BulletList():
                yield from map(text_of, part.items)
    yield slide.remark
