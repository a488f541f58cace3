"""The city pack of the real table as it is read: on paper, on a screen, without a network."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup
from documents.browsing import CHROMIUM, WIDTHS, Watched, faults, has_axe

from reporting.assess.rollups import RollUp, by_leader, by_unit
from reporting.assess.values import Assessment, ReturnState
from reporting.documents.fonts.chosen import choose_fonts
from reporting.documents.typst.pdf import unprintable
from reporting.grades import USUAL_SCALE, Grade
from reporting.publish.pack.index import (
    Index,
    IndexEntry,
    IndexFile,
    IndexGroup,
    IndexTask,
    render_index,
)
from reporting.system.fonts import missing_glyphs, sans_file, serif_file

MM = 72 / 25.4
HANGING = "（《“‘〔，。；：、）》”’〕！？"


@pytest.fixture(scope="module")
def objects(real_pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(real_pdf)) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def nodes(objects: pikepdf.Pdf) -> list[Any]:
    """List the structure tree in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node.K)

    walk(objects.Root.StructTreeRoot.K)
    return found


def test_every_character_is_printed(real_pack: dict[str, Any], real_city: Assessment) -> None:
    """No character of the pack or of the whole task table lacks a glyph, rare ones included."""
    assert unprintable(real_pack, choose_fonts()) == frozenset()
    table = real_city.plan.model_dump_json()
    assert missing_glyphs(table + "鳒鰜", (serif_file(), sans_file())) == frozenset()


def test_fonts_are_embedded(objects: pikepdf.Pdf) -> None:
    """Every font of the pack comes with its file and maps to Unicode."""
    fonts = [o for o in objects.objects if isinstance(o, pikepdf.Dictionary)]
    faces = [o for o in fonts if o.get("/Type") == "/FontDescriptor"]
    assert faces
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(face.keys()) for face in faces)
    composed = [o for o in fonts if o.get("/Subtype") == "/Type0"]
    assert composed
    assert all("/ToUnicode" in font for font in composed)
    assert not [o for o in fonts if o.get("/Type") == "/Font" and o.get("/Subtype") == "/Type3"]


def test_pages_are_a4_with_margins(real_pdf: bytes) -> None:
    """Pages are A4, the annex turned; between head and foot nothing leaves the text block."""
    turned = 0
    with pypdfium2.PdfDocument(real_pdf) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            width, height = page.get_size()
            across = width > height
            turned += across
            assert sorted((round(width / MM), round(height / MM))) == [210, 297]
            left, right, top, bottom = (35, 37, 28, 26) if across else (28, 26, 37, 35)
            words = page.get_textpage()
            for place in range(words.count_rects()):
                x0, y0, x1, y1 = words.get_rect(place)
                middle = (y0 + y1) / 2
                # The head and the number of a turned page stand at its sides.
                beside = across and (x1 < left * MM or x0 > width - right * MM)
                if bottom * MM < middle < height - top * MM and not beside:
                    # Brackets and stops at a line's ends hang by their empty half.
                    text = words.get_text_bounded(x0, y0, x1, y1).strip()
                    first, last = (16 if c in HANGING else 2 for c in (text[:1], text[-1:]))
                    assert x0 >= left * MM - first, text
                    assert x1 <= width - right * MM + last, text
    assert turned > 20


def test_structure_reads_in_order(nodes: list[Any], objects: pikepdf.Pdf) -> None:
    """Headings step down one level at a time; pictures are described; tables have headers."""
    kinds = [str(node.S) for node in nodes]
    levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    figures = [str(node.Alt) for node in nodes if str(node.S) == "/Figure"]
    assert len(figures) >= 3
    assert all(len(alt) > 20 and alt.endswith("。") for alt in figures)
    assert kinds.count("/Table") >= 10
    assert kinds.count("/TH") >= 40
    assert objects.Root.MarkInfo.Marked
    assert str(objects.Root.Lang).lower() == "zh-cn"
    with objects.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_bookmarks_lead_through_the_pack(objects: pikepdf.Pdf) -> None:
    """The page, each chapter and each annex is a bookmark; cross references are links."""
    with objects.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert [title[0] for title in titles] == list("市一二三四五六七八九附附附附附附附附附")
    links = [a for page in objects.pages for a in page.get("/Annots", ()) if a.Subtype == "/Link"]
    assert len(links) > 100


def test_page_is_described(real_html: bytes) -> None:
    """Headings are in order, every picture and table is named, ids are unique, links lead."""
    page = BeautifulSoup(real_html.decode(), "lxml")
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    pictures = page.select(".r-figure svg, .r-figure img")
    assert len(pictures) >= 3
    assert all(len(str(p.get("aria-label") or p.get("alt"))) > 20 for p in pictures)
    assert all(table.caption for table in page.select("main table"))
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in page.select("main a[href^='#']")} <= set(ids)


@pytest.fixture(scope="module")
def front(real_city: Assessment) -> bytes:
    """Make the front page of a pack that has every unit's and leader's report."""
    plan, head = real_city.plan, real_city.masthead
    states = {s.unit: s.state for s in real_city.return_status if s.quarter == real_city.quarter}
    groups = (("责任领导", by_leader(real_city)), ("牵头单位", by_unit(real_city)))
    grades = {rating.task_id: rating.grade for rating in real_city.task_ratings()}
    return render_index(
        Index(
            title=head.title, issuing_office=head.issuing_office,
            period_label=real_city.period.label, publish_date=head.publish_date, is_sample=True,
            groups=tuple(
                IndexGroup(
                    title=title,
                    entries=tuple(_entry(one, states.get(one.label)) for one in counted),
                )
                for title, counted in groups
            ),
            tasks=tuple(
                IndexTask(
                    number=task.label, text=task.goal, units="、".join(task.lead_units),
                    grade=grades[task.task_id], path=f"units/{task.lead_units[0]}.html",
                )
                for task in plan.tasks
            ),
        )
    )  # fmt: skip


def _entry(counts: RollUp, arrival: ReturnState | None) -> IndexEntry:
    file = IndexFile(label="网页", path=f"units/{counts.label}.html")
    return IndexEntry(name=counts.label, files=(file,), arrival=arrival, counts=counts)


browses = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


class TestBrowser:
    """The real pack and its front page, opened from a file with the network cut."""

    pytestmark = browses

    def test_annex_sorts_and_filters(
        self, watched: Watched, real_city: Assessment, real_html: bytes, tmp_path: Path
    ) -> None:
        """A click sorts the tasks by grade, typing leaves those of a unit; nothing is fetched."""
        watched.open(saved(tmp_path, "pack.html", real_html))
        region = watched.page.locator(".r-filterable").last
        rows = region.locator("tbody tr:visible")
        assert rows.count() == 188
        region.get_by_role("button", name="核定结果").click()
        shown = rows.locator("td:last-child .r-grade").all_inner_texts()
        ranks = [
            next(n for n, g in enumerate(USUAL_SCALE.worst_first) if str(g) in text)
            for text in shown
        ]
        assert ranks == sorted(ranks)
        assert ranks[0] < ranks[-1]
        watched.page.get_by_role("searchbox").last.fill("市商务局 严重滞后")
        far = [r for r in real_city.task_ratings() if r.grade == Grade.FAR_BEHIND]
        own = [r for r in far if "市商务局" in real_city.plan.task(r.task_id).lead_units]
        assert rows.count() == len(own) > 0
        assert all("市商务局" in text for text in rows.all_inner_texts())
        watched.page.get_by_role("searchbox").last.fill("任务112")
        assert [text.split()[0] for text in rows.all_inner_texts()] == ["112"]
        assert watched.complaints == []

    def test_front_page_finds_units_and_tasks(
        self, watched: Watched, front: bytes, tmp_path: Path
    ) -> None:
        """Typing finds a town's report and its task among all of them."""
        watched.open(saved(tmp_path, "index.html", front))
        assert watched.page.locator(".entry:visible").count() > 188 + 55
        watched.page.get_by_role("searchbox").fill("石龙")
        names = watched.page.locator(".entry:visible .name").all_inner_texts()
        assert names[0] == "石龙镇"
        assert any("举重博物馆" in name for name in names)
        watched.page.get_by_role("searchbox").fill("举重博物馆")
        assert watched.page.locator(".entry:visible .name").count() == 1
        assert watched.complaints == []

    @pytest.mark.parametrize("width", WIDTHS)
    def test_pages_fit_the_screen(
        self, browser: Any, real_html: bytes, front: bytes, tmp_path: Path, width: int
    ) -> None:
        """The pack does not scroll sideways on a phone or a desk."""
        context = browser.new_context(viewport={"width": width, "height": 844})
        page = context.new_page()
        for name, data in (("pack.html", real_html), ("index.html", front)):
            page.goto(saved(tmp_path, name, data).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()

    @pytest.mark.long
    @has_axe
    @pytest.mark.parametrize(
        ("face", "width"), [("pack", max(WIDTHS)), *(("index", width) for width in WIDTHS)]
    )
    def test_pages_pass_axe(
        self, browser: Any, real_html: bytes, front: bytes, tmp_path: Path, face: str, width: int
    ) -> None:
        """Axe finds no fault in the whole pack or its front page; every text stands out."""
        data = real_html if face == "pack" else front
        assert faults(browser, saved(tmp_path, f"{face}.html", data), width) == []
