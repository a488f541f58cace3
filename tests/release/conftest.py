"""A small project with two frozen editions: the second corrects one cell of one return."""

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.periods import Period
from reporting.plan.read import read_plan
from reporting.project.params import Params, read_params
from reporting.publish.manifest import MANIFEST
from reporting.publish.options import Options
from reporting.publish.run import Outcome, publish
from reporting.release.freeze import Frozen, freeze
from reporting.release.keeping.archive import export_edition
from reporting.release.record import PACK, RECORD
from reporting.returns.layout import PROGRESS, PROGRESS_COLUMNS
from reporting.system.digests import digest
from reporting.workbooks.columns import FIRST_ROW
from tools.sample.books import write_samples

ROOT = Path(__file__).parents[2]
PERIOD = Period(year=2023, quarter=1)
A, B = "市甲局", "市乙局"
OLD_CELL = "I4"
SECOND, LATER = date(2023, 5, 10), date(2023, 6, 5)
"""Dates of the second edition, and of one after it."""
NEW_WORDS = "顺利推进。更正：已召开协调会7次。"
TABLE = """2023年政府工作任务分解表
制表单位：市政府办公室　制表时间：2023年3月16日
\t总体要求\t年度目标及工作内容\t季度进度安排\t责任领导\t牵头单位\t协助单位
\t（1） 实施服务提升行动。\t1. 新建服务站40个。\t一季度，新建10个。\t张三\t市甲局\t/
\t\t2. 修缮危桥。\t一季度，完成检测。二季度，动工。\t李四\t市乙局\t市甲局
\t\t3. 举办展会。\t一季度，制定方案。\t李四\t市乙局\t/
"""


@dataclass(frozen=True)
class Office:
    """A project's folder and what was done in it."""

    root: Path

    @property
    def params(self) -> Params:
        return read_params(self.root, PERIOD.year)

    @property
    def pack(self) -> Path:
        return self.root / "outputs/2023/Q1"

    def report(self, jobs: int = 2, day: date | None = None) -> Outcome:
        options = Options(
            year=2023, quarter=1, formats=("html", "xlsx"), jobs=jobs, edition_date=day
        )
        return publish(self.root, options)

    def freeze(self) -> Frozen:
        return freeze(self.root, self.params, 1, self.pack, accept="演示数据")

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.pack).as_posix(): path.read_bytes()
            for path in sorted(self.pack.rglob("*"))
            if path.is_file()
        }

    def correct(self, words: str = NEW_WORDS) -> str:
        """Change what a unit says of its task; returns what it said before."""
        path = next((self.root / "data/2023/status/Q1").glob(f"*{A}*"))
        book = load_workbook(path)
        column = [spec.field for spec in PROGRESS_COLUMNS].index("progress") + 1
        cell = book[PROGRESS].cell(FIRST_ROW, column)
        before, cell.value = str(cell.value), words
        book.save(path)
        return before


def packed(root: Path, number: int, target: Path) -> Path:
    """Pack an edition as somebody who hands it out."""
    return export_edition(root, PERIOD, number, target)


def make_office(root: Path, table: str = TABLE) -> Office:
    """Set up a project with a table, of three tasks if not told, and its demonstration returns."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", root)
    (root / "params").mkdir()
    params = (ROOT / "params/2023.yml").read_text(encoding="utf-8")
    head = params[: params.index("aliases:")]
    (root / "params/2023.yml").write_text(head + "formats: [html, xlsx]\n", encoding="utf-8")
    (root / "data/2023").mkdir(parents=True)
    (root / "data/2023/task_table.txt").write_text(table, encoding="utf-8")
    read = read_params(root, 2023)
    write_samples(root, read_plan(root, read), read)
    return Office(root)


@dataclass(frozen=True)
class Story:
    """What happened: the pack before and after the correction, and the two editions."""

    office: Office
    first: dict[str, bytes]
    second: dict[str, bytes]
    before: str
    made: tuple[str, ...]
    frozen: tuple[Frozen, Frozen]


@pytest.fixture(scope="session")
def story(warm_kernels: None, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Publish, freeze, correct one cell, publish, freeze."""
    office = make_office(tmp_path_factory.mktemp("office"))
    office.report()
    first, one = office.files(), office.freeze()
    before = office.correct()
    outcome = office.report(day=SECOND)
    return Story(office, first, office.files(), before, outcome.made, (one, office.freeze()))


@pytest.fixture(scope="session")
def _third_pack(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Correct another cell and publish: the pack of a third edition, yet to be frozen."""
    folder = tmp_path_factory.mktemp("third") / "office"
    office = Office(Path(shutil.copytree(story.office.root, folder)))
    office.correct("又有更正。")
    office.report(day=LATER)
    return folder


@pytest.fixture
def corrected(_third_pack: Path, tmp_path: Path) -> Office:
    """Copy the project whose third pack is yet to be frozen."""
    return Office(Path(shutil.copytree(_third_pack, tmp_path / "copy")))


@pytest.fixture
def copy(story: Story, tmp_path: Path) -> Path:
    """Copy the project with its editions, to be tampered with."""
    return Path(shutil.copytree(story.office.root, tmp_path / "copy"))


def rewrite(folder: Path, name: str, data: bytes) -> None:
    """Change a file of an edition with all that vouches for it inside, as who knows how would."""
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (folder / name).unlink()
    (folder / name).write_bytes(data)
    record = json.loads((folder / RECORD).read_bytes())
    for item in record["manifest"]["artifacts"]:
        if PACK + item["path"] == name:
            item |= {"sha256": digest(data), "size": len(data)}
    manifest = folder / PACK / MANIFEST
    told = json.dumps(record["manifest"], ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    manifest.unlink()
    manifest.write_text(told, encoding="utf-8")
    for item in record["files"]:
        if item["path"] in (name, PACK + MANIFEST):
            content = (folder / item["path"]).read_bytes()
            item |= {"sha256": digest(content), "size": len(content)}
    (folder / RECORD).unlink()
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8")
