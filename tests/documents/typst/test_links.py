"""Links lead to their places, however the file was written."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from documents.sample import notebook_of
from reporting.documents.blocks import Column, Heading, Link, Paragraph, Row, Table, Text
from reporting.documents.document import read_document
from reporting.documents.fonts.chosen import choose_fonts
from reporting.documents.typst import pdf
from reporting.documents.typst.links import anchors_of, led
from reporting.documents.typst.pdf import render_document

MANY = 40


def linked_report() -> dict[str, Any]:
    """Make a report whose table leads to headings behind it, and these back to its rows."""
    rows = tuple(
        Row(cells=((Link(text=f"第{n}项", anchor=f"task-{n:03d}"),),), anchor=f"from-task-{n:03d}")
        for n in range(MANY)
    )
    table = Table(columns=(Column(key="task", label="任务"),), rows=rows)
    parts = [
        block
        for n in range(MANY)
        for block in (
            Heading(level=1, text=f"任务{n}", anchor=f"task-{n:03d}"),
            Paragraph(
                inlines=(Text(text="推进中，见"), Link(text="表", anchor=f"from-task-{n:03d}"))
            ),
        )
    ]
    return notebook_of((table, *parts))


def destinations(data: bytes) -> Iterator[tuple[int, int, list[float], list[float], int]]:
    """Give every link: its page, the page and place it leads to, its own, its part of the tree."""
    with pikepdf.open(io.BytesIO(data)) as file:
        named = pikepdf.NameTree(file.Root.Names.Dests) if "/Names" in file.Root else {}
        numbers = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
        for number, page in enumerate(file.pages, start=1):
            for link in page.get("/Annots", []):
                assert "/A" not in link
                to: Any = link.Dest
                if isinstance(to, pikepdf.String):
                    to = named[str(to)]
                    to = to.D if isinstance(to, pikepdf.Dictionary) else to
                place = [round(float(part), 1) for part in to[2:4]]
                words = str(link.Contents)
                assert str(numbers[to[0].objgen]) in words
                assert "place" not in words
                yield (
                    number, numbers[to[0].objgen], place,
                    [round(float(part), 1) for part in link.Rect], int(link.StructParent),
                )  # fmt: skip


def test_links_lead_where_links_to_labels_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """As by labels, which is how it is done where the file is not written as expected."""
    document, choice = read_document(linked_report()), choose_fonts()
    quick = render_document(document, choice)
    monkeypatch.setattr(pdf, "led", lambda *given: None)
    by_labels = render_document(document, choice)
    found = list(destinations(quick))
    assert found == list(destinations(by_labels))
    assert len(found) == 2 * MANY
    assert len({to for _, to, *_ in found}) > 2
    assert b"place:" not in quick
    assert b"place:" not in by_labels


def test_links_are_set_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is written as expected: nothing is set twice."""
    taken: list[bytes | None] = []

    def noted(data: bytes, places: str) -> bytes | None:
        taken.append(led(data, places))
        return taken[-1]

    monkeypatch.setattr(pdf, "led", noted)
    made = render_document(read_document(linked_report()), choose_fonts())
    assert taken == [made]


def test_a_text_that_looks_like_an_address_stays_a_text() -> None:
    heading = Heading(level=1, text="(place:task-000)", anchor="task-000")
    link = Paragraph(inlines=(Link(text="/Contents(place:task-000)", anchor="task-000"),))
    made = render_document(read_document(notebook_of((heading, link))), choose_fonts())
    assert [to for _, to, *_ in destinations(made)] == [1]
    with pikepdf.open(io.BytesIO(made)) as file:
        assert "(place:task-000)" in str(file.docinfo["/Title"])


def page(number: int) -> bytes:
    """Write a page as Typst does."""
    return b"\n%d 0 obj\n<</Type/Page/Resources 9 0 R/MediaBox[0 0 595.2 841.8]>>\nendobj" % number


LINK = (
    b"<</A<</Type/Action/S/URI/URI(place:task-1~~~~~~~~~~~~)>>/Contents(place:task-1~~~~~~~~~~~~)>>"
)
PAGES = b"\n1 0 obj\n<</Type/Pages/Count 2/Kids[7 0 R 5 0 R]>>"
PLACES = json.dumps([["task-1", {"page": 2, "x": "10.5pt", "y": "110pt"}]])


def test_a_link_is_written_over() -> None:
    made = led(PAGES + page(5) + page(7) + LINK, PLACES)
    assert made is not None
    assert len(made) == len(PAGES + page(5) + page(7) + LINK)
    assert b"/Dest[5 0 R/XYZ 10.5 741.8 0] " in made
    assert "第2页".encode("utf-16-be").hex().upper().encode() in made


@pytest.mark.parametrize(
    "written",
    [
        PAGES + page(7) + LINK,
        PAGES.replace(b"Count 2", b"Count 3") + page(5) + page(7) + LINK,
        page(5) + page(7) + LINK,
        PAGES + page(5) + page(7) + LINK.replace(b"task-1", b"task-2"),
        PAGES + page(5) + page(7) + LINK.replace(b"/A<<", b"/A <<"),
        PAGES + page(5) + page(7) + LINK.replace(b"~", b""),
    ],
    ids=["page lost", "pages fewer", "no tree", "no place", "written otherwise", "too short"],
)
def test_what_is_not_as_expected_is_left_alone(written: bytes) -> None:
    assert led(written, PLACES) is None


def test_anchors_are_named_once() -> None:
    link = {"kind": "link", "anchor": "b", "text": "乙"}
    held = {"blocks": [link, {"cells": ([link], [{**link, "anchor": "a"}])}, {"anchor": "c"}]}
    assert anchors_of([held]) == ("a", "b")
