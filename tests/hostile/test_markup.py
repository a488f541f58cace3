"""Markup is text: what a unit types into any cell stands in every format as it was typed."""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

import docx
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from openpyxl import load_workbook

from hostile.conftest import MARK, NAMES, QUARTER, Town, run
from reporting.language.visible import code_label, visible
from reporting.system.names import safe_name
from reporting.workbooks.book import open_book
from tools.soak.texts import HOSTILE

SHOWN = ("progress", "problem", "cause", "next_step", "coordination")
"""Fields that the report of a unit prints."""

PLAIN = re.compile(r"[\s\u200b\u2060]+")
VOID_ATTRIBUTES = re.compile(r"^on|^style$|^srcdoc$|^formaction$")


def squeezed(text: str) -> str:
    """Leave out what a page sets as it likes: white space and places to break a line."""
    return PLAIN.sub("", text)


def wanted(text: str) -> str:
    return squeezed(visible(text))


def report_of(unit: str, suffix: str) -> str:
    return f"units/{safe_name(unit)}.{suffix}"


def typed_by(town: Town, unit: str) -> dict[tuple[str, str], str]:
    """Give what a unit typed, by row and field."""
    own = {task.task_id for task in town.plan.tasks if unit in task.lead_units}
    return {key: text for key, text in town.typed.items() if key[0][:8] in own}


class Page(HTMLParser):
    """A page as a browser reads it: its words, and what could act in it."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.data: list[str] = []
        self.links: list[str] = []
        self.policy = ""
        self.acting: list[str] = []
        self._inside = ""
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        # A block of data never runs, whatever it holds; what could end it, it may not hold.
        is_data = tag == "script" and facts.get("type") == "application/json"
        self._inside = "data" if is_data else tag
        self.links += [facts[name] for name in ("href", "src", "xlink:href") if name in facts]
        if facts.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = facts["content"]
        if tag in ("iframe", "object", "embed", "base", "form", "applet", "link"):
            self.acting.append(tag)
        self.acting += [name for name in facts if name.startswith("on") or name == "srcdoc"]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts.append(data)
        elif self._inside == "data":
            self.data.append(data)
        elif self._inside != "style":
            self.words.append(data)


def pages(town: Town) -> dict[str, Page]:
    return {name: Page(data) for name, data in town.files().items() if name.endswith(".html")}


@pytest.mark.parametrize("unit", NAMES)
def test_page_shows_every_cell_as_typed(town: Town, unit: str) -> None:
    """Each field of each task stands in the unit's page, letter by letter."""
    shown = squeezed("".join(Page(town.files()[report_of(unit, "html")]).words))
    typed = typed_by(town, unit)
    missing = [key for key, text in typed.items() if key[1] in SHOWN and wanted(text) not in shown]
    assert missing == []
    assert squeezed(unit) in shown


def test_pages_hold_nothing_that_acts(town: Town) -> None:
    """No page, the front page and the check's pages included, has a script or link of a unit's."""
    run(town.root, ["check", "--quarter", str(QUARTER)])
    found = pages(town)
    assert {"index.html", "briefing_pack.html", "sendback/核对结果.html"} <= set(found)
    for name, page in found.items():
        assert page.acting == [], name
        foreign = [x for x in page.links if re.match(r"(?i)\s*(\w+:)?//|\w+:", x)]
        assert [link for link in foreign if not link.startswith("data:image/")] == [], name
        assert not [s for s in page.scripts if "alert(" in s], name
        assert not [held for held in page.data if "<" in held], name


def test_pages_forbid_scripts_but_their_own(town: Town) -> None:
    """The policy names the very scripts that the page holds by their hashes, and no source."""
    import base64
    from hashlib import sha256

    for name, page in pages(town).items():
        rules = dict(part.strip().partition(" ")[::2] for part in page.policy.split(";"))
        assert rules["default-src"] == "'none'", name
        allowed = set(rules.get("script-src", "'none'").split()) - {"'none'"}
        own = {
            f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'"
            for script in page.scripts
        }
        assert own == allowed, name


@pytest.mark.parametrize("unit", NAMES)
def test_pdf_shows_every_cell_as_typed(town: Town, unit: str) -> None:
    """Typst sets all of it, on the page, and nothing of it becomes a link or an attachment."""
    data = town.files()[report_of(unit, "pdf")]
    pdf = pypdfium2.PdfDocument(data)
    shown = ""
    for page in pdf:
        words = page.get_textpage()
        shown += squeezed(words.get_text_range())
        # Every line ends within the page: a long word is broken, not cut off.
        left, _, right, _ = outermost(words)
        assert 0 < left < right < page.get_width()
    # The number of a page and the head of the next stand between a text's two halves.
    shown = re.sub(f"—\\d+—{re.escape(squeezed(unit))}2023年第二季度", "", shown)
    for (row, field), text in town_texts(town, unit):
        assert held_in(text, shown), (row, field)
        assert f"{field}{row[5:8]}{QUARTER}" in shown
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", {})
        uris = [str(a.A.URI) for p in opened.pages for a in p.get("/Annots", [])
                if "/A" in a and "/URI" in a.A]  # fmt: skip
    assert uris == []


def outermost(words: pypdfium2.PdfTextPage) -> tuple[float, float, float, float]:
    boxes = [words.get_rect(at) for at in range(words.count_rects())]
    lows, highs = zip(*((box[:2], box[2:]) for box in boxes), strict=True)
    return (*map(min, zip(*lows, strict=True)), *map(max, zip(*highs, strict=True)))


def town_texts(town: Town, unit: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Give what a page must show of a unit's cells, the mark of the cell apart."""
    for key, text in typed_by(town, unit).items():
        if key[1] in SHOWN:
            yield key, wanted(text[: text.rindex(MARK)])


def held_in(text: str, shown: str) -> bool:
    """Tell whether a document shows a text; what its fonts cannot draw is shown as a code."""
    drawn = "".join(c if c in shown else code_label(c) for c in text)
    return drawn in shown


@pytest.mark.parametrize("unit", NAMES)
def test_word_shows_every_cell_as_typed(town: Town, unit: str) -> None:
    """Word gets text runs; no field, link or part comes of them."""
    data = town.files()[report_of(unit, "docx")]
    body = docx.Document(io.BytesIO(data)).element.body
    parts: list[str] = []
    for node in body.iter():
        kind = str(node.tag).rpartition("}")[2]
        parts.append(node.text or "" if kind == "t" else "\n" if kind in ("br", "p", "tab") else "")
    shown = squeezed("".join(parts))
    typed = typed_by(town, unit)
    missing = [key for key, text in typed.items() if key[1] in SHOWN and wanted(text) not in shown]
    assert missing == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
        fields = re.findall(
            r"<w:instrText[^>]*>([^<]*)", archive.read("word/document.xml").decode()
        )
    assert "x.example" not in links
    assert not [field for field in fields if re.search(r"HYPERLINK \"http|INCLUDE|DDE", field)]


def test_annex_holds_every_cell_as_text(town: Town) -> None:
    """Each reported text is one cell of the annex: text, no formula, hidden characters shown."""
    data = town.files()["data/annex.xlsx"]
    book = open_book(data)
    cells = [cell for sheet in book.sheets for cell in sheet.cells.values()]
    assert [cell.address for cell in cells if cell.formula is not None] == []
    held = {cell.value.strip() for cell in cells}
    for (row, field), text in town.typed.items():
        if field in SHOWN:
            assert visible(text).strip() in held, (row, field)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<hyperlink" not in archive.read(name)
    starts = [c for s in load_workbook(io.BytesIO(data)) for r in s.iter_rows() for c in r
              if isinstance(c.value, str) and c.value[:1] in "=+-@"]  # fmt: skip
    assert starts
    assert all(c.data_type == "s" and c.quotePrefix for c in starts)


def test_tables_hold_every_cell_as_text(town: Town) -> None:
    """CSV keeps each text in its cell; none starts as a formula does, a sign alone aside."""
    rows = list(csv.DictReader(io.StringIO(town.files()["data/milestones.csv"].decode())))
    said = {(row["milestone_id"], field): row[field] for row in rows for field in SHOWN}
    for (row_id, field), text in town.typed.items():
        if field in SHOWN:
            as_typed = visible(text.strip())
            assert said[row_id, field] in (as_typed, f"'{as_typed}"), (row_id, field)
    for name, data in town.files().items():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(data.decode())) for cell in row]
            assert [c for c in cells if re.match(r"\s*[=+\-@＝＋－＠].", c)] == [], name
            assert [
                c for c in cells if not c.replace("\n", "").replace("\u3000", "").isprintable()
            ] == []


def test_notebooks_hold_no_code_of_a_units(town: Town) -> None:
    """Only parameters reach a notebook's cells, and they are literals."""
    for name, data in town.files().items():
        if name.endswith(".ipynb"):
            cells = json.loads(data)["cells"]
            sources = "".join("".join(cell["source"]) for cell in cells)
            assert "alert(" not in sources, name
            assert "passwd" not in sources, name


def test_hidden_characters_are_told(town: Town) -> None:
    """Every cell with something invisible has a finding that names its code points."""
    rows = list(csv.DictReader(io.StringIO(town.files()["data/findings.csv"].decode())))
    told = {(r["task_id"], r["cell"][:1]) for r in rows if r["code"] == "RET-HIDDEN"}
    hiding = {f"2023-{n:03}" for n, name in enumerate(HOSTILE, 1)
              if name in ("escape", "bidi", "invisible", "private", "emoji")}  # fmt: skip
    assert {task for task, _ in told} == hiding
    assert len(told) == len(hiding) * 8
    assert any("〔U+202E〕" in r["found"] for r in rows)


@pytest.mark.parametrize("columns", ["40", "200"])
def test_terminal_shows_findings_as_text(town: Town, columns: str) -> None:
    """A terminal, narrow or wide, gets the words and no command of theirs."""
    shown = "".join(on_terminal(town, columns))
    assert "〔" in shown
    escapes = set(re.findall(r"\x1b[^m\x1b]{0,20}?[A-Za-z]", shown))
    assert all(re.fullmatch(r"\x1b\[[\d;]*m", escape) for escape in escapes), escapes
    bare = re.sub(r"\x1b\[[\d;]*m|[\r\n]", "", shown)
    assert bare.replace("\u3000", "").isprintable()
    assert "31m红" not in bare


def on_terminal(town: Town, columns: str) -> Iterator[str]:
    """Run the check on a terminal of so many columns."""
    import os
    import pty
    import subprocess
    import sys

    from hostile.conftest import COMMAND

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "check", "--quarter", str(QUARTER)],
        cwd=town.root, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": columns, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    os.close(theirs)
    data = b""
    with os.fdopen(ours, "rb", buffering=0) as stream:
        try:
            while chunk := stream.read(65536):
                data += chunk
        except OSError:  # the other side has been closed
            pass
    process.wait()
    yield data.decode()


def test_log_is_one_json_value_a_line(town: Town) -> None:
    """A name cannot forge a line of the log."""
    for path in (town.root / ".reporting/log").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").split("\n")
        assert lines.pop() == ""
        ids = {json.loads(line).get("id") for line in lines}
        assert {f"unit/{name}" for name in NAMES} <= ids


def test_copies_sent_back_are_sound_workbooks(town: Town) -> None:
    """What goes back quotes every fault as text, in a workbook that opens."""
    run(town.root, ["check", "--quarter", str(QUARTER)])
    copies = sorted((town.pack / "sendback").glob("*局*.xlsx"))
    assert len(copies) == len(NAMES)
    for copy in copies:
        assert open_book(copy.read_bytes()).sheets[0].name == "核对意见"
        load_workbook(copy)


def test_html_of_the_check_quotes_as_text(town: Town) -> None:
    run(town.root, ["check", "--quarter", str(QUARTER)])
    page = (town.pack / "sendback/核对结果.html").read_text(encoding="utf-8")
    assert html.escape(NAMES[0]) in page
    assert NAMES[0] not in page
