"""Where the figures of a slide stand: file, sheet and cell, for the speaker's notes."""

from collections.abc import Iterable, Iterator

from reporting.assess.values import Assessment, Evidence, Rating
from reporting.language.visible import in_quotes
from reporting.plan.values import Milestone, Target, Task


def quoted(rating: Rating) -> Iterator[str]:
    """Quote what a rating rests on, a line each with its file, sheet and cell."""
    for evidence in rating.evidence:
        place = cell_of(evidence.file, evidence.sheet, evidence.cell)
        yield f"{place}：{in_quotes(evidence.quote)}"


def cell_of(file: str, sheet: str, cell: str) -> str:
    """Name a cell."""
    return f"{file}“{sheet}”表{cell}" if sheet else f"{file} {cell}".strip()


def counted(ratings: Iterable[Rating]) -> Iterator[str]:
    """List the cells that counts rest on, a line a file; then what rests on no cell."""
    cells: dict[str, dict[str, dict[str, None]]] = {}
    bare: dict[str, int] = {}
    for rating in ratings:
        found = [e for e in rating.evidence if e.cell]
        for evidence in found:
            _put(cells, evidence)
        if not found:
            bare[str(rating.grade)] = bare.get(str(rating.grade), 0) + 1
    for file, sheets in sorted(cells.items()):
        places = "；".join(f"“{sheet}”表{'、'.join(names)}" for sheet, names in sheets.items())
        yield f"{file}：{places}"
    for grade, count in bare.items():
        yield f"没有报表单元格可引的：核定为“{grade}”的{count}项"


def _put(cells: dict[str, dict[str, dict[str, None]]], evidence: Evidence) -> None:
    cells.setdefault(evidence.file, {}).setdefault(evidence.sheet, {})[evidence.cell] = None


def of_table(assessment: Assessment, task: Task, part: Milestone | Target | None = None) -> str:
    """Name the place of a task in the table, of a milestone or a figure in its words."""
    line = f"第{task.line}行" if task.line else ""
    place = f"《{assessment.plan.title}》{line}任务{task.label}"
    if part is None:
        return f"{place}“年度目标及工作内容”"
    of_goal = isinstance(part, Target) and part.source == "goal"
    field = "年度目标及工作内容" if of_goal else "季度进度安排"
    return f"{place}“{field}”第{part.start + 1}—{part.end}字"
