"""The public's pack: what is withheld is in none of its files, and no other pack knows of it."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from openpyxl import load_workbook

from publish.real_office import make_office, pack_of, run_command

SECRETS = {
    "存在问题": "密问题甲", "原因": "密原因乙", "下一步措施": "密措施丙", "需协调事项": "密协调丁",
    "佐证材料": "密佐证戊", "填报人": "密填报己", "审定人": "密审定庚",
}  # fmt: skip
LAGGING = "密进展辛尚未开展"
WITHHELD = ("市财政局", "刘甲", "李乙")
FORMATS = ("--format", "html", "--format", "pdf", "--format", "docx")


def plant(root: Path) -> None:
    """Type unmistakable words into every field of the returns that stays within the offices."""
    for path in (root / "data/2023/status/Q3").glob("*.xlsx"):
        book = load_workbook(path)
        sheet = book["进展"]
        head = next(row for row in sheet.iter_rows() if any(c.value == "任务号" for c in row))
        columns = {str(c.value).removesuffix(" *"): at for at, c in enumerate(head, 1)}
        for row in range(int(head[0].row or 0) + 1, sheet.max_row + 1):
            for label, words in SECRETS.items():
                sheet.cell(row, columns[label]).value = words
            if path.stem == "市统计局":
                sheet.cell(row, columns["单位自评"]).value = "未达序时进度"
                sheet.cell(row, columns["本季度进展"]).value = f"{LAGGING}。"
        book.save(path)


def publish(root: Path, *entries: str) -> dict[str, bytes]:
    """Publish for the public, withholding the entries; give the pack."""
    params = root / "params/2023.yml"
    head = params.read_text(encoding="utf-8").partition("\npublic:")[0]
    params.write_text(f"{head}\npublic: {{withhold: [{', '.join(entries)}]}}\n", encoding="utf-8")
    done = run_command(root, "report", "-q", "3", "--audience", "public", "--jobs", "1", *FORMATS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2023年第三季度材料（示例数据）：" in done.stdout
    return files(root / "outputs/2023/Q3-public")


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def texts(name: str, data: bytes) -> Iterator[str]:
    """Give a file's words: as they are, of what it packs, as a reader of PDF sees them."""
    yield name
    yield data.decode(errors="replace")
    yield data.decode("utf-16-le", errors="replace")
    if name.endswith((".json", ".ipynb")):
        yield json.dumps(json.loads(data), ensure_ascii=False)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from texts(member, archive.read(member))
    if name.endswith(".pdf"):
        with pypdfium2.PdfDocument(data) as pdf:
            yield "".join(page.get_textpage().get_text_bounded() for page in pdf)
            yield json.dumps(pdf.get_metadata_dict(), ensure_ascii=False)


def told(pack: dict[str, bytes], *words: str) -> list[tuple[str, str]]:
    """Name each file that holds any of the words."""
    return sorted(
        {
            (name, word)
            for name, data in pack.items()
            for text in texts(name, data)
            for word in words
            if word in "".join(text.split())
        }
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_office(tmp_path_factory.mktemp("public") / "office")
    plant(made)
    return made


@pytest.fixture(scope="module")
def pack(root: Path) -> dict[str, bytes]:
    return publish(root, "市财政局", "leaders")


def test_nothing_withheld_is_in_any_file(pack: dict[str, bytes]) -> None:
    """Neither what no public report tells, nor what the office withholds."""
    assert told(pack, *SECRETS.values(), LAGGING, *WITHHELD) == []
    assert "data/2023/status" not in json.dumps(json.loads(pack["manifest.json"]))


def test_the_offices_own_pack_holds_all_of_it(root: Path) -> None:
    """So the words were read, and the search would find them."""
    done = run_command(root, "report", "-q", "3", "--jobs", "1", "-f", "html", "-f", "docx")
    assert done.returncode == 0, done.stdout + done.stderr
    found = {word for _, word in told(pack_of(root), *SECRETS.values(), LAGGING, *WITHHELD)}
    assert found >= {*SECRETS.values(), LAGGING, "刘甲", "李乙"} - {"密审定庚"}


def test_public_pack_says_what_it_is(pack: dict[str, bytes]) -> None:
    """One report in three formats, the page at a glance, three tables, a front page."""
    assert set(pack) == {
        "index.html", "manifest.json", "public_report.html", "public_report.pdf",
        "public_report.docx", "notebooks/public_report.ipynb", "at_a_glance.html",
        "at_a_glance.png", "data/tasks.csv", "data/milestones.csv", "data/targets.csv",
    }  # fmt: skip
    for name in ("public_report.html", "at_a_glance.html", "index.html"):
        page = pack[name].decode()
        assert "示例数据" in page
        assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/", "")
    assert "（公开版）" in pack["public_report.html"].decode()
    assert "2项任务" in "".join(pack["at_a_glance.html"].decode().split()).replace(
        "<strong>2</strong>", "2"
    )


def test_withheld_task_is_counted_and_not_named(root: Path, pack: dict[str, bytes]) -> None:
    """The report says of how many tasks it does not tell; every count is without them."""
    less = publish(root, "2")
    assert told(less, "普查", "市统计局") == []
    page = "".join(less["public_report.html"].decode().split())
    assert "另有1项任务按规定不予公开" in page
    assert "公开进展的《政府工作报告》任务1项" in page
    assert told(pack, "不予公开") == []
    counts = json.loads(less["manifest.json"])["counts"]
    assert sum(counts.values()) == 1


def test_same_bytes_again_and_the_offices_pack_is_untouched(
    root: Path, pack: dict[str, bytes]
) -> None:
    """Made afresh it is the same; the pack beside it does not change by it."""
    before = pack_of(root)
    again = publish(root, "市财政局", "leaders")
    assert again == pack
    done = run_command(
        root, "report", "-q", "3", "--audience", "public", "--force", "--cold", *FORMATS
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert files(root / "outputs/2023/Q3-public") == pack
    assert pack_of(root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--audience", "city"), "--audience 应为 offices、public 之一，收到的是“city”。"),
        (("--audience", "public", "-u", "市统计局"),
         "公开版只有全体单位的一份，不能指定单位或者责任领导。"),
        (("--audience", "public", "-f", "xlsx"),
         "公开版的格式应为 html、pdf、docx 之一，收到的是“xlsx”。"),
        (("--audience", "public", "--date", "2023-11-08"),
         "公开版不另定日期：日期随同一季度的内部材料。"),
    ],
)  # fmt: skip
def test_what_the_public_pack_has_not_is_refused(
    root: Path, arguments: tuple[str, ...], said: str
) -> None:
    """One sentence each."""
    done = run_command(root, "report", "-q", "3", *arguments)
    assert (done.returncode, done.stderr.strip()) == (2, f"错误：{said}")


def test_entry_that_names_nothing_is_refused(root: Path) -> None:
    """Withholding nothing in its place would publish it."""
    with pytest.raises(AssertionError, match="“市财政”不是任务、单位或字段"):
        publish(root, "市财政")
