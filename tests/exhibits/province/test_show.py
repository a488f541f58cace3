"""What a province's report shows: every number leads to where it stands, what is missing is —."""

import json
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from lxml import html
from province.editions import assessed, write_edition
from province.test_read import GOOD, MIXED, read

from exhibits.conftest import _outputs
from exhibits.sources.printed import Page
from reporting.assess.province.values import Province
from reporting.documents.document import read_document, words
from reporting.documents.html.page import render_html
from reporting.documents.typst.pdf import render_pdf
from reporting.grades import Grade, Kind
from reporting.notebook import SLICE_VARIABLE

NOTEBOOK = Path(__file__).parents[3] / "notebooks/province_report.ipynb"
EVERY = [Grade.DONE, Grade.ON_SCHEDULE, Grade.BEHIND, Grade.FAR_BEHIND, Grade.NOT_STARTED]


def executed(province: Province, folder: Path, patch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run the cells of the notebook in this process."""
    ready = folder / "slice.json"
    ready.write_text(province.model_dump_json(), encoding="utf-8")
    patch.setenv(SLICE_VARIABLE, str(ready))
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    space: dict[str, Any] = {}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = _outputs("".join(cell["source"]), space)
        if "parameters" in cell["metadata"].get("tags", ()):
            space["quarter"] = province.period.quarter
    assert isinstance(book, dict)
    return book


@pytest.fixture
def province(tmp_path: Path) -> Province:
    """Take four offices together: one twice released, one demonstration, one that is not there."""
    write_edition(tmp_path / "甲市", assessed("甲市", EVERY))
    write_edition(tmp_path / "甲市", assessed("甲市", MIXED), number=2)
    write_edition(tmp_path / "乙市", assessed("乙市", GOOD, is_sample=True))
    write_edition(tmp_path / "丙市", assessed("丙市", EVERY))
    return read(
        tmp_path, {"name": "甲市"}, {"name": "乙市"}, {"name": "丙市"},
        {"name": "丁市", "folder": "无"},
    )  # fmt: skip


@pytest.fixture
def book(province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    return executed(province, tmp_path, monkeypatch)


def table(page: bytes, caption: str) -> list[list[str]]:
    """Read the rows of a page's table, as far as their first lines go."""
    root: Any = html.fromstring(page.decode())
    found = next(one for one in root.iter("table") if caption in one.text_content())
    return [
        ["".join(cell.itertext()).strip().split("\n")[0] for cell in row.iter("td")]
        for row in found.iter("tr")
        if row.find("td") is not None
    ]


def test_table_of_offices(book: dict[str, Any]) -> None:
    """Each row by kind, the sum of the rows last with of how many it is; dashes, no zeros."""
    rows = table(render_html(book), "各市任务核定结果（4个市中3个已发布并计入）")
    figures = [[row[1], *row[3:]] for row in rows]
    assert figures == [
        # 任务数, 已完成, 达到序时, 未达序时, 严重滞后, 未启动, 达序率
        ["甲市", "5", "1", "0", "1", "2", "1", "20.0%"],
        ["乙市", "2", "1", "1", "0", "0", "0", "100.0%"],
        ["丙市", "5", "1", "1", "1", "1", "1", "40.0%"],
        ["丁市", *["—"] * 7],
        ["合计", "12", "3", "2", "2", "3", "2", "41.7%"],
    ]
    for column in range(1, 7):
        counts = [int(row[column]) for row in figures[:-1] if row[column] != "—"]
        assert sum(counts) == int(figures[-1][column])
    assert [row[2].partition("版")[0] for row in rows] == [
        "第2",
        "第1",
        "第1",
        "—",
        "（4个市中3个）",
    ]


def test_every_number_leads_to_its_origin(book: dict[str, Any]) -> None:
    """Counts to the record's field, ratings to the row of the table of tasks, sums to a sum."""
    page = Page(render_html(book))
    lost = [(one.number + one.sign, one.words) for one, known in page.resolved if not known]
    assert lost == []
    assert len(page.resolved) > 100
    fields = {cell.address for known in page.known.values() for cell in known.cells}
    assert fields >= {"manifest.counts.严重滞后", "grade", "reason", "leaders"}


def test_late_tasks_are_under_their_kinds(book: dict[str, Any]) -> None:
    """Far behind, then not started, then behind; with leader, unit, reason and stated cause."""
    document = read_document(book)
    heads = [entry.text for entry in document.entries if entry.level > 1]
    assert heads == ["（一）严重滞后的任务", "（二）未启动的任务", "（三）未达序时进度的任务"]
    rows = table(render_html(book), "未启动的任务")
    assert [row[0] for row in rows] == ["甲市", "丙市"]
    said = words(document.blocks)
    assert "甲市目标3。" in said
    assert "张三，市商务局" in said
    assert "土地手续没有办完" in said


def test_demonstration_is_said_on_every_page(book: dict[str, Any], province: Province) -> None:
    """Of one office is enough; its own row says which."""
    assert province.is_sample
    page = render_html(book).decode()
    assert "示例数据，仅供演示" in page
    assert "第1版（示例数据）" in page
    with pypdfium2.PdfDocument(render_pdf(book)) as pdf:
        texts = [one.get_textpage().get_text_bounded() for one in pdf]
    assert len(texts) > 3
    assert all("示例数据" in text for text in texts)


def test_nothing_that_can_be_counted_is_a_report_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so, and has no figure."""
    found = read(tmp_path, {"name": "甲市"})
    page = render_html(executed(found, tmp_path, monkeypatch))
    assert table(page, "各市任务核定结果")[-1][3:] == ["—", "—"]
    assert "没有可以计入的市，各项数字均为“—”。" in page.decode()


def test_offices_own_words_are_counted_as_they_declare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the usual column, with a note; a late task has the office's own mark."""
    red = Grade.FAR_BEHIND.model_copy(update={"word": "红灯", "short": "红灯"})
    found = assessed("甲市", MIXED)
    scale = found.scale.model_copy(
        update={"grades": tuple(red if g == Grade.FAR_BEHIND else g for g in found.scale.grades)}
    )
    ratings = tuple(
        one.model_copy(update={"grade": red}) if one.grade == Grade.FAR_BEHIND else one
        for one in found.ratings
    )
    write_edition(tmp_path / "甲市", found.model_copy(update={"scale": scale, "ratings": ratings}))
    province = read(tmp_path, {"name": "甲市"})
    assert province.total
    assert province.total.counts[Kind.FAR_BEHIND] == 2
    page = render_html(executed(province, tmp_path, monkeypatch)).decode()
    assert "甲市的“红灯”按该市的规定计入“严重滞后”" in page
    marks = {str(task.grade) for _, _, task in province.late(Kind.FAR_BEHIND)}
    assert marks == {"红灯"}
