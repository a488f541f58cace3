"""Cover, counts and the summary that opens a report."""

from decimal import Decimal

from reporting.assess.rating import rule
from reporting.assess.rollups import NO_RATE, RollUp, shown, total
from reporting.assess.subjects.declared import usual_title
from reporting.assess.values import Assessment, SubjectKind
from reporting.documents.blocks import Contents, Cover, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.building import (
    Cell,
    exhibit,
    mark,
    number,
    paragraph,
    text,
)
from reporting.exhibits.charts import rating_chart
from reporting.exhibits.editions.notice import corrected_notice, edition_mark
from reporting.exhibits.facts import is_silent, unless_silent
from reporting.exhibits.headlines import headlines
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    apart_mark,
    owner_column,
    owner_of,
    task_link,
)
from reporting.exhibits.origins.counts import compared_steps
from reporting.exhibits.origins.steps import ARRIVALS, CALENDAR, COUNTS, about, divided, leads
from reporting.grades import EVERY, Grade, Kinds
from reporting.language.numerals import rounded


@in_labels
def cover(assessment: Assessment) -> Exhibit:
    """Show the masthead and the title; the city pack's stands on a page of its own."""
    head, subject = assessment.masthead, assessment.subject
    city = subject.kind is SubjectKind.BRIEFING
    label = assessment.period.label
    sheet = "催办单" if is_silent(assessment) else "交办单"
    titles = {
        SubjectKind.BRIEFING: f"{head.city}{label}《政府工作报告》任务进展情况",
        SubjectKind.PUBLIC: f"{head.city}{label}《政府工作报告》任务进展情况（公开版）",
        SubjectKind.UNIT: f"{subject.name}{label}任务{sheet}",
        SubjectKind.LEADER: f"{subject.name}同志负责任务{label}进展情况",
    }
    headline = assessment.title or titles.get(subject.kind) or usual_title(assessment, subject)
    return exhibit(
        Cover(
            issuing_office=head.issuing_office, title=head.title,
            issue_number=head.issue_number if city else "",
            subject_name=subject.name, period_label=label,
            headline=headline + _edition(assessment),
            publish_date=assessment.issued_on, is_sample=assessment.is_sample, full_page=city,
            seal=assessment.seal.printed if assessment.seal else "", origin=leads(CALENDAR),
        ),
        None if subject.kind is SubjectKind.PUBLIC else corrected_notice(assessment),
    )  # fmt: skip


def _edition(assessment: Assessment) -> str:
    """Mark a later edition; what it changed, and why, is told to the offices only."""
    if assessment.subject.kind is not SubjectKind.PUBLIC:
        return edition_mark(assessment)
    number = assessment.edition_number
    return f"（第{number}版）" if number > 1 else ""


def contents(depth: int = 2) -> Exhibit:
    """Show the table of contents, of headings down to a level."""
    return exhibit(Contents(depth=depth))


@in_labels
@unless_silent
def summary(assessment: Assessment) -> Exhibit:
    """Say in a few sentences how things stand and what changed since last quarter."""
    stand, better, moved, disagreeing, arrived = headlines(assessment)
    return exhibit(
        paragraph(stand, better, moved, origin=leads(COUNTS)),
        paragraph(disagreeing, arrived, origin=leads(COUNTS, ARRIVALS)),
    )


@in_labels
@unless_silent
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
        _row(str(grade), grade, now, before, grade)
        for grade in shown([now, *([before] if before else [])])
    ]
    return exhibit(
        Table(
            columns=tuple(columns),
            rows=(*rows, *_sums(now, before)),
            caption="任务核定结果",
            anchor="counts",
        ),
        paragraph(_rounding_note(now), origin=_shares(now)),
        paragraph(_apart_note(now, before)),
    )


def _row(
    words: str,
    first: Cell,
    now: RollUp,
    before: RollUp | None,
    of: Grade | Kinds,
    *,
    total: bool = False,
) -> Row:
    earlier = before.ids(of) if before else None
    steps = compared_steps(words, now.ids(of), now.due, earlier)
    return Row(cells=(first, *_counted(now, before, of)), total=total, origin=steps)


def _counted(now: RollUp, before: RollUp | None, of: Grade | Kinds) -> tuple[str, ...]:
    earlier = before.count(of) if before else None
    return _cells(now.count(of), now.share(of), earlier)


def _cells(count: int, share: str, earlier: int | None) -> tuple[str, ...]:
    compared = () if earlier is None else (str(earlier), sentences.signed(count - earlier))
    return (str(count), share, *compared)


def _sums(now: RollUp, before: RollUp | None) -> list[Row]:
    """Add up the grades, and what is counted apart from them where there is any."""
    if not _any_apart(now, before):
        return [_row("全部任务", "合计", now, before, EVERY, total=True)]
    return [
        _row("有到期或者在办事项的任务", "小计", now, before, EVERY, total=True),
        _apart_row(rule.NOTHING_DUE, rule.NOTHING_DUE, now, before, Kinds()),
        _apart_row("全部任务", "合计", now, before, EVERY),
    ]


def _apart_row(words: str, first: str, now: RollUp, before: RollUp | None, of: Kinds) -> Row:
    """Count what is no part of the shares: what nothing is due of, and all with it."""
    own = now.ids(of) + now.apart
    earlier = before.ids(of) + before.apart if before else None
    cells = _cells(len(own), NO_RATE, None if earlier is None else len(earlier))
    steps = compared_steps(words, own, now.due, earlier)
    return Row(cells=(first, *cells), total=True, origin=steps)


def _any_apart(now: RollUp, before: RollUp | None) -> bool:
    return bool(now.nothing_due or (before and before.nothing_due))


def _apart_note(now: RollUp, before: RollUp | None) -> str:
    if not _any_apart(now, before):
        return ""
    return (
        f"注：“{rule.NOTHING_DUE}”为本季度没有到期或者在办事项、此前没有遗留的任务，单列统计，"
        "占比以其余任务（小计）为基数。"
    )


def _rounding_note(now: RollUp) -> str:
    """Tell the reader when rounded shares do not add up to the whole."""
    if not now.due:
        return ""
    tenths = sum(int(rounded(Decimal(1000 * count) / now.due, 0)) for count in now.counts.values())
    return "" if tenths == 1000 else "注：因四舍五入，各项占比之和与100%略有出入。"


def _shares(now: RollUp) -> tuple[Step, ...]:
    shares = [divided(f"“{g}”占比", now.count(g), now.due) for g in shown([now])]
    return (*shares, Step(words="各项占比合计应为100%"))


@in_labels
def distribution(assessment: Assessment) -> Exhibit:
    """Draw how many tasks have each grade."""
    before = total(assessment, assessment.quarter - 1) if assessment.quarter > 1 else None
    drawn = rating_chart(
        total(assessment), previous=before, caption="任务核定结果分布",
        labels=assessment.masthead.labels,
    )  # fmt: skip
    return exhibit(drawn.model_copy(update={"origin": leads(COUNTS)}))


@in_labels
@unless_silent
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
            task.label, task_link(task), owner_of(assessment, task),
            str(rating.self_rating or "—"),
            (rating.grade, apart_mark(rating), Muted(text=f"\n{rating.previous or '—'}")),
        ), origin=about(task))
        for task in assessment.plan.tasks
        if (rating := ratings.get(task.task_id))
    ]  # fmt: skip
    return exhibit(
        Table(columns=tuple(columns), rows=tuple(rows), caption="任务一览", sortable=len(rows) > 5)
    )
