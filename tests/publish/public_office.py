"""A project with unmistakable words in every place that a public report must not tell of."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from commanding import run_command
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from publish.conftest import make_project
from reporting.plan.read import read_plan
from reporting.project.decisions import (
    Decision,
    Verdict,
    digest_of_typed,
    read_decisions,
    write_decisions,
)
from reporting.project.params import read_params
from tools.sample.books import write_samples

FINANCE, COUNT = "市金融工作局", "市统计局"
TOWN, GUARD = "市密助局", "市密护局"
INNER = {
    "存在问题": "密问题甲", "原因": "密原因乙", "下一步措施": "密措施丙", "需协调事项": "密协调丁",
    "佐证材料": "密佐证戊", "填报人": "密填报己 13812340000", "审定人": "密审定庚",
}  # fmt: skip
"""By field of a return; the same of every quarter."""
LAGGING, NOTE, REASON, JUDGE = "密滞后辛", "密答复壬", "密裁定癸", "密决定人"
CONTACT, CONTACT_PHONE, WHY, READER = "密联系人", "13900001111", "密更正由", "密核对人"
ALWAYS = (
    *(word for text in INNER.values() for word in text.split()),
    LAGGING, NOTE, REASON, JUDGE, CONTACT, CONTACT_PHONE, WHY, READER,
)  # fmt: skip
"""What no public file holds, whatever the office withholds besides."""
PATHS = ("data/2023", "status/", ".xlsx", "RET-", "PLAN-", "自评", "待确认", "requirements.in")

GOOD, GOAL, STEP, WORD = "密进展子", "密目标丑", "密安排寅", "密词卯"
LEADER, FIGURE, SCOPE = "密领导", "7713", "密范围辰"
GUARDED = "密护目标"
LISTED = {
    "progress": (GOOD,), "actuals": (FIGURE,), "leaders": (LEADER,),
    "supporting_units": (SCOPE,), "schedule": (STEP, "累计新增6000家"),
    "2": (GOAL, "市统计局"), GUARD: (GUARD, GUARDED), TOWN: (TOWN,),
}  # fmt: skip
"""What each entry of ``public.withhold`` takes away; ``WORD`` is one of ``public.words``."""

_HEAD = "年度目标及工作内容", "季度进度安排", "责任领导", "牵头单位", "协助单位"
_ROWS = (
    (
        "实施制造业行动，建设产业体系。", "1. 新增上市企业9000家以上。",
        f"一季度，新增1家。二季度，累计新增2家。三季度，累计新增6000家，{STEP}。"
        "四季度，累计新增9000家。",
        LEADER, FINANCE, f"{SCOPE}：{TOWN}",
    ),
    ("", f"2. {GOAL}，办好普查。", "三季度，开展普查试点。四季度，总结。", "李乙", COUNT, "/"),
    ("", f"3. {GUARDED}。", "三季度，开展巡护。四季度，总结。", "李乙", GUARD, "/"),
    ("", "4. 建好公园。", f"三季度，动工建设{WORD}。四季度，建成。", "李乙", FINANCE, "/"),
    ("", "5. 修好道路。", "三季度，完成招标。四季度，建成。", "李乙", FINANCE, "/"),
)  # fmt: skip


def make_public_office(folder: Path) -> Path:
    """Set up the project; every word stands in a table, a return, a decision or the parameters."""
    root = make_project(folder)
    _write_table(root)
    _add_params(root)
    params = read_params(root, 2023)
    write_samples(root, read_plan(root, params), params)
    for quarter in (2, 3):
        for path in sorted((root / f"data/2023/status/Q{quarter}").glob("*.xlsx")):
            _plant(path, quarter)
    figure = Decision(
        quarter=3, unit=FINANCE, row_id="2023-001-T04", digest=digest_of_typed("7712"),
        typed="7712", decision=Verdict.SET, value=FIGURE, reason=REASON, by=JUDGE,
        on=date(2023, 10, 21),
    )  # fmt: skip
    write_decisions(root, params, [*read_decisions(root, params), figure])
    return root


def _write_table(root: Path) -> None:
    lines = [" 2023年市《政府工作报告》任务分解表", "制表单位：市政府办公室  制表时间：2023年2月"]
    lines += ["\t总体要求", *(f"\t{head}" for head in _HEAD), ""]
    for row in _ROWS:
        cells = row if row[0] else ("", *row[1:])
        lines += [*(f"\t{cell}" for cell in cells), ""]
    (root / "data/2023/task_table.txt").write_text("\n".join(lines), encoding="utf-8")


def _add_params(root: Path) -> None:
    path = root / "params/2023.yml"
    head = path.read_text(encoding="utf-8").partition("\npublic:")[0]
    entry = {
        "task_id": "2023-005", "field": "leaders", "value": ["李乙"], "reason": WHY, "by": READER,
        "on": "2023-02-20",
    }  # fmt: skip
    who = {"name": CONTACT, "phone": CONTACT_PHONE, "send_to": "政务外网"}
    head = head.replace(
        "corrections: []", f"corrections: {json.dumps([entry], ensure_ascii=False)}"
    )
    text = f"{head}\ncontact: {json.dumps(who, ensure_ascii=False)}\n"
    path.write_text(text, encoding="utf-8")


def _plant(path: Path, quarter: int) -> None:
    book = load_workbook(path)
    sheet = book["进展"]
    columns, first = _columns(sheet)
    for row in range(first, sheet.max_row + 1):
        for label, words in INNER.items():
            sheet.cell(row, columns[label]).value = words
        sheet.cell(row, columns["完成时限"]).value = date(2023, 3 * quarter + 2, 28)
        late = str(sheet.cell(row, columns["行标识"]).value).startswith("2023-005")
        sheet.cell(row, columns["单位自评"]).value = "未达序时进度" if late else "达到序时进度"
        sheet.cell(row, columns["本季度进展"]).value = f"{LAGGING if late else GOOD}，已开展3次。"
    _plant_figures(book["指标"])
    if "承诺" in book.sheetnames:
        promises = book["承诺"]
        columns, first = _columns(promises)
        for row in range(first, promises.max_row + 1):
            promises.cell(row, columns["办理说明"]).value = NOTE
    book.save(path)


def _plant_figures(sheet: Worksheet) -> None:
    columns, first = _columns(sheet)
    for row in range(first, sheet.max_row + 1):
        if sheet.cell(row, columns["行标识"]).value == "2023-001-T04":
            sheet.cell(row, columns["本季度实际值"]).value = 7712


def _columns(sheet: Worksheet) -> tuple[dict[str, int], int]:
    head = next(r for r in sheet.iter_rows() if any(c.value == "任务号" for c in r))
    named = {str(c.value).removesuffix(" *"): at for at, c in enumerate(head, 1)}
    return named, int(head[0].row or 0) + 1


def withhold(root: Path, *entries: str, words: Iterable[str] = ()) -> None:
    """Write what is withheld into the parameters."""
    path = root / "params/2023.yml"
    head = path.read_text(encoding="utf-8").partition("\npublic:")[0]
    listed = {"withhold": [int(e) if e.isdigit() else e for e in entries], "words": [*words]}
    text = f"{head.rstrip()}\npublic: {json.dumps(listed, ensure_ascii=False)}\n"
    path.write_text(text, encoding="utf-8")


FORMATS = ("html", "pdf", "docx")


def publish(
    root: Path, *options: str, formats: Iterable[str] = FORMATS
) -> tuple[dict[str, bytes], str]:
    """Publish for the public, in every format; give the pack and what the terminal said."""
    formats = [word for name in formats for word in ("--format", name)]
    done = run_command(
        root, "report", "-q", "3", "--audience", "public", "--jobs", "1", *formats, *options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return files(root / "outputs/2023/Q3-public"), done.stdout


def files(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def texts(name: str, data: bytes) -> Iterator[str]:
    """Give a file's words: as they are, of what it packs, as a reader of PDF and PNG sees them."""
    yield name
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield data.decode(encoding, errors="replace")
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
    if name.endswith(".png"):
        with Image.open(io.BytesIO(data)) as picture:
            yield str(picture.info)


def told(pack: dict[str, bytes], words: Iterable[str]) -> list[tuple[str, str]]:
    """Name each file that holds any of the words, in one piece but for white space."""
    searched = tuple(words)
    return sorted(
        {
            (name, word)
            for name, data in pack.items()
            for text in texts(name, data)
            for word in searched
            if word in "".join(text.split())
        }
    )
