"""The command of a province: three real releases taken together, made once, reused, the same."""

import csv
import io
import json
import shutil
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from commanding import run_command
from publish.conftest import Project, inline_pool
from release.conftest import Office, make_office

from province.editions import flip, make_province, name_offices

Pack = dict[str, bytes]
SECOND = date(2023, 5, 10)
FORMATS = ("--format", "html", "--format", "xlsx")
OFFICES = ("甲市", "乙市", "丙市", "丁市")


def _named(office: Office, name: str) -> Office:
    path = office.root / "params/2023.yml"
    text = path.read_text(encoding="utf-8").replace("东莞市", name)
    path.write_text(text, encoding="utf-8")
    return office


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release one city twice and one once; one has not released, of one a byte was turned over.

    Their own reports are stood in for: what is counted comes from tables and assessment.
    """
    home = tmp_path_factory.mktemp("province")
    blank = make_office(home / "丙市").root
    for name in ("甲市", "乙市"):
        shutil.copytree(blank, home / name)
    first, second = (_named(Office(home / name), name) for name in ("甲市", "乙市"))
    with pytest.MonkeyPatch.context() as patch:
        work = Project(home).work
        patch.setattr("reporting.publish.pool.make.local_pool", inline_pool(work))
        patch.setattr("reporting.publish.pool.pool.preparing", nullcontext)
        first.report()
        first.freeze()
        first.correct()
        first.report(day=SECOND)
        first.freeze()
        second.report()
        second.freeze()
    shutil.copytree(home / "乙市", home / "丁市")
    flip(home / "丁市/editions/2023/Q1/1/assessment.json")
    return make_province(home / "省", [{"name": n, "folder": f"../{n}"} for n in OFFICES])


def files(root: Path) -> Pack:
    folder = root / "outputs/2023/Q1-province"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def published(warm_kernels: None, root: Path) -> tuple[Pack, str]:
    """Make the report by a real kernel."""
    done = run_command(root, "province", "--quarter", "1", *FORMATS)
    assert done.returncode == 1, done.stdout + done.stderr
    return files(root), done.stdout


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_what_is_made_and_what_is_said(published: tuple[Pack, str]) -> None:
    """Page, tables, workbook; a line for each that is not counted or no real data."""
    pack, said = published
    assert set(pack) == {
        "index.html", "manifest.json", "notebooks/province_report.ipynb",
        "province_report.html", "data/offices.csv", "data/late_tasks.csv", "data/notes.csv",
        "data/province.xlsx",
    }  # fmt: skip
    lines = said.splitlines()
    assert lines[0].startswith("2023年第一季度汇总（示例数据）：新生成")
    assert lines[1] == "数字只包括：4个市中2个已发布并计入。"
    assert "提醒 丙市：没有2023年第一季度的版本（还没有定版），未计入。" in lines
    assert any(line.startswith("错误 丁市：第1版核验不通过，未计入：") for line in lines)
    index = pack["index.html"].decode()
    assert "示例数据" in index
    assert "4个市中2个已发布并计入" in index


def test_counts_are_those_of_the_editions_own_tables(
    root: Path, published: tuple[Pack, str]
) -> None:
    """Counted by another reader from the tables that were released; sums are sums of rows."""
    pack, _ = published
    told = {row["office"]: row for row in rows(pack["data/offices.csv"])}
    for name, number in (("甲市", 2), ("乙市", 1)):
        place = root.parent / name / f"editions/2023/Q1/{number}"
        tasks = rows((place / "pack/data/tasks.csv").read_bytes())
        apart = sum(row["nothing_due"] == "是" for row in tasks)
        late = sum(row["grade"] in ("严重滞后", "未启动", "未达序时进度") for row in tasks)
        row = told[name]
        assert (row["edition"], row["total"]) == (str(number), str(len(tasks)))
        assert int(row["nothing_due"]) == apart
        kinds = ("far_behind", "not_started", "behind")
        assert sum(int(row[kind]) for kind in kinds) == late
        counted = sum(one["office"] == name for one in rows(pack["data/late_tasks.csv"]))
        assert counted == late
    assert [told[name]["total"] for name in ("丙市", "丁市")] == ["", ""]
    sheet = openpyxl.load_workbook(io.BytesIO(pack["data/province.xlsx"])).worksheets[0]
    *listed, last = list(sheet.values)[1:]
    assert last[1] == "合计（4个市中2个已发布并计入）"
    for column in range(8, len(last) - 1):
        assert last[column] == sum(int(str(one[column] or 0)) for one in listed)


def test_second_run_reuses_and_forced_one_gives_the_same_bytes(
    root: Path, published: tuple[Pack, str]
) -> None:
    """Every edition is proved again all the same."""
    again = run_command(root, "province", "--quarter", "1", *FORMATS)
    assert again.stdout.splitlines()[0].startswith("2023年第一季度汇总（示例数据）：沿用")
    assert "错误 丁市：" in again.stdout
    assert files(root) == published[0]
    run_command(root, "province", "--quarter", "1", "--force", *FORMATS)
    assert files(root) == published[0]


def test_answer_for_programs(root: Path, published: tuple[Pack, str]) -> None:
    """Which edition of each office, and the findings as they are."""
    reply = json.loads(run_command(root, "province", "--quarter", "1", *FORMATS, "--json").stdout)
    assert (reply["exit_code"], reply["result"]["state"]) == (1, "reused")
    offices = {one["name"]: one for one in reply["result"]["offices"]}
    assert (offices["甲市"]["edition"], offices["甲市"]["counted"]) == (2, True)
    assert (offices["丙市"]["edition"], offices["丙市"]["counted"]) == (None, False)
    assert {(one["unit"], one["code"]) for one in reply["findings"]} >= {
        ("丙市", "PROV-NONE"), ("丁市", "PROV-DAMAGED"),
    }  # fmt: skip


def test_what_is_yet_to_come_is_no_failure(root: Path, published: tuple[Pack, str]) -> None:
    """Exit 0 where nothing is wrong with what there is; a wrong call is one sentence."""
    name_offices(root, [{"name": n, "folder": f"../{n}"} for n in OFFICES[:3]])
    done = run_command(root, "province", "--quarter", "1", "--format", "html")
    assert done.returncode == 0, done.stdout
    assert "3个市中2个已发布并计入" in done.stdout
    done = run_command(root, "province", "--quarter", "4")
    said = "错误：params/province-2023.yml 的 calendar 中没有第4季度的印发日期。\n"
    assert (done.returncode, done.stderr) == (2, said)
    done = run_command(root, "province", "--quarter", "1", "--format", "pptx")
    assert done.stderr == "错误：汇总的格式应为 html、pdf、docx、xlsx 之一，收到的是“pptx”。\n"
