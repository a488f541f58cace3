"""The public's report: counts, what exceeds its plan, figures of the year, every task."""

from reporting.assess.rollups import total
from reporting.assess.values import Assessment
from reporting.documents.blocks import Heading, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import exhibit, mark, nothing, number, paragraph, text
from reporting.exhibits.facts import rows_of
from reporting.exhibits.naming import anchor, task_link, units_of
from reporting.exhibits.public.facts import YearFigure, highlight_figures, year_figures
from reporting.exhibits.year.results import plan_words
from reporting.grades import GOOD, Grade
from reporting.plan.values import Task

_GOAL = 30


def public_summary(assessment: Assessment) -> Exhibit:
    """Say in two sentences how many tasks there are and how they stand."""
    return exhibit(paragraph(*summary_sentences(assessment)))


def summary_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Count the tasks that are told of: done, on schedule, and the others."""
    now, whole = total(assessment), assessment.masthead.whole
    head = f"{assessment.period.label}，{whole}公开进展的《政府工作报告》任务{now.total}项。"
    if not now.due:
        return (head, "本季度均没有到期或者在办的事项。") if now.total else (head,)
    good = "、".join(f"{grade}{now.counts[grade]}项" for grade in GOOD if now.counts[grade])
    kept = f"{good}，合计占{now.share(*GOOD)}" if good else "没有已完成或者达到序时进度的"
    among = "其中" if not now.nothing_due else f"本季度有到期或者在办事项的{now.due}项中，"
    return (head, f"{among}{kept}。")


def public_highlights(assessment: Assessment) -> Exhibit:
    """List the tasks whose figures exceed the plan or reached the year's early."""
    found = highlight_figures(assessment)
    if not found:
        return exhibit(nothing("本季度没有指标超过计划一成以上或者提前达到全年目标的任务。"))
    rows = tuple(
        Row(cells=(
            one.task.label, task_link(one.task, _GOAL), units_of(one.task), one.what,
            f"{one.target.measure}{sentences.amount(one.actual)}{one.target.unit}"
            f"（计划{plan_words(one.target)}{one.target.unit}）",
        ))
        for one in found
    )  # fmt: skip
    columns = (
        number("number", "任务号", 0.6), text("goal", "任务", 2.4), text("unit", "牵头单位", 1.4),
        text("what", "亮点", 1.1), text("figure", "指标", 2.6),
    )  # fmt: skip
    return exhibit(Table(columns=columns, rows=rows, caption="工作亮点"))


def public_targets(assessment: Assessment) -> Exhibit:
    """Show every figure of the year of which an actual may be told, with its share."""
    found = year_figures(assessment)
    if not found:
        return exhibit(nothing("没有公开的年度指标数据。"))
    columns = (
        number("number", "任务号", 0.6), text("measure", "指标（计量单位）", 3.2),
        text("unit", "牵头单位", 1.5), number("annual", "全年目标", 1),
        number("actual", "最近实际", 1), number("rate", "占全年", 0.9),
    )  # fmt: skip
    return exhibit(
        paragraph(f"有实际数据可以公开的年度指标{len(found)}项。"),
        Table(
            columns=columns, rows=tuple(map(_figure_row, found)), caption="年度指标进展",
            sortable=len(found) > 5, filterable=len(found) > 5,
        ),
    )  # fmt: skip


def _figure_row(one: YearFigure) -> Row:
    return Row(cells=(
        one.task.label, f"{one.target.measure}（{one.target.unit}）", one.unit,
        plan_words(one.target), sentences.amount(one.actual), one.rate or "—",
    ))  # fmt: skip


def public_tasks(assessment: Assessment) -> Exhibit:
    """Show every task that is told of, under its action, with progress where that is public."""
    blocks: list[Heading | Table] = []
    for action, tasks in _by_action(assessment).items():
        blocks.append(Heading(level=3, text=action))
        blocks.append(_task_table(assessment, action, tasks))
    return exhibit(*blocks) if blocks else exhibit(nothing("没有公开的任务。"))


def _by_action(assessment: Assessment) -> dict[str, list[Task]]:
    groups: dict[str, list[Task]] = {}
    for task in assessment.plan.tasks:
        groups.setdefault(task.action or task.heading or "其他任务", []).append(task)
    return groups


def _task_table(assessment: Assessment, action: str, tasks: list[Task]) -> Table:
    ratings = {rating.task_id: rating for rating in assessment.task_ratings()}
    columns = (
        number("number", "任务号", 0.6), text("goal", "年度目标及工作内容", 3),
        text("unit", "牵头单位", 1.4), text("progress", "本季度进展", 4),
        mark("grade", "进度", 1.1),
    )  # fmt: skip
    rows = tuple(
        Row(
            cells=(
                task.label, task.goal, units_of(task), _progress(assessment, task),
                ratings[task.task_id].grade if task.task_id in ratings else "—",
            ),
            anchor=anchor(task),
        )
        for task in tasks
    )  # fmt: skip
    return Table(columns=columns, rows=rows, caption=action)


def _progress(assessment: Assessment, task: Task) -> str:
    told = (row.progress for row in rows_of(assessment, task.task_id) if row.progress)
    return "\n".join(dict.fromkeys(told)) or "—"


def about_public(assessment: Assessment) -> Exhibit:
    """Say what the report holds, what it does not, and of how many tasks it does not tell."""
    grades = "、".join(f"“{grade}”" for grade in Grade)
    left = assessment.withheld_tasks
    return exhibit(
        paragraph(
            "进度由核定机关按任务分解表和各单位报送的材料核定，分为", grades, "。",
            "指标取各单位最近一次所报、核对无误的数。",
        ),
        paragraph(f"另有{left}项任务按规定不予公开，不在本报告统计之内。" if left else ""),
        paragraph(f"联系单位：{assessment.masthead.issuing_office}。"),
    )  # fmt: skip
