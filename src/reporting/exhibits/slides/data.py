"""What is to be known of the data behind the slides."""

from collections.abc import Iterator

from reporting.assess.rating import rule
from reporting.assess.rating.figures import is_doubtful
from reporting.assess.values import Assessment, Level
from reporting.documents.blocks import Row, Table
from reporting.documents.slides.values import Slide
from reporting.exhibits.building import number, text
from reporting.exhibits.slides.sources import cell_of, quoted
from reporting.findings import Finding, Severity
from reporting.grades import NOT_JUDGED, Kind

_SAMPLE = "示例数据：演示用的虚拟数据，不反映任何单位的真实工作。"

Line = tuple[str, int, str]
"""What it is, how many, and what it means."""


def data_slide(assessment: Assessment) -> Slide:
    """Show what could not be judged, what is doubted, and what was changed."""
    lines = [line for line in _lines(assessment) if line[1]]
    unheard, unknown = (assessment.scale[kind] for kind in NOT_JUDGED)
    open_tasks = sum(r.grade in NOT_JUDGED for r in assessment.task_ratings())
    message = f"数据说明：{open_tasks}项任务因{unheard}或者{unknown}，没有好差结论"
    if not open_tasks:
        message = "数据说明：各项任务均有核定结论"
    return Slide(
        title=message,
        parts=(
            Table(
                columns=(text("what", "情况", 2), number("count", "数量", 0.7),
                         text("means", "处理", 3)),
                rows=tuple(Row(cells=(what, str(count), means)) for what, count, means in lines),
                caption="数据说明",
            ),
        ),
        remark=_SAMPLE if assessment.is_sample else "",
        notes=tuple(_notes(assessment)),
    )  # fmt: skip


def _lines(assessment: Assessment) -> Iterator[Line]:
    ratings, paced = assessment.task_ratings(), assessment.scale[Kind.ON_SCHEDULE]
    unheard, unknown = (assessment.scale[kind] for kind in NOT_JUDGED)
    severities = [finding.severity for finding in assessment.findings]
    yield "核定的任务（项）", len(ratings), "按通报所附核定规则，依据报表逐项核定"
    yield (
        f"{rule.NOTHING_DUE}的任务（项）", sum(map(rule.is_nothing_due, ratings)),
        "单列统计，不计入占比",
    )  # fmt: skip
    yield (
        f"{unheard}的任务（项）", sum(r.grade.kind is Kind.NOT_REPORTED for r in ratings),
        f"计入任务总数，不计入{paced}",
    )  # fmt: skip
    yield (
        f"{unknown}的任务（项）", sum(r.grade.kind is Kind.UNDECIDED for r in ratings),
        f"计入任务总数，不计入{paced}，原因见通报",
    )  # fmt: skip
    yield (
        "核定与自评不一致的任务（项）",
        sum(map(rule.differs, ratings)),
        "以核定结果为准，依据见通报",
    )
    yield "待核实的指标（项）", _doubtful(assessment), "实际值远超计划，不据以推算全年"
    yield "报表错误（处）", severities.count(Severity.ERROR), "所在单元格不作为依据，已告知填报单位"
    yield "待确认（处）", severities.count(Severity.CONFIRM), "确认前不作为依据"
    yield "任务调整（项）", len(assessment.adjustments), "依据和文号见通报"
    yield "更正过的版次（个）", len(assessment.editions), "更正内容见通报更正说明"


def _doubtful(assessment: Assessment) -> int:
    targets = {t.target_id: t for t in assessment.plan.targets}
    return sum(
        is_doubtful(targets[r.subject_id], r.actual)
        for r in assessment.ratings
        if r.level is Level.TARGET and r.quarter == assessment.quarter
    )


def _notes(assessment: Assessment) -> list[str]:
    lines = ["数据来源：任务分解表和各单位报表的核对结果。"]
    for rating in assessment.task_ratings():
        if rating.grade.kind is Kind.UNDECIDED:
            task = assessment.plan.task(rating.task_id)
            lines += [f"任务{task.label}：{rating.reason}", *quoted(rating)]
    lines += [
        f"{finding.severity.label}：{_place(finding)}，{finding.message}"
        for finding in assessment.findings
        if finding.severity in (Severity.ERROR, Severity.CONFIRM)
    ]
    return lines


def _place(finding: Finding) -> str:
    """Name the cell of a finding, or whose it is where it has none."""
    return cell_of(finding.file, finding.sheet, finding.cell) or finding.unit or "任务分解表"
