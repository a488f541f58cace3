"""The sources on paper: a short code beside a figure, and where it leads, a list at the end.

A page opens what a figure rests on; PDF and Word can only lead to it. A row about one task has
its number for a code; a card, a paragraph or a table of counts has one behind it.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence

from reporting.documents.blocks import (
    Block,
    Card,
    Column,
    Fields,
    GradeMark,
    Inline,
    Link,
    Muted,
    Page,
    Paragraph,
    Row,
    Table,
    Text,
    rebuilt,
)
from reporting.documents.sources.origins import sources_of
from reporting.documents.sources.values import (
    Source,
    SourceCell,
    Sourced,
    SourceRow,
    Sources,
    Step,
)
from reporting.values import Value

Blocks = tuple[Block, ...]
_FIGURE = re.compile(r"[-+\d.,\s%]+")
"""What a cell holds where it is listed with it; of others the place is enough."""
_DIGITS = 16
"""How much of a digest paper bears: the page and the record of the pack have all of it."""


def on_paper(blocks: Blocks) -> Blocks:
    """Put codes beside the figures, and lists in the place of the block of sources.

    What is set needs no origins any more, and has none.
    """
    sources = sources_of(blocks)
    if sources is None:
        return blocks
    if not sources.listed:
        shown = tuple(block for block in blocks if not isinstance(block, Sources))
        return rebuilt(shown, _bare)
    paper = _Paper(sources)
    # In reading order first: the lists hold what codes were given out.
    coded = [part for block in blocks for part in paper.coded(block)]
    return tuple(
        made
        for part in coded
        for made in (paper.lists() if isinstance(part, Sources) else rebuilt((part,), _bare))
    )


def _bare(part: Value) -> Value:
    has_origin = isinstance(part, Sourced) and part.origin
    return part.model_copy(update={"origin": ()}) if has_origin else part


class _Paper:
    """Codes given out in reading order, and what each stands for."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._codes = {one.name: one.code for one in sources.sources if one.code}
        self._reckoned: dict[tuple[Step, ...], int] = {}

    def coded(self, block: Block) -> Iterator[Block]:
        """Give a block with its codes, and a line behind a table that counts."""
        # A page that holds all it says by itself has no room for more; its rows lead on.
        edit = self._linked if isinstance(block, Page) else self._part
        yield from rebuilt((block,), edit)
        if isinstance(block, Table) and (steps := _counts(block)):
            words: tuple[Inline, ...] = (Muted(text="本表计数的依据见"), self._reckoning(steps))
            yield Paragraph(inlines=(*words, Muted(text="。")), indent=False)

    def _part(self, part: Value) -> Value:
        match part:
            case Card():
                return self._card(part)
            case Paragraph():
                inlines = (*part.inlines, *self._behind(part.origin))
                return part.model_copy(update={"inlines": inlines})
        return self._linked(part)

    def _card(self, card: Card) -> Card:
        """Put a card's code behind the grade it tells of, where its title loses no room to it."""
        codes = tuple(self._behind(card.origin))
        first = card.blocks[0] if card.blocks else None
        if isinstance(first, Fields):
            rows = list(first.rows)
            for at, row in enumerate(rows):
                if any(isinstance(one, GradeMark) for one in row.value):
                    rows[at] = row.model_copy(update={"value": (*row.value, *codes)})
                    blocks = (first.model_copy(update={"rows": tuple(rows)}), *card.blocks[1:])
                    return card.model_copy(update={"blocks": blocks})
        return card.model_copy(update={"marks": (*card.marks, *codes)})

    def _linked(self, part: Value) -> Value:
        """Make the number of the task that a row is about lead to its source."""
        if not isinstance(part, Row):
            return part
        led = {name for step in part.origin if not step.words for name in step.of}
        names = {self._codes[name]: name for name in led if name in self._codes}
        cells = tuple(tuple(_linked(one, names) for one in cell) for cell in part.cells)
        return part if cells == part.cells else part.model_copy(update={"cells": cells})

    def _behind(self, origin: tuple[Step, ...]) -> Iterator[Inline]:
        """Give the codes that stand behind a paragraph or a card."""
        led = [name for step in origin if not step.words for name in step.of]
        for name in led if len(led) < _MANY else ():
            if name in self._codes:
                yield _link(f"〔源{self._codes[name]}〕", name)
        if steps := tuple(step for step in origin if step.words):
            yield self._reckoning(steps)

    def _reckoning(self, steps: tuple[Step, ...]) -> Link:
        number = self._reckoned.setdefault(steps, len(self._reckoned) + 1)
        return Link(text=f"〔算{number}〕", anchor=f"reckoned-{number}")

    def lists(self) -> Iterator[Block]:
        """List the sources, what was reckoned, and the files."""
        yield Paragraph(inlines=_ABOUT[self._sources.of])
        listed = [one for one in self._sources.sources if one.code]
        yield _table("数字来源", ("代码", "出处"), [self._source(one) for one in listed])
        if self._reckoned:
            rows = [
                row
                for steps, number in self._reckoned.items()
                for row in self._steps(number, steps)
            ]
            yield _table("计数和换算的依据", ("代码", "怎样算得（括号内为所计任务）"), rows)
        if self._sources.files:
            yield self._files()

    def _files(self) -> Table:
        """List the files; what their names begin with alike is said once."""
        folder = _folder([file.name for file in self._sources.files])
        named = _FILES[self._sources.of]
        return Table(
            columns=(
                Column(key="file", label="文件", share=2.4),
                Column(key="arrived", label=_ARRIVED[self._sources.of], share=3.2),
                Column(key="sha256", label=f"SHA-256（前{_DIGITS}位）", share=1.8),
            ),
            rows=tuple(
                Row(cells=(
                    file.name.removeprefix(folder), file.arrived, file.sha256[:_DIGITS] or "—",
                ))
                for file in self._sources.files
            ),
            caption=f"{named}（均在 {folder} 下）" if folder else named,
            dense=True,
        )  # fmt: skip

    def _source(self, source: Source) -> Row:
        rows = [_words_of(row) for row in source.rows]
        # What is no task's has no rows: it is counted and reckoned.
        said = "；".join(rows) or f"{source.title}：{self._said(source.steps)}"
        return Row(cells=(f"源{source.code}", said), anchor=f"from-{source.name}")

    def _steps(self, number: int, steps: Sequence[Step]) -> Iterator[Row]:
        """Give a few steps a row: one that fills a page cannot be broken well."""
        for start in range(0, len(steps), _STEPS):
            first = start == 0
            yield Row(
                cells=(f"算{number}" if first else "", self._said(steps[start : start + _STEPS])),
                anchor=f"reckoned-{number}" if first else "",
            )

    def _said(self, steps: Sequence[Step]) -> str:
        return "；".join(dict.fromkeys(step.words + self._tasks(step) for step in steps))

    def _tasks(self, step: Step) -> str:
        codes = [self._codes[name] for name in step.of if name in self._codes]
        return f"（{'、'.join(codes)}）" if codes else ""


_MANY = 3
"""What leads to as many sources names them, and needs no codes."""
_STEPS = 8
_ABOUT = {
    "returns": (
        "正文中的任务号、代码〔源…〕和〔算…〕可以点击，指向下列出处："
        "“源”为任务分解表和报表中的位置，“算”为计数和换算的依据。"
    ),
    "editions": (
        "正文中的单位名称、代码〔源…〕和〔算…〕可以点击，指向下列出处："
        "“源”为所用版本的文件和其中的项，“算”为计数和换算的依据。"
    ),
}
_FILES = {"returns": "报送文件", "editions": "所用版本的文件"}
_ARRIVED = {"returns": "报送情况", "editions": "版本"}


def _counts(table: Table) -> tuple[Step, ...]:
    """Give what the rows of a table count, and of which tasks.

    Rows that are about a source each lead to it; zeros count nothing.
    """
    if any(not step.words for row in table.rows for step in row.origin):
        return ()
    counted = (step for row in table.rows for step in row.origin if step.column and step.of)
    return tuple(dict.fromkeys(counted))


def _linked(inline: Inline, names: dict[str, str]) -> Inline:
    if isinstance(inline, Text) and inline.text in names:
        return _link(inline.text, names[inline.text])
    return inline


def _link(words: str, name: str) -> Link:
    return Link(text=words, anchor=f"from-{name}")


def _words_of(row: SourceRow) -> str:
    """Name a row's cells: figures by place and value, the others from the first to the last."""
    figures = [f"{cell.place}＝{cell.text}" for cell in row.cells if _is_figure(cell)]
    others = [cell.place for cell in row.cells if cell.place and not _is_figure(cell)]
    ends = list(dict.fromkeys((*others[:1], *others[-1:])))
    return f"{row.brief or row.where} {'、'.join(['–'.join(ends), *figures]).strip('、')}".strip()


def _folder(names: Sequence[str]) -> str:
    """Give the folder that all files lie under; empty where they lie apart."""
    if len({posixpath.isabs(name) for name in names}) > 1:
        return ""
    common = posixpath.commonpath([posixpath.dirname(name) for name in names])
    return f"{common}/" if common else ""


def _is_figure(cell: SourceCell) -> bool:
    return bool(cell.place) and _FIGURE.fullmatch(cell.text) is not None


def _table(caption: str, labels: tuple[str, str], rows: list[Row], share: float = 0.4) -> Table:
    first, second = labels
    return Table(
        columns=(
            Column(key="code", label=first, share=share), Column(key="from", label=second, share=6),
        ),
        rows=tuple(rows), caption=caption, dense=True,
    )  # fmt: skip
