"""Cover, counts and the summary that opens a report."""

from decimal import Decimal

from reporting.assess.rollups import RollUp, total
from reporting.assess.values import Assessment, SubjectKind
from reporting.documents.blocks import Contents, Cover, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import sentences
from reporting.exhibits.building import (
    exhibit,
    mark,
    number,
    paragraph,
    text,
)
from reporting.exhibits.charts import rating_chart
from reporting.exhibits.editions.notice import corrected_notice, edition_mark
from reporting.exhibits.headlines import headlines
from reporting.exhibits.naming import (
    owner_column,
    owner_of,
    task_link,
)
from reporting.grades import Grade
from reporting.language.numerals import percent, rounded


def cover(assessment: Assessment) -> Exhibit:
    """Show the masthead and the title; the city pack's stands on a page of its own."""
    head, subject = assessment.masthead, assessment.subject
    city = subject.kind is SubjectKind.BRIEFING
    label = assessment.period.label
    titles = {
        SubjectKind.BRIEFING: f"{head.city}{label}《政府工作报告》任务进展情况",
        SubjectKind.UNIT: f"{subject.name}{label}《政府工作报告》任务进展情况",
        SubjectKind.LEADER: f"{subject.name}同志负责任务{label}进展情况",
    }
    return exhibit(
        Cover(
            issuing_office=head.issuing_office, title=head.title,
            issue_number=head.issue_number if city else "",
            subject_name=subject.name, period_label=label,
            headline=titles[subject.kind] + edition_mark(assessment),
            publish_date=assessment.issued_on, is_sample=assessment.is_sample, full_page=city,
        ),
        corrected_notice(assessment),
    )  # fmt: skip


def contents() -> Exhibit:
    """Show the table of contents."""
    return exhibit(Contents())


def summary(assessment: Assessment) -> Exhibit:
    """Say in a few sentences how things stand and what changed since last quarter."""
    stand, better, moved, disagreeing, arrived = headlines(assessment)
    return exhibit(paragraph(stand, better, moved), paragraph(disagreeing, arrived))


def counts(assessment: Assessment) -> Exhibit:
    """Show the number and share of tasks by grade, beside last quarter's."""
    now = total(assessment)
    before = total(assessment, assessment.quarter - 1) if assessment.quarter > 1 else None
    columns = [
        mark("grade", "核定结果", 2),
        number("count", "任务数（项）"),
        number("share", "占比"),
    ]
    if before is not None:
        columns += [number("before", "上季度（项）"), number("change", "增减（项）")]
    rows = [
        Row(cells=(grade, *_counted(now, before, grade)))
        for grade in Grade
        if now.counts[grade] or (before and before.counts[grade])
    ]
    rows.append(Row(cells=("合计", *_counted(now, before, *Grade)), total=True))
    return exhibit(
        Table(columns=tuple(columns), rows=tuple(rows), caption="任务核定结果", anchor="counts"),
        paragraph(_rounding_note(now)),
    )


def _counted(now: RollUp, before: RollUp | None, *grades: Grade) -> tuple[str, ...]:
    count = now.count(*grades)
    cells = (str(count), percent(count, now.total))
    if before is None:
        return cells
    earlier = before.count(*grades)
    return (*cells, str(earlier), sentences.signed(count - earlier))


def _rounding_note(now: RollUp) -> str:
    """Tell the reader when rounded shares do not add up to the whole."""
    if not now.total:
        return ""
    tenths = sum(
        int(rounded(Decimal(1000 * count) / now.total, 0)) for count in now.counts.values()
    )
    return "" if tenths == 1000 else "注：因四舍五入，各项占比之和与100%略有出入。"


def distribution(assessment: Assessment) -> Exhibit:
    """Draw how many tasks have each grade."""
    earlier = assessment.counts(assessment.quarter - 1) if assessment.quarter > 1 else None
    return exhibit(rating_chart(assessment.counts(), previous=earlier, caption="任务核定结果分布"))


def task_table(assessment: Assessment) -> Exhibit:
    """Show every task of the slice in a line: own word, rating, last quarter's, evidence."""
    ratings = {r.task_id: r for r in assessment.task_ratings()}
    columns = [number("number", "任务号", 0.6), text("goal", "任务", 3)]
    columns += [
        owner_column(assessment),
        mark("self", "单位自评", 1.2),
        mark("grade", "核定结果\n上季度核定", 1.3),
    ]
    rows = [
        Row(cells=(
            str(task.number), task_link(task), owner_of(assessment, task),
            str(rating.self_rating or "—"),
            (rating.grade, Muted(text=f"\n{rating.previous or '—'}")),
        ))
        for task in assessment.plan.tasks
        if (rating := ratings.get(task.task_id))
    ]  # fmt: skip
    return exhibit(
        Table(columns=tuple(columns), rows=tuple(rows), caption="任务一览", sortable=len(rows) > 5)
    )
