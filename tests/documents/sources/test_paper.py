"""On paper a code beside a figure leads to a list, and everything that leads arrives."""

from documents.sample import notebook_of
from documents.sources.parts import blocks
from reporting.documents.blocks import (
    Card,
    Fields,
    Heading,
    Link,
    Page,
    Paragraph,
    Row,
    Table,
    text_of,
    walk,
)
from reporting.documents.complete import complete
from reporting.documents.document import read_document
from reporting.documents.sources.paper import on_paper
from reporting.documents.sources.values import Sourced, Sources, Step
from reporting.documents.word.docx import render_docx
from reporting.grades import Grade
from reporting.system.archives import read_members

Blocks = tuple[object, ...]


def tables() -> dict[str, Table]:
    paper = on_paper(complete(blocks()))
    return {part.caption: part for part in paper if isinstance(part, Table)}


def test_number_of_a_row_is_its_code() -> None:
    """It leads to the task's line in the list."""
    row = tables()["指标"].rows[0]
    assert row.cells[0] == (Link(text="18", anchor="from-task-018"),)
    assert text_of(row.cells[2]) == "11"


def test_card_and_paragraph_have_a_code_behind_them() -> None:
    """A card that of its task, a sentence that of what it counts."""
    paper = on_paper(complete(blocks()))
    card = next(part for part in paper if isinstance(part, Card))
    assert card.marks[-1] == Link(text="〔源18〕", anchor="from-task-018")
    said = next(part for part in paper if isinstance(part, Paragraph))
    assert said.inlines[-1] == Link(text="〔算1〕", anchor="reckoned-1")


def test_code_of_a_card_stands_behind_its_grade() -> None:
    """Beside the title it would take room from it."""
    rows = (("年度目标", "建管网"), ("核定结果", (Grade.BEHIND, "〔R4〕")))
    card = next(block for block in blocks() if isinstance(block, Card))
    graded = card.model_copy(update={"blocks": (Fields(rows=rows),)})
    paper = on_paper(complete((Heading(level=1, text="一、情况"), graded, *blocks()[-1:])))
    shown = next(part for part in paper if isinstance(part, Card))
    assert shown.marks == card.marks
    assert isinstance(shown.blocks[0], Fields)
    assert text_of(shown.blocks[0].rows[1].value) == "未达序时进度〔R4〕〔源18〕"


def test_lists_name_cells_steps_and_files() -> None:
    """Figures with their value, other cells from the first to the last; digests cut short."""
    found = tables()
    sources = [[text_of(cell) for cell in row.cells] for row in found["数字来源"].rows]
    assert sources[0] == [
        "源18", "任务分解表第9行；第三季度“指标” M5＝11；第三季度“进展” H5–I5",
    ]  # fmt: skip
    counted = [text_of(cell) for cell in found["计数和换算的依据"].rows[0].cells]
    assert counted == ["算1", "滞后的任务：2项（18、19）"]
    files = found["报送文件（均在 data/2023/status/Q3/ 下）"].rows
    assert [text_of(cell) for cell in files[0].cells] == ["市水务局.xlsx", "第1次报送", "ab" * 8]


def test_every_code_leads_somewhere() -> None:
    """Nothing set has an origin any more."""
    paper = on_paper(complete(blocks()))
    anchors = {part.anchor for part in walk(paper) if isinstance(part, Row | Heading | Table)}
    links = [part for part in walk(paper) if isinstance(part, Link)]
    assert {link.anchor for link in links} <= anchors
    assert not any(part.origin for part in walk(paper) if isinstance(part, Sourced))
    assert not any(isinstance(part, Sources) for part in paper)


def test_table_that_counts_is_followed_by_its_code() -> None:
    """Rows that count tasks have their steps in the list, each once."""
    steps = (Step(words="按期：2项", of=("task-018", "task-019"), column="count"),)
    table = tables()["指标"].model_copy(update={"rows": (), "caption": "核定结果"})
    table = table.model_copy(
        update={"rows": (Row(cells=("按期", "", "2", ""), origin=steps),), "anchor": "counts"}
    )
    paper = on_paper(complete((Heading(level=1, text="一、情况"), table, *blocks()[-1:])))
    line = next(part for part in paper if isinstance(part, Paragraph))
    assert text_of(line.inlines) == "本表计数的依据见〔算1〕。"


def test_page_of_its_own_gets_no_codes_behind() -> None:
    """It holds all it says by itself; only the numbers of its rows lead on."""
    _, said, table, *rest = blocks()
    page = Page(heading=Heading(level=1, text="一页"), blocks=(said, table))
    paper = on_paper(complete((page, *rest)))
    held = next(part for part in paper if isinstance(part, Page)).blocks
    assert isinstance(held[0], Paragraph)
    assert isinstance(held[1], Table)
    assert "〔" not in text_of(held[0].inlines)
    assert isinstance(held[1].rows[0].cells[0][0], Link)


def test_word_leads_to_the_list() -> None:
    """Every hyperlink of the codes has its bookmark."""
    notebook = notebook_of(blocks())
    assert read_document(notebook).blocks
    document = read_members(render_docx(notebook))["word/document.xml"].decode()
    for name in ("from-task-018", "reckoned-1"):
        assert f'w:anchor="{name}"' in document
        assert f'w:name="{name}"' in document


def test_sources_not_listed_take_no_place() -> None:
    """A heading over them alone stands over nothing."""
    *shown, held = blocks()
    assert isinstance(held, Sources)
    hidden = held.model_copy(update={"listed": False})
    done = complete((*shown, Heading(level=1, text="二、来源"), hidden))
    assert not any(isinstance(part, Heading) and "来源" in part.text for part in walk(done))
    paper = on_paper(done)
    assert len(paper) == len(done) - 1
    assert not any(isinstance(part, Link) and "〔" in part.text for part in walk(paper))
