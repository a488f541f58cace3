"""Editions written at once, of assessments whose grades are chosen: no pack is made for them."""

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assess.rating_samples import UNIT, milestone, plan, rated, returns, row, task

from reporting import __version__
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.grades import Grade
from reporting.project.editions import ASSESSMENT, SUMS, edition_folder, quarter_folder
from reporting.publish.manifest import MANIFEST, LockRecord, Manifest, PackageRecord, Standing
from reporting.publish.pack.tables import write_tables
from reporting.publish.survey import task_counts
from reporting.release.integrity import read_sums, sums_of, write_sums
from reporting.release.record import (
    PACK,
    RECORD,
    EditionRecord,
    file_record,
    read_record,
    write_record,
)
from reporting.system.digests import digest

ROOT = Path(__file__).parents[2]
WORDS = {
    Grade.DONE: "已完成。",
    Grade.ON_SCHEDULE: "召开协调会3次。",
    Grade.BEHIND: "推进缓慢。",
    Grade.FAR_BEHIND: "严重滞后。",
    Grade.NOT_STARTED: "尚未启动。",
}
"""What units write beside each grade."""
CAUSE = "土地手续没有办完。"


def assessed(
    name: str,
    grades: Sequence[Grade],
    *,
    quarter: int = 1,
    office: str = "",
    is_sample: bool = False,
    day: date = date(2023, 4, 28),
) -> Assessment:
    """Assess a city whose tasks come out with these grades, in the order of the plan."""
    tasks = [task(n, goal=f"{name}目标{n}。") for n in range(1, len(grades) + 1)]
    rows = [
        row(grade, WORDS[grade], quarter=quarter, task_id=f"2023-{n:03d}",
            milestone_id=f"2023-{n:03d}-01", cause=CAUSE if grade is Grade.FAR_BEHIND else "")
        for n, grade in enumerate(grades, 1)
    ]  # fmt: skip
    steps = [milestone(n, 1, (quarter,)) for n in range(1, len(grades) + 1)]
    found = rated(plan(tasks, steps), returns(rows, quarter=quarter))
    head = found.masthead.model_copy(
        update={
            "city": name, "issuing_office": office or f"{name}人民政府办公室", "publish_date": day,
        }
    )  # fmt: skip
    subject = Subject(kind=SubjectKind.BRIEFING, name=name)
    return found.model_copy(update={"masthead": head, "subject": subject, "is_sample": is_sample})


def write_edition(
    root: Path, city: Assessment, number: int = 1, *, kind: SubjectKind = SubjectKind.BRIEFING
) -> Path:
    """Freeze an assessment as an edition, with all that vouches for it."""
    period, folder = city.period, edition_folder(root, city.period, number)
    members = {f"{PACK}data/tasks.csv": write_tables(city)["tasks.csv"]}
    manifest = Manifest(
        format=1, year=period.year, quarter=period.quarter, edition=number,
        is_sample=city.is_sample,
        package=PackageRecord(name="reporting", version=__version__, sha256="0" * 64),
        lock=LockRecord(path="requirements.lock", sha256=""), environment="", python="3.11",
        renderer="typst", formats=("html",), fonts=(), inputs=(), reports=(_standing(city, kind),),
        artifacts=tuple(file_record(n.removeprefix(PACK), data) for n, data in members.items()),
        findings={}, counts=task_counts(city),
    )  # fmt: skip
    members |= {PACK + MANIFEST: manifest.to_bytes()}
    members[ASSESSMENT] = city.model_dump_json().encode()
    before = edition_folder(root, period, number - 1) / RECORD
    record = EditionRecord(
        period=period, number=number, corrects=digest(before.read_bytes()) if number > 1 else "",
        accepted=None, manifest=manifest,
        files=tuple(file_record(name, members[name]) for name in sorted(members)),
    )  # fmt: skip
    for name, data in {**members, RECORD: write_record(record)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    seal(root, city, number)
    return folder


def _standing(city: Assessment, kind: SubjectKind) -> Standing:
    return Standing(
        report_id="briefing", kind=kind, name=city.subject.name, notebook="notebooks/x.ipynb",
        parameters={}, key="", state="made",
    )  # fmt: skip


def seal(root: Path, city: Assessment, number: int) -> None:
    """Write the sums of an edition beside it."""
    sums = quarter_folder(root, city.period) / SUMS
    known = read_sums(sums.read_bytes()) if sums.is_file() else {}
    sums.write_bytes(write_sums(known | sums_of(root, city.period, number)))


def flip(path: Path) -> None:
    """Turn one bit of a file over."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.unlink()
    path.write_bytes(bytes(data))


def forge(root: Path, city: Assessment, change: dict[str, object], number: int = 1) -> None:
    """Change the record of an edition with all that vouches for it, as who knows how would."""
    folder = edition_folder(root, city.period, number)
    record = read_record((folder / RECORD).read_bytes(), RECORD)
    manifest = record.manifest.model_copy(update=change)
    (folder / PACK / MANIFEST).write_bytes(manifest.to_bytes())
    files = tuple(file_record(one.path, (folder / one.path).read_bytes()) for one in record.files)
    update = {"manifest": manifest, "files": files}
    (folder / RECORD).write_bytes(write_record(record.model_copy(update=update)))
    seal(root, city, number)


def make_province(root: Path, offices: Sequence[dict[str, str]]) -> Path:
    """Set up the project of a province that names these offices."""
    (root / "params").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", root)
    name_offices(root, offices)
    return root


def name_offices(root: Path, offices: Sequence[dict[str, str]]) -> None:
    """Write the parameters of a province."""
    head = {
        "city": "示例省", "place": "省", "issuing_office": "示例省人民政府办公厅",
        "title": "《政府工作报告》任务进展汇总", "issue_number": "2023年第{quarter}期",
    }  # fmt: skip
    lines = ["year: 2023", "calendar: {1: 2023-05-15, 2: 2023-08-15, 3: 2023-11-15}", "each: 市"]
    lines += [f"masthead: {json.dumps(head, ensure_ascii=False)}"]
    lines += [f"offices: {json.dumps(list(offices), ensure_ascii=False)}"]
    (root / "params/province-2023.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


__all__ = [
    "CAUSE", "UNIT", "assessed", "flip", "forge", "make_province", "name_offices", "write_edition",
]  # fmt: skip
