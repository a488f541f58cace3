"""The tall page: the same words as a page and as a picture, and texts are never markup."""

import io
import struct
import zlib
from collections.abc import Iterator

from bs4 import BeautifulSoup
from PIL import Image

from reporting.documents.glance.values import Bar, Glance, Praise, State
from reporting.documents.glance.write import glance_html, glance_png
from reporting.grades import Grade

MARKUP = "<b>甲</b> #image(1) *乙*"


def glance(**fields: object) -> Glance:
    given: dict[str, object] = {
        "place": "东莞市", "period": "2023年第三季度", "title": ("任务进展", "一图读懂"),
        "issuer": "市政府办公室", "published": "2023年10月30日", "is_sample": True, "tasks": 5,
        "rate": "75.0%", "good": "已完成或达到序时进度",
        "states": (
            State(grade=Grade.ON_SCHEDULE, count=3, share="75.0%", part=0.75),
            State(grade=Grade.BEHIND, count=1, share="25.0%", part=0.25),
        ),
        "apart": "无到期事项的1项",
        "praise": (Praise(task="办好展会", figure="展会11场，计划10场"),),
        "figures": (Bar(name="新增企业", words="8／10家", part=0.8),),
        "figures_of": "实际／全年目标",
        "groups_title": "各专项行动", "groups": (Bar(name="消费行动", words="3／4项", part=0.75),),
        "coming": "第四季度应推进的任务4项。", "notes": ("进度由办公室核定。",),
    }  # fmt: skip
    return Glance.model_validate(given | fields)


def chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the chunks of a PNG, each held against its sum."""
    at = 8
    while at < len(picture):
        (size,) = struct.unpack(">I", picture[at : at + 4])
        name, data = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        (known,) = struct.unpack(">I", picture[at + 8 + size : at + 12 + size])
        assert zlib.crc32(name + data) == known
        yield name, data
        at += 12 + size


def test_page_says_all_of_it() -> None:
    """Headings in order, every name with its words, and nothing that is fetched."""
    page = glance_html(glance())
    soup = BeautifulSoup(page, "html.parser")
    assert [h.get_text() for h in soup.find_all(["h1", "h2"])] == [
        "任务进展一图读懂", "总体进展", "工作亮点", "年度指标实际／全年目标",
        "各专项行动已完成或达到序时进度／应推进", "下一步",
    ]  # fmt: skip
    text = soup.get_text()
    for words in ("达到序时进度3项　75.0%", "无到期事项的1项", "8／10家", "3／4项", "示例数据",
                  "第四季度应推进的任务4项。"):  # fmt: skip
        assert words in text
    assert b"http:" not in page.replace(b"http-equiv", b"")


def test_part_without_anything_is_left_out() -> None:
    """No heading stands over nothing."""
    soup = BeautifulSoup(
        glance_html(glance(praise=(), figures=(), groups=(), apart="")), "html.parser"
    )
    assert [h.get_text() for h in soup.find_all("h2")] == ["总体进展", "下一步"]
    assert glance_png(glance(praise=(), figures=(), groups=(), apart="")).startswith(b"\x89PNG")


def test_picture_is_tall_and_says_in_words_what_it_shows() -> None:
    """It is twice as wide as a telephone; a reader's program finds title and description."""
    picture = glance_png(glance())
    with Image.open(io.BytesIO(picture)) as image:
        image.load()
        assert image.width == 1080
        assert image.height > image.width
        said = {name: str(text) for name, text in image.info.items()}
    assert said["Title"] == "东莞市2023年第三季度任务进展一图读懂"
    assert said["Description"] == (
        "示例数据。5项任务，75.0%已完成或达到序时进度：达到序时进度3项（75.0%）、"
        "未达序时进度1项（25.0%），无到期事项的1项。工作亮点：办好展会，展会11场，计划10场。"
        "年度指标：新增企业8／10家。各专项行动：消费行动3／4项。第四季度应推进的任务4项。"
        "进度由办公室核定。"
    )
    assert [name for name, _ in chunks(picture)][:3] == [b"IHDR", b"iTXt", b"iTXt"]
    assert glance_png(glance()) == picture


def test_texts_are_data_in_page_and_picture() -> None:
    """Neither HTML nor Typst reads them; a character that no font has is a code point."""
    marked = glance(coming=f"{MARKUP}\U0010fffd")
    page = glance_html(marked)
    assert b"<b>" not in page
    assert MARKUP in BeautifulSoup(page, "html.parser").get_text()
    assert glance_png(marked) != glance_png(glance())
    # As long as the code point is: an empty box would be shorter.
    assert (
        glance_png(glance(coming=f"{MARKUP}〔U+10FFFD〕")).partition(b"IDAT")[2]
        == (glance_png(marked).partition(b"IDAT")[2])
    )
