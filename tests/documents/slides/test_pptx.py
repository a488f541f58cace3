"""The PowerPoint file: pages, native parts, faces, marks, and bytes that do not change."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from pptx import Presentation
from pptx.util import Pt

from documents.sample import cover, notebook_of, rating_table
from documents.test_formats import HOSTILE
from documents.with_font import with_chinese_font
from reporting.documents.artifacts import render
from reporting.documents.blocks import BulletList, Column, Table
from reporting.documents.slides.pptx import render_pptx, write_deck
from reporting.documents.slides.read import read_deck
from reporting.documents.slides.values import (
    DECK_MEDIA,
    BarChart,
    Deck,
    Series,
    Slide,
    slide_words,
)
from reporting.errors import PublishError
from reporting.language.visible import visible

OFFICE = shutil.which("soffice")


def bars(**fields: Any) -> BarChart:
    given: dict[str, Any] = {
        "categories": ("甲", "乙"),
        "series": (
            Series(name="实际", values=(33.3, None)),
            Series(name="计划", values=(99.96, 50), tone="compared"),
        ),
        "number_format": "0.0#",
        "alt": "条形图，甲33.3，乙没有。",
    }
    return BarChart(**(given | fields))


def long_table(rows: int = 30, text: str = "推动重点产业链建设。") -> Table:
    columns = (Column(key="n", label="任务号", numeric=True), Column(key="t", label="任务"))
    return Table(columns=columns, rows=tuple((str(n), text) for n in range(1, rows + 1)))


def deck(*slides: Slide, is_sample: bool = True) -> Deck:
    return Deck(cover=cover(is_sample=is_sample), slides=slides)


SLIDES = (
    Slide(title="甲完成三成", parts=(rating_table(), bars()), remark="单位：%。",
          notes=("甲.xlsx“表”J4：33.3",)),
    Slide(title="没有滞后的任务", parts=(BulletList(items=("没有。",)),)),
    Slide(title="任务很多", parts=(long_table(),)),
)  # fmt: skip


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def shown(slide: Any) -> list[str]:
    """Give every text of a slide: of shapes, tables and charts."""
    texts = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            texts.append(shape.text_frame.text)
        elif shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
        elif shape.has_chart:
            plot = shape.chart.plots[0]
            texts += [*map(str, plot.categories), *(series.name for series in plot.series)]
    return texts


@pytest.fixture(scope="module")
def show() -> Any:
    return opened(write_deck(deck(*SLIDES)))


def test_pages_are_wide_and_begin_with_the_cover(show: Any) -> None:
    """16 : 9; the cover names bulletin, title, office and day; every page has its message."""
    assert show.slide_width * 9 == show.slide_height * 16
    first, second, third, *rest = show.slides
    assert first.shapes.title.text_frame.text == "市商务局2023年第三季度任务进展情况"
    assert {
        "《政府工作报告》任务进展通报（2023年第3期）",
        "东莞市人民政府办公室\n2023年10月30日",
    } <= set(shown(first))
    assert [s.shapes.title.text_frame.text for s in (second, third)] == [
        "甲完成三成", "没有滞后的任务",
    ]  # fmt: skip
    assert [s.shapes.title.text_frame.text for s in rest] == [
        f"任务很多（{n}/{len(rest)}）" for n in range(1, len(rest) + 1)
    ]


def test_parts_are_native(show: Any) -> None:
    """A table is a table with its grades' words, a chart has its values; nothing is a picture."""
    page = show.slides[1]
    (table,) = (shape.table for shape in page.shapes if shape.has_table)
    assert [cell.text for cell in table.rows[1].cells] == [
        "1", "优化消费环境", "△\u00a0未达序时进度", "12.5",
    ]  # fmt: skip
    (chart,) = (shape.chart for shape in page.shapes if shape.has_chart)
    assert [(s.name, list(s.values)) for s in chart.plots[0].series] == [
        ("实际", [33.3, None]), ("计划", [99.96, 50]),
    ]  # fmt: skip
    kinds = {shape.shape_type for slide in show.slides for shape in slide.shapes}
    assert not {kind for kind in kinds if kind and "PICTURE" in str(kind)}


def test_parts_are_described(show: Any) -> None:
    """Who cannot see a chart or a table hears its message."""
    frames = [s for s in show.slides[1].shapes if s.has_chart or s.has_table]
    descriptions = [f._element.nvGraphicFramePr.cNvPr.get("descr") for f in frames]
    assert descriptions == ["表1　评价一览", "条形图，甲33.3，乙没有。"]


def test_charts_can_be_edited(show: Any) -> None:
    """Behind a chart is a workbook with the values it is drawn from."""
    (chart,) = (shape.chart for shape in show.slides[1].shapes if shape.has_chart)
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "实际", "计划"], ["甲", 33.3, 99.96], ["乙", None, 50],
    ]  # fmt: skip


def test_rows_that_do_not_fit_go_on_the_next_page(show: Any) -> None:
    """No row is lost, and the pages are much alike."""
    tables = [s.table for slide in list(show.slides)[3:] for s in slide.shapes if s.has_table]
    numbers = [row.cells[0].text for table in tables for row in list(table.rows)[1:]]
    assert numbers == [str(n) for n in range(1, 31)]
    sizes = [len(table.rows) for table in tables]
    assert len(sizes) > 1
    assert max(sizes) - min(sizes) <= 2


@pytest.mark.parametrize("is_sample", [True, False])
def test_sample_is_marked_on_every_page(*, is_sample: bool) -> None:
    """Or on none, where the data are real."""
    show = opened(write_deck(deck(*SLIDES, is_sample=is_sample)))
    marks = ["示例数据" in shown(slide) for slide in show.slides]
    assert marks == [is_sample] * len(marks)


def test_notes_and_foot(show: Any) -> None:
    """The sources stand in the notes; the foot names subject, period and bulletin."""
    page = show.slides[1]
    assert page.notes_slide.notes_text_frame.text == "甲.xlsx“表”J4：33.3"
    assert "市商务局　2023年第三季度　《政府工作报告》任务进展通报" in shown(page)
    assert "slidenum" in page.shapes._spTree.xml


def test_faces_are_named_for_both_scripts() -> None:
    """Latin and Chinese letters have one face, and programs know which stands in for it."""
    with zipfile.ZipFile(io.BytesIO(write_deck(deck(*SLIDES)))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()
                 if name.endswith(".xml")}  # fmt: skip
    for name, xml in files.items():
        if name.startswith("ppt/theme/"):
            fonts = re.findall(r"<a:m(?:ajor|inor)Font>.*?</a:m(?:ajor|inor)Font>", xml)
            assert len(fonts) == 2
            for one in fonts:
                assert '<a:latin typeface="Noto Sans CJK SC"/>' in one
                assert '<a:ea typeface="Noto Sans CJK SC"/>' in one
                assert '<a:font script="Hans" typeface="黑体"/>' in one
        if name.startswith("ppt/charts/chart"):
            assert xml.count("<a:latin ") == xml.count("<a:ea ") > 0


def test_words_are_large(show: Any) -> None:
    """18 pt and more, but for the foot and for how figures are to be read."""
    sizes = {
        run.font.size
        for slide in show.slides
        for shape in slide.shapes
        for frame in _frames(shape)
        if shape.name not in ("说明", "示例数据") and "Placeholder" not in shape.name
        for paragraph in frame.paragraphs
        for run in paragraph.runs
    }
    assert min(sizes) >= Pt(18)


def _frames(shape: Any) -> list[Any]:
    if shape.has_text_frame:
        return [shape.text_frame]
    if shape.has_table:
        return [cell.text_frame for row in shape.table.rows for cell in row.cells]
    return []


def test_properties(show: Any) -> None:
    """Title, author and date are the report's; nobody else's name and picture are left."""
    properties = show.core_properties
    assert properties.title == "市商务局2023年第三季度任务进展情况"
    assert properties.author == properties.last_modified_by == "东莞市人民政府办公室"
    assert properties.created.date().isoformat() == "2023-10-30"
    with zipfile.ZipFile(io.BytesIO(write_deck(deck(*SLIDES)))) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".jpeg", ".bin"))]


@pytest.mark.parametrize("text", HOSTILE)
def test_slides_show_text_only(text: str) -> None:
    """What was typed is words in every part, and no formula in the workbook of a chart."""
    chart = bars(categories=(text, "乙"), series=(Series(name=text, values=(1, 2)),), alt=text)
    table = Table(columns=(Column(key="a", label=text),), rows=((text,),), caption=text)
    page = Slide(title=text, parts=(table, chart), remark=text, notes=(text,))
    show = opened(write_deck(deck(page, Slide(title=text, parts=(BulletList(items=(text,)),)))))
    first, second = list(show.slides)[1:]
    wanted = "".join(visible(text).split())
    texts = [re.sub(r"\s", "", one) for one in (*shown(first), *shown(second))]
    assert texts.count(wanted) == 8
    assert re.sub(r"\s", "", first.notes_slide.notes_text_frame.text) == wanted
    (chart_shape,) = (shape.chart for shape in first.shapes if shape.has_chart)
    book = openpyxl.load_workbook(io.BytesIO(chart_shape.part.chart_workbook.xlsx_part.blob))
    assert book.active is not None
    assert {book.active["A2"].data_type, book.active["B1"].data_type} == {"s"}
    assert "hlinkClick" not in first.shapes._spTree.xml


def test_deck_is_read_from_the_outputs() -> None:
    """Several outputs are one deck, of ours even beside Quarto; a notebook without one says so."""
    own = Deck(slides=(Slide(title="自加的一页", parts=(BulletList(items=("文",)),)),))
    cells = [
        {"cell_type": "code", "source": "", "metadata": {}, "outputs": [
            {"output_type": "execute_result", "metadata": {},
             "data": {DECK_MEDIA: one.model_dump(mode="json")}}]}
        for one in (deck(*SLIDES), own)
    ]  # fmt: skip
    found = read_deck({"cells": cells})
    assert [slide.title for slide in found.slides][-2:] == ["任务很多", "自加的一页"]
    by_quarto = render({"cells": cells}, ("pptx",), renderer="quarto", fonts={})
    assert by_quarto == {"pptx": write_deck(found)}
    with pytest.raises(PublishError, match=r"没有幻灯片：应有一个单元格为 show\.slides"):
        render_pptx(notebook_of("# 报告"))


def test_deck_is_seen_in_a_notebook() -> None:
    """JupyterLab shows the slides as cards, with the charts' values."""
    page = deck(*SLIDES)._repr_mimebundle_()
    for text in ("甲完成三成", "99.96", "甲.xlsx“表”J4：33.3"):
        assert text in page["text/html"]
        assert text in page["text/plain"]


def test_chart_of_wrong_values_is_refused() -> None:
    """A series has a value for each category, and a chart no more bars than can be read."""
    with pytest.raises(ValueError, match="实际 has 1 values, 2 expected"):
        bars(series=(Series(name="实际", values=(1,)),))
    with pytest.raises(ValueError, match="at most 12 items"):
        bars(categories=tuple("一二三四五六七八九十甲乙丙"))


_CODE = """
import pathlib, sys
from documents.slides.test_pptx import SLIDES, deck
from reporting.documents.slides.pptx import write_deck
pathlib.Path("deck.pptx").write_bytes(write_deck(deck(*SLIDES)))
"""


def test_same_bytes_elsewhere(tmp_path: Path) -> None:
    """Not even the workbooks of the charts know when and where they were made."""
    tests = str(Path(__file__).parents[2])
    environment = {
        **os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7",
        "PYTHONPATH": os.pathsep.join([tests, *filter(None, sys.path)]),
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", _CODE], check=True, env=environment, cwd=tmp_path)
    assert (tmp_path / "deck.pptx").read_bytes() == write_deck(deck(*SLIDES))


def converted(data: bytes, folder: Path) -> Path | None:
    """Have LibreOffice set slides on paper; None where it cannot."""
    assert OFFICE is not None
    folder.mkdir()
    (folder / "deck.pptx").write_bytes(data)
    command = [
        OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", str(folder), str(folder / "deck.pptx"),
    ]  # fmt: skip
    environment = with_chinese_font(folder)
    subprocess.run(command, check=False, capture_output=True, timeout=120, env=environment)
    made = folder / "deck.pdf"
    return made if made.exists() else None


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make sure that LibreOffice is there, with the program for slides."""
    folder = tmp_path_factory.mktemp("office")
    target = io.BytesIO()
    empty = Presentation()
    empty.slides.add_slide(empty.slide_layouts[0])
    empty.save(target)
    if OFFICE is None or converted(target.getvalue(), folder / "empty") is None:
        pytest.skip("LibreOffice with Impress is not installed")
    return folder


@pytest.mark.office
def test_office_opens_the_slides_and_nothing_runs_over(office: Path) -> None:
    """Every page is there with its words, and below the body stands the foot alone."""
    deep = "推动重点产业链建设，" * 120
    slides = (
        *SLIDES,
        Slide(title="很长的话" * 12, parts=(long_table(6, "组织开展走访调研；出台扶持政策。" * 3),),
              remark="口径说明。" * 20),
        Slide(title="更长", parts=(long_table(2, deep),)),
        Slide(title="要点", parts=(BulletList(items=(deep, "甲", "乙")),)),
    )  # fmt: skip
    data = write_deck(deck(*slides))
    paper = converted(data, office / "deck")
    assert paper is not None
    with pdfplumber.open(paper) as pdf:
        assert len(pdf.pages) == len(opened(data).slides)
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
        for page in pdf.pages[1:]:
            low = [c for c in page.chars if c["bottom"] > page.height * 500 / 540]
            assert {round(c["size"]) for c in low} <= {11, 12}
            assert max(c["bottom"] for c in page.chars) < page.height
    for line in "\n".join(slide_words(SLIDES[0])).split("\n"):
        assert re.sub(r"\s", "", line) in text, line
