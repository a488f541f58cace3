r"""The document model: what a report shows, as frozen values that hold text, never markup.

A report is a sequence of blocks; blocks hold inlines; every string in them is data. Each format
(HTML, Markdown, plain text, Typst, Word) escapes it in its own way. A line break in a text is
``\n``. Where a field takes inlines, a plain string, a `Grade` or one inline will do::

    Paragraph(inlines="全部任务已完成。")
    Paragraph(inlines=("其中", Strong(text="3项"), Grade.BEHIND, "，见", Link(...), "。"))
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from operator import is_
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

from reporting.documents.sources.values import Sourced, Sources
from reporting.grades import Grade
from reporting.language.phrases import document_words
from reporting.language.visible import SafeText
from reporting.periods import full_date
from reporting.values import Value

Anchor = Annotated[str, Field(pattern=r"^([A-Za-z][A-Za-z0-9_-]*)?$")]
"""Name of a place that links lead to; empty for none. Plain ASCII, so it is safe anywhere."""


class Text(Value):
    """Plain words."""

    kind: Literal["text"] = "text"
    text: SafeText


class Strong(Value):
    """Words that stand out."""

    kind: Literal["strong"] = "strong"
    text: SafeText


class Muted(Value):
    """Words that stand back: sources, units of measure, remarks."""

    kind: Literal["muted"] = "muted"
    text: SafeText


class Link(Value):
    """Words that lead to another place of the same document."""

    kind: Literal["link"] = "link"
    text: SafeText
    anchor: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]


class GradeMark(Value):
    """A grade: its word with shape and colour."""

    kind: Literal["grade"] = "grade"
    grade: Grade


Inline = Annotated[Text | Strong | Muted | Link | GradeMark, Field(discriminator="kind")]


def _inline(part: Any) -> Any:
    if isinstance(part, Grade):
        return GradeMark(grade=part)
    return Text(text=part) if isinstance(part, str) else part


def _inlines(value: Any) -> Any:
    if value is None:
        return ()
    if isinstance(value, str | Value | dict):
        value = (value,)
    return tuple(_inline(part) for part in value if part is not None and part != "")


Inlines = Annotated[tuple[Inline, ...], BeforeValidator(_inlines)]
"""A run of inlines; a string, a grade or one inline is taken as a run of one."""


class Heading(Sourced):
    """A heading; level 1 is ``一、``, 2 ``（一）``, 3 ``1.``; the text carries its number."""

    kind: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=4)
    text: SafeText
    anchor: Anchor = ""


class Paragraph(Sourced):
    """A paragraph of prose, its first line indented by two characters unless told not to."""

    kind: Literal["paragraph"] = "paragraph"
    inlines: Inlines
    indent: bool = True


class Column(Value):
    """A column of a table.

    ``share`` is its width relative to the other columns; ``numeric`` columns are set right,
    with figures of one width, and sort by value.
    """

    key: str
    label: SafeText
    align: Literal["left", "center", "right"] = "left"
    share: float = Field(default=1, gt=0)
    numeric: bool = False


class Row(Sourced):
    """A row of a table; ``total`` rows stand out and stay last when the table is sorted."""

    cells: tuple[Inlines, ...]
    anchor: Anchor = ""
    total: bool = False


def _row(value: Any) -> Any:
    return {"cells": tuple(value)} if isinstance(value, list | tuple) else value


class Table(Sourced):
    """A table whose header repeats on each page.

    Rows may be given as sequences of cells. ``landscape`` sets it on pages of its own, turned.
    ``dense`` ones are set smaller on paper, where rows of much text would take many pages.
    ``sortable`` tables sort by a click on a header; ``filterable`` ones also have a search box.
    """

    kind: Literal["table"] = "table"
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[Annotated[Row, BeforeValidator(_row)], ...]
    caption: SafeText = ""
    anchor: Anchor = ""
    landscape: bool = False
    dense: bool = False
    sortable: bool = False
    filterable: bool = False

    @model_validator(mode="after")
    def _rows_fit_columns(self) -> "Table":
        for number, row in enumerate(self.rows, 1):
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"row {number} has {len(row.cells)} cells, {len(self.columns)} expected"
                )
        return self


class Figure(Sourced):
    """A picture: SVG text, or PNG/JPEG in base64.

    ``alt`` says the message in words. ``trusted`` SVG was drawn on `reporting.documents.canvas`
    and may stand in a page as it is; any other picture is shown as an image. A chart's
    ``fingerprint`` is that of the values it was drawn from; other pictures have none.
    """

    kind: Literal["figure"] = "figure"
    data: str
    alt: SafeText
    caption: SafeText = ""
    anchor: Anchor = ""
    media: Literal["image/svg+xml", "image/png", "image/jpeg"] = "image/svg+xml"
    share: float = Field(default=1, gt=0, le=1)
    trusted: bool = False
    fingerprint: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")


class FieldRow(Sourced):
    """A label and what stands beside it."""

    label: SafeText
    value: Inlines


def _field_row(value: Any) -> Any:
    if isinstance(value, list | tuple):
        label, content = value
        return {"label": label, "value": content}
    return value


class Fields(Value):
    """Labels with their values, e.g. the body of a task card; pairs may be given."""

    kind: Literal["fields"] = "fields"
    rows: tuple[Annotated[FieldRow, BeforeValidator(_field_row)], ...]


class Notice(Sourced):
    """A remark set apart."""

    kind: Literal["notice"] = "notice"
    tone: Literal["note", "warning"] = "note"
    inlines: Inlines


class BulletList(Sourced):
    """A list; ``ordered`` ones are numbered."""

    kind: Literal["list"] = "list"
    items: tuple[Inlines, ...]
    ordered: bool = False


class Quote(Sourced):
    """Words quoted verbatim, with the place they stand in."""

    kind: Literal["quote"] = "quote"
    text: SafeText
    source: SafeText = ""


class Cover(Sourced):
    """The masthead and title of a document; also the source of its running heads.

    ``title`` is the name of the bulletin (red); the document's own title (`headline`) follows
    below the rule. ``full_page`` gives it a page of its own. ``seal`` leads from paper back to the
    file it was printed from.
    """

    kind: Literal["cover"] = "cover"
    issuing_office: SafeText
    title: SafeText
    issue_number: SafeText = ""
    subject_name: SafeText
    period_label: SafeText
    headline: SafeText = ""
    publish_date: date
    is_sample: bool = False
    full_page: bool = False
    seal: SafeText = ""

    @property
    def seal_text(self) -> str:
        """The seal with its name; empty without one."""
        return f"封签 {self.seal}" if self.seal else ""

    @property
    def headline_text(self) -> str:
        """The document's own title."""
        return self.headline or f"{self.subject_name}{self.period_label}任务进展情况"

    @property
    def headline_lines(self) -> tuple[str, ...]:
        """The title in lines that break between its parts; one line when it is short."""
        return _title_lines(self.headline_text)

    @property
    def date_text(self) -> str:
        """The date in full, without leading zeros: ``2023年10月20日``."""
        return full_date(self.publish_date)


_TITLE_LENGTH = 20


def _title_lines(title: str) -> tuple[str, ...]:
    """Break a long title beside its period or a book title, as near the middle as can be."""
    # 小标宋 of 22 pt sets some 20 characters a line.
    if len(title) <= _TITLE_LENGTH or "\n" in title:
        return tuple(title.split("\n"))
    places = [m.start() for m in document_words.TITLE_BREAKS.finditer(title)]
    # A line of three characters or fewer looks like a slip.
    places = [place for place in places if 4 <= place <= len(title) - 4]
    if not places:
        return (title,)
    place = min(places, key=lambda at: abs(at - len(title) / 2))
    return title[:place], title[place:]


class Entry(Sourced):
    """A line of a table of contents; its figures come from where its heading's do."""

    level: int
    text: SafeText
    anchor: Anchor


class Contents(Value):
    """The table of contents, of the headings down to ``depth``.

    ``entries`` are filled in when the whole document is known.
    """

    kind: Literal["contents"] = "contents"
    title: SafeText = "目录"
    depth: int = Field(default=2, ge=1, le=4)
    entries: tuple[Entry, ...] = ()


class Annex(Sourced):
    """Start of an annex: a new page with its label (``附件1``) and title.

    ``landscape`` turns its pages until the next annex.
    """

    kind: Literal["annex"] = "annex"
    label: SafeText
    title: SafeText
    anchor: Anchor = ""
    landscape: bool = False


class Card(Sourced):
    """Blocks that belong together under a heading, e.g. all about one task.

    ``marks`` stand beside the heading: grade, unit.
    """

    kind: Literal["card"] = "card"
    heading: Heading
    marks: Inlines = ()
    blocks: "tuple[Block, ...]" = ()


class Page(Sourced):
    """Blocks that have a page of their own, set small so that one is enough.

    On paper it follows a cover or a table of contents, which end their own pages.
    """

    kind: Literal["page"] = "page"
    heading: Heading
    blocks: "tuple[Block, ...]" = ()


Block = Annotated[
    Heading
    | Paragraph
    | Table
    | Figure
    | Fields
    | Notice
    | BulletList
    | Quote
    | Cover
    | Contents
    | Annex
    | Card
    | Page
    | Sources,
    Field(discriminator="kind"),
]

Card.model_rebuild()
Page.model_rebuild()

BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])
"""Reads and writes blocks as JSON."""


def text_of(inlines: Iterable[Inline]) -> str:
    """Join the words of inlines."""
    return "".join(
        str(inline.grade) if isinstance(inline, GradeMark) else inline.text for inline in inlines
    )


@cache
def _holding(kind: type[Value]) -> tuple[str, ...]:
    """Name the fields of a class that may hold parts; most parts are words alone and have none."""
    return tuple(
        name for name, field in kind.model_fields.items() if _may_hold_parts(field.annotation)
    )


def _may_hold_parts(annotation: Any) -> bool:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        is_part = issubclass(annotation, Value | tuple) and not issubclass(annotation, Grade)
        return is_part or annotation is object
    if get_origin(annotation) is Literal:
        return False
    inner = [one for one in get_args(annotation) if isinstance(one, type) or get_args(one)]
    # What says nothing about itself, such as Any, may hold everything.
    return any(map(_may_hold_parts, inner)) if inner else True


def walk(blocks: Iterable[Block]) -> Iterator[Value]:
    """Go through blocks and all that they hold (rows, inlines, ...); a holder comes first.

    Blocks are met in reading order. Texts, numbers, dates and grades are fields of what is met.
    """
    waiting: list[Any] = [tuple(blocks)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Value):
            yield part
            held = vars(part)
            waiting.extend([held[name] for name in reversed(_holding(type(part)))])
        elif isinstance(part, tuple):
            waiting.extend(reversed(part))


def rebuilt(blocks: tuple[Block, ...], edit: Callable[[Value], Value]) -> tuple[Block, ...]:
    """Give blocks with every part edited, in the order of `walk`.

    ``edit`` returns what stands in the place of a part, or the part itself; what that holds is
    edited next.
    """
    found: tuple[Block, ...] = _rebuilt(blocks, edit)
    return found


def _rebuilt(held: Any, edit: Callable[[Value], Value]) -> Any:
    # What nobody changed is given back as it is: most of a report is, and copies take time.
    if isinstance(held, tuple):
        parts = tuple([_rebuilt(part, edit) for part in held])
        return held if all(map(is_, parts, held)) else parts
    if not isinstance(held, Value):
        return held
    part = edit(held)
    changed = {}
    for name in _holding(type(part)):
        value = getattr(part, name)
        if value and (again := _rebuilt(value, edit)) is not value:
            changed[name] = again
    return part.model_copy(update=changed) if changed else part
