"""Write a plan for people and machines: its tables, its quality page, its summary."""

from pathlib import Path

from reporting.findings import Severity
from reporting.plan.identity import registered
from reporting.plan.page.quality import SHAPES, count_codes, quality_page
from reporting.plan.tables import plan_tables
from reporting.plan.values import Plan
from reporting.project.register import read_register, write_register
from reporting.system.files import write_whole

PAGE = "quality.html"


def write_plan(plan: Plan, folder: Path) -> tuple[Path, ...]:
    """Write the CSV tables and the quality page into a folder, which is made if needed."""
    files = plan_tables(plan) | {PAGE: quality_page(plan)}
    for name, content in files.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in files)


def register_tasks(root: Path, plan: Plan) -> Path:
    """Keep a plan's tasks in the year's register; those that left the table stay, marked."""
    known = read_register(root, plan.year)
    return write_register(root, plan.year, registered(plan.tasks, known))


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
    for code in count_codes(plan.findings):
        lines.append(
            f"  {SHAPES[code.severity]} {code.severity.label} {code.title} {code.code}"
            f" {code.count}处"
        )
    return "\n".join(lines)
