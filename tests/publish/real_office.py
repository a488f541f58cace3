"""A project of two tasks that is published by the real command."""

from pathlib import Path

from publish.conftest import make_project
from reporting.plan.read import read_plan
from reporting.project.params import read_params
from tools.sample.books import write_samples

_HEAD = "年度目标及工作内容", "季度进度安排", "责任领导", "牵头单位", "协助单位"
_ROWS = (
    (
        "实施制造业行动，建设产业体系。", "1. 新增上市企业10家以上。",
        "一季度，新增1家。二季度，累计新增2家。三季度，累计新增6家。四季度，累计新增10家。",
        "刘甲", "市金融工作局", "/",
    ),
    ("", "2. 办好普查。", "三季度，开展普查试点。四季度，总结。", "李乙", "市统计局", "市财政局"),
)  # fmt: skip


def write_table(root: Path) -> None:
    """Write a table of two tasks as Word exports it."""
    lines = [" 2023年市《政府工作报告》任务分解表", "制表单位：市政府办公室  制表时间：2023年2月"]
    lines += ["\t总体要求", *(f"\t{head}" for head in _HEAD), ""]
    for row in _ROWS:
        lines += [*(f"\t{cell}" for cell in row), ""]
    table = root / "data/2023/task_table.txt"
    table.write_text("\n".join(lines), encoding="utf-8")


def make_office(folder: Path) -> Path:
    """Set up the project with its demonstration returns."""
    root = make_project(folder)
    write_table(root)
    params = read_params(root, 2023)
    write_samples(root, read_plan(root, params), params)
    return root


def pack_of(root: Path) -> dict[str, bytes]:
    """Read every file of the quarter's pack."""
    pack = root / "outputs/2023/Q3"
    return {p.relative_to(pack).as_posix(): p.read_bytes() for p in pack.rglob("*") if p.is_file()}
