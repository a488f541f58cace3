"""Write a plan for people and machines: its tables, the page and workbook to check it on."""

from collections.abc import Sequence
from pathlib import Path

from reporting.findings import Severity
from reporting.plan.checklist.keep import CHECKLIST
from reporting.plan.checklist.write import write_checklist
from reporting.plan.doubts import Doubts
from reporting.plan.identity import registered
from reporting.plan.page.quality import SHAPES, count_codes, quality_page
from reporting.plan.read import Reading
from reporting.plan.tables import plan_tables
from reporting.plan.values import Plan
from reporting.project.register import read_register, write_register
from reporting.system.files import write_whole

PAGE = "quality.html"


def write_plan(
    reading: Reading, folder: Path, kept_at: str, own: Sequence[Path] = ()
) -> tuple[Path, ...]:
    """Write CSV tables, quality page and 核对表 into a folder, which is made if needed.

    ``kept_at`` is where a filled 核对表 is kept, relative to the project; ``own`` are the
    project's own fonts.
    """
    plan = reading.plan
    files = plan_tables(plan) | {
        PAGE: quality_page(plan, reading.marks, reading.places, own),
        CHECKLIST: write_checklist(
            plan, reading.tasks, reading.parts, reading.filled, kept_at, reading.places
        ),
    }
    for name, content in files.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in files)


def register_tasks(root: Path, reading: Reading) -> Path:
    """Keep a table's tasks in the year's register; those that left the table stay, marked.

    A task is known by the words that the table has for it: a corrected reading is no new wording.
    """
    year = reading.plan.year
    return write_register(root, year, registered(reading.tasks, read_register(root, year)))


def summary(plan: Plan) -> str:
    """Say what was read and, code by code, what was noticed."""
    said = "、".join(
        f"{severity.label}{sum(f.severity is severity for f in plan.findings)}处"
        for severity in Severity
    )
    lines = [
        f"{plan.year}年任务分解表：任务{len(plan.tasks)}项、节点{len(plan.milestones)}个、"
        f"指标{len(plan.targets)}个、单位{len(plan.units)}个（牵头{len(plan.lead_units)}个）；"
        f"发现{said}。"
    ]
    if plan.corrections or plan.checks:
        lines.append(f"  更正读法{len(plan.corrections)}处；已核对{_checked(plan)}。")
    for code in count_codes(plan.findings):
        lines.append(
            f"  {SHAPES[code.severity]} {code.severity.label} {code.title} {code.code}"
            f" {code.count}处"
        )
    return "\n".join(lines)


def _checked(plan: Plan) -> str:
    doubts = Doubts(plan)
    return "、".join(
        f"{name}{doubts.count_checked(values)}/{len(values)}{measure}"
        for name, values, measure in (
            ("任务", plan.tasks, "项"), ("节点", plan.milestones, "个"),
            ("指标", plan.targets, "个"),
        )
    )  # fmt: skip
