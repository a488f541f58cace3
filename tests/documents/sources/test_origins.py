"""Parts are joined to their sources by name, by link and by place; nothing else is kept."""

from documents.sources.parts import FILE, blocks
from reporting.documents.blocks import Card, Entry, Heading, Paragraph, Row, Table, walk
from reporting.documents.complete import complete, entries_of
from reporting.documents.sources.origins import sources_of
from reporting.documents.sources.values import Sourced, Sources, Step

TASK = Step(of=("task-018",))


def test_row_comes_from_what_it_links_to() -> None:
    """By any place of the task; what it says of a column stays before that."""
    row = next(part for part in walk(complete(blocks())) if isinstance(part, Row))
    assert [step.column for step in row.origin] == ["rate", ""]
    assert row.origin[1] == TASK


def test_card_and_heading_come_from_their_own_place() -> None:
    """The contents know of it as well."""
    done = complete(blocks())
    cards = [part for part in done if isinstance(part, Card)]
    assert cards[0].origin == cards[0].heading.origin == (TASK,)
    entry = next(e for e in entries_of(done) if e.anchor == "task-018")
    assert isinstance(entry, Entry)
    assert entry.origin == (TASK,)


def test_annex_numbers_itself() -> None:
    """The number of an annex is no figure of anybody's."""
    annex = next(e for e in entries_of(complete(blocks())) if "附件1" in e.text)
    assert annex.origin == (Step(words="附件1：本文附件的编号"),)


def test_what_no_figure_leads_to_is_left_out() -> None:
    """Sources, and files that none of the others names."""
    kept = sources_of(complete(blocks()))
    assert kept is not None
    assert [one.name for one in kept.sources] == ["task-018", "task-019"]
    assert [file.name for file in kept.files] == [FILE]


def test_name_of_no_source_is_no_origin() -> None:
    """A step keeps its words and loses what is not there."""
    step = Step(words="共2项", of=("task-018", "task-404"))
    said = Paragraph(inlines="共2项", origin=(step,))
    done = complete((Heading(level=1, text="一、情况"), said, *blocks()[-1:]))
    paragraph = next(part for part in done if isinstance(part, Paragraph))
    assert paragraph.origin == (Step(words="共2项", of=("task-018",)),)


def test_document_without_sources_has_no_origins() -> None:
    """An analyst's own report opens nothing, and says nothing."""
    bare = tuple(block for block in blocks() if not isinstance(block, Sources))
    done = complete(bare)
    assert not any(part.origin for part in walk(done) if isinstance(part, Sourced))
    assert any(isinstance(block, Table) for block in done)
