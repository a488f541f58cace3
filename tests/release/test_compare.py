"""The first difference of two files is named where it stands."""

import io
import zipfile

import pytest

from reporting.release.compare import first_difference, same_members
from reporting.system.archives import make_zip


@pytest.mark.parametrize(
    ("name", "expected", "found", "sentence"),
    [
        (
            "data/tasks.csv", "甲,1\n乙,2\n", "甲,1\n乙,3\n",
            "data/tasks.csv 第2行第3个字符起不一致：应为“2⏎”，实为“3⏎”。",
        ),
        (
            "a.html", "东莞市", "东菀市",
            "a.html 第1行第2个字符起不一致：应为“莞市”，实为“菀市”。",
        ),
        (
            "a.txt", "一行", "一行\n",
            "a.txt 第1行第3个字符起不一致：应为“（文件到此为止）”，实为“⏎”。",
        ),
        ("a.pdf", "%PDF1", "%PDF2", "a.pdf 第5个字节起不一致：应为“31”，实为“32”。"),
    ],
)  # fmt: skip
def test_place_and_words(name: str, expected: str, found: str, sentence: str) -> None:
    """Line and column in text, counted in characters; bytes elsewhere."""
    difference = first_difference(name, expected.encode(), found.encode())
    assert difference is not None
    assert difference.sentence == sentence


def test_member_of_an_archive_is_named() -> None:
    """Workbooks are compared by what is in them."""
    one = make_zip({"xl/a.xml": b"<a>1</a>", "xl/b.xml": b"<b/>"})
    other = make_zip({"xl/a.xml": b"<a>2</a>", "xl/b.xml": b"<b/>"})
    difference = first_difference("annex.xlsx", one, other)
    assert difference is not None
    assert difference.where == "内 xl/a.xml 第1行第4个字符起"
    gone = first_difference("annex.xlsx", one, make_zip({"xl/b.xml": b"<b/>"}))
    assert gone is not None
    assert (gone.expected, gone.found) == ("xl/a.xml", "（没有该文件）")


def test_packing_alone_is_a_difference() -> None:
    """Equal members in other bytes are not the same file."""
    data = make_zip({"a": b"1"})
    difference = first_difference("a.zip", data, data[:-1] + b"\x01")
    assert difference is not None
    assert "个字节起" in difference.where


def test_same_bytes_do_not_differ() -> None:
    """None for equal files."""
    assert first_difference("a.pdf", b"x", b"x") is None


def test_containers_are_the_same_however_compressed() -> None:
    """Names, order and contents count; and no file is one that only looks like one."""
    members = {"a.xml": b"<a/>" * 99, "b.xml": b"<b/>"}

    def stored(found: dict[str, bytes]) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, data in found.items():
                archive.writestr(name, data)
        return target.getvalue()

    deflated = make_zip(members)
    assert deflated != stored(members)
    assert same_members("a.docx", deflated, stored(members))
    assert not same_members("a.docx", deflated, stored(members | {"a.xml": b"<a/>"}))
    assert not same_members("a.docx", deflated, stored(dict(reversed(members.items()))))
    assert not same_members("a.docx", deflated, b"PK")
    assert not same_members("a.pdf", deflated, stored(members))
