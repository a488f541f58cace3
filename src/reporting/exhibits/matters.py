"""What a leader looks at first: open points, highlights, lagging tasks, disagreements."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reporting.assess.followup import OpenPoint, Outcome, open_points
from reporting.assess.rating import rule
from reporting.assess.rating.figures import gap_text, is_doubtful, measure_name
from reporting.assess.rating.targets import plan_text
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import BulletList, Card, Fields, Heading, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits import prose
from reporting.exhibits.parts import (
    Cell,
    evidence_cell,
    exhibit,
    leaders_of,
    mark,
    nothing,
    number,
    paragraph,
    party,
    party_of,
    rating_units,
    rows_of,
    said,
    task_link,
    text,
    units_of,
)
from reporting.grades import GOOD, LAGGING, Grade
from reporting.language.comparators import Comparator
from reporting.language.numerals import quantity
from reporting.language.visible import in_quotes
from reporting.plan.values import Target, Task
from reporting.returns.values import ProgressRow

_MOST_HIGHLIGHTS = 10
_EXCEEDED = 110
"""Per cent of the plan from which a target counts as exceeded."""


def followed_up(assessment: Assessment) -> Exhibit:
    """Show last quarter's open points, what was promised, and what became of them."""
    if assessment.quarter == 1:
        return exhibit(nothing("本年度第一次通报，没有上季度事项需要跟踪。"))
    found = open_points(assessment)
    settled = [point for point in found if point.outcome is Outcome.SETTLED]
    pending = [point for point in found if point.outcome is not Outcome.SETTLED]
    return exhibit(
        paragraph(prose.followup_sentence(found)),
        _pending_table(assessment, pending) if pending else None,
        _settled_table(assessment, settled) if settled else None,
    )


def _pending_table(assessment: Assessment, found: Sequence[OpenPoint]) -> Table:
    label = f"任务\n（{party(assessment).label}）"
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", label, 2.4),
            text("promise", "上季度所报措施和时限", 2.6),
            mark("grades", "上季度核定\n本季度核定", 1.6), mark("outcome", "办理情况", 0.9),
        ),
        rows=tuple(_pending_row(assessment, point) for point in found),
        caption="尚未解决的上季度跟踪事项",
        sortable=len(found) > 5,
    )  # fmt: skip


def _pending_row(assessment: Assessment, point: OpenPoint) -> Row:
    task = point.task
    promise = said(point.promised, "next_step", task.lead_units) or "未提出"
    dates = [row.due_date for row in point.promised if row.due_date]
    until = f"（{prose.day(max(dates))}前）" if dates else ""
    return Row(cells=(
        str(task.number),
        (task_link(task, 26), Muted(text=f"\n（{party_of(assessment, task)}）")),
        (promise, Muted(text=until) if until else ""),
        (point.before.grade, "\n", point.now.grade), str(point.outcome),
    ))  # fmt: skip


def _settled_table(assessment: Assessment, found: Sequence[OpenPoint]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 3.6),
            party(assessment, 1.6), mark("grades", "上季度核定\n本季度核定", 1.6),
        ),
        rows=tuple(
            Row(cells=(
                str(p.task.number), task_link(p.task, 30), party_of(assessment, p.task),
                (p.before.grade, "\n", p.now.grade),
            ))
            for p in found
        ),
        caption="已解决的上季度跟踪事项",
        sortable=len(found) > 5,
    )  # fmt: skip


def highlights(assessment: Assessment) -> Exhibit:
    """List what was finished, exceeded or recovered this quarter, each on its own figures."""
    items = [
        (*_named(assessment.plan.task(r.task_id)), words) for r, words in _highlighted(assessment)
    ]
    if not items:
        return exhibit(nothing("本季度没有新完成、超额完成或者由滞后转为达到序时进度的任务。"))
    more = len(items) - _MOST_HIGHLIGHTS
    return exhibit(
        paragraph(
            f"本季度新完成、超额完成或者由滞后转为达到序时进度的任务{len(items)}项"
            + (f"，列出其中{_MOST_HIGHLIGHTS}项：" if more > 0 else "：")
        ),
        BulletList(items=tuple(items[:_MOST_HIGHLIGHTS]), ordered=True),
    )


def _named(task: Task) -> tuple[Cell, ...]:
    return (task_link(task, 36), Muted(text=f"（任务{task.number}，{units_of(task)}）"), "：")


def _highlighted(assessment: Assessment) -> Iterable[tuple[Rating, str]]:
    """Newly finished first, then exceeded by the most, then recovered; a task once."""
    good = [r for r in assessment.task_ratings() if r.grade in GOOD and r.evidence]
    current = [r for r in good if r.rule != rule.CARRIED]
    finished = [r for r in current if r.grade is Grade.DONE and r.previous is not Grade.DONE]
    finished.sort(key=lambda r: -_share(_best(assessment, r)))
    exceeded = [r for r in current if _share(_best(assessment, r)) >= _EXCEEDED]
    exceeded.sort(key=lambda r: -_share(_best(assessment, r)))
    recovered = [r for r in current if r.previous in LAGGING]
    told: dict[str, tuple[Rating, str]] = {}
    for rating in finished:
        if _best(assessment, rating) or not _in_doubt(assessment, rating):
            told.setdefault(
                rating.task_id, (rating, f"全年任务已完成，{_proof(assessment, rating)}")
            )
    for rating in exceeded:
        told.setdefault(rating.task_id, (rating, _proof(assessment, rating)))
    for rating in recovered:
        if _in_doubt(assessment, rating):
            continue
        words = f"由“{rating.previous}”转为“{rating.grade}”，{_quote(rating)}"
        told.setdefault(rating.task_id, (rating, words))
    return told.values()


def _proof(assessment: Assessment, rating: Rating) -> str:
    """Give the figure that shows the most, else the unit's words."""
    best = _best(assessment, rating)
    return best.reason if best is not None else _quote(rating)


def _quote(rating: Rating) -> str:
    return f"报表填报{in_quotes(rating.evidence[-1].quote.rstrip('。；;'))}。"


def _best(assessment: Assessment, rating: Rating) -> Rating | None:
    """Find the target that was met and exceeds its plan the most."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(rating.task_id)}
    found = [
        r
        for r in _target_ratings(assessment, rating.task_id)
        if r.grade in GOOD and _share(r) and _may_be_praised(targets[r.subject_id], r)
    ]
    return max(found, key=_share, default=None)


def _may_be_praised(target: Target, rating: Rating) -> bool:
    """Tell whether more is better, and the figure no doubt."""
    capped = target.comparator is Comparator.AT_MOST
    return not capped and not is_doubtful(target, rating.actual)


def _in_doubt(assessment: Assessment, rating: Rating) -> bool:
    """Tell whether a figure wants checking, and with it the words that repeat it."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(rating.task_id)}
    return any(
        is_doubtful(targets[r.subject_id], r.actual)
        for r in _target_ratings(assessment, rating.task_id)
    )


def _share(rating: Rating | None) -> Decimal:
    """Return actual ÷ plan in per cent; 0 where there is none of either."""
    if rating is None or not rating.plan or rating.actual is None:
        return Decimal(0)
    return rating.actual / rating.plan * 100


def _target_ratings(assessment: Assessment, task_id: str) -> list[Rating]:
    ids = {t.target_id for t in assessment.plan.targets_of(task_id)}
    units = rating_units(assessment, assessment.plan.task(task_id))
    return [
        r
        for r in assessment.ratings
        if r.subject_id in ids and r.quarter == assessment.quarter and r.unit in units
    ]


def lagging(assessment: Assessment, *grades: Grade) -> Exhibit:
    """Show the tasks of those grades: target, actual, gap, unit, leader, cause, next step.

    Without grades: 严重滞后, 未启动 and 未达序时进度, in this order.
    """
    wanted = grades or tuple(g for g in rule.WORST_FIRST if g in LAGGING)
    found = [r for r in assessment.task_ratings() if r.grade in wanted]
    found.sort(key=rule.trouble)
    if not found:
        return exhibit(nothing(f"没有核定为{'、'.join(f'“{g}”' for g in wanted)}的任务。"))
    return exhibit(*(_lag_card(assessment, rating) for rating in found))


def _lag_card(assessment: Assessment, rating: Rating) -> Card:
    task = assessment.plan.task(rating.task_id)
    title = f"任务{task.number}：{prose.clipped(task.goal, 34)}"
    rows = [r for r in _last_rows(assessment, task) if _concerned(assessment, r)]
    units = rating_units(assessment, task)
    trouble = [said(rows, field, units) for field in ("problem", "cause")]
    pairs: list[tuple[str, Cell]] = [
        ("牵头单位", f"{units_of(task)}　责任领导：{leaders_of(task)}"),
        ("核定依据", _grounds(assessment, rating)),
        ("问题和原因", "\n".join(filter(None, trouble)) or "未填报"),
        ("下一步措施", _promised(rows, units)),
    ]
    return Card(
        heading=Heading(level=3, text=title, anchor=f"lag-{task.number:03d}"),
        marks=(rating.grade,),
        blocks=(Fields(rows=tuple(pairs)),),
    )


def _promised(rows: Sequence[ProgressRow], units: Sequence[str]) -> Cell:
    """Say what is to be done and until when; a date without a step promises nothing."""
    step = said(rows, "next_step", units)
    dates = [row.due_date for row in rows if row.due_date]
    until = prose.day(max(dates)) if dates else ""
    if not step:
        return f"未填报（所报完成时限为{until}）" if until else "未填报"
    return (step, Muted(text=f"（{until}前完成）" if until else "（未填报完成时限）"))


def _last_rows(assessment: Assessment, task: Task) -> Sequence[ProgressRow]:
    """Return this quarter's rows, or where nothing was due the last that came."""
    for quarter in range(assessment.quarter, 0, -1):
        if rows := rows_of(assessment, task.task_id, quarter):
            return rows
    return ()


def _concerned(assessment: Assessment, row: ProgressRow) -> bool:
    """Tell whether a row speaks of something that is not on schedule."""
    rating = assessment.rating(row.milestone_id, unit=row.unit, quarter=row.quarter)
    return rating is None or rating.grade not in GOOD


def _grounds(assessment: Assessment, rating: Rating) -> Cell:
    """Say why a task lags: the reason, every lagging figure, and what is quoted."""
    parts: list[Cell] = [rating.reason, *_other_figures(assessment, rating)]
    if rating.evidence:
        parts += ["\n", *evidence_cell(rating)]
    return tuple(parts)


def _other_figures(assessment: Assessment, rating: Rating) -> list[str]:
    """Write plan, actual and gap of the lagging targets that the reason does not name."""
    targets = {t.target_id: t for t in assessment.plan.targets_of(rating.task_id)}
    return [
        _figure_line(measure_name(assessment.plan, targets[r.subject_id]), r, targets)
        for r in _target_ratings(assessment, rating.task_id)
        if r.gap and r.reason not in rating.reason
    ]


def _figure_line(name: str, rating: Rating, targets: Mapping[str, Target]) -> str:
    assert rating.actual is not None
    assert rating.gap is not None
    target = targets[rating.subject_id]
    return (
        f"\n{name}：计划{plan_text(target)}，"
        f"实际{quantity(rating.actual, target.unit)}，{gap_text(target, rating.gap)}。"
    )


def disagreements(assessment: Assessment) -> Exhibit:
    """Show where the office's rating differs from the unit's own word, and why."""
    found = [r for r in assessment.task_ratings() if rule.differs(r)]
    if not found:
        return exhibit(nothing("核定结果与单位自评没有不一致的任务。"))
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 1.9),
                party(assessment), mark("grades", "单位自评\n核定结果", 1.6),
                text("why", "理由和条款", 3),
            ),
            rows=tuple(_disagreement_row(assessment, r) for r in found),
            caption="核定结果与单位自评不一致的任务",
            sortable=len(found) > 5,
        )
    )  # fmt: skip


def _disagreement_row(assessment: Assessment, rating: Rating) -> Row:
    task = assessment.plan.task(rating.task_id)
    return Row(cells=(
        str(task.number), task_link(task, 26), party_of(assessment, task),
        (rating.self_rating or "—", "\n", rating.grade),
        (rating.reason, Muted(text=f"〔{rating.rule}〕")),
    ))  # fmt: skip


def coordination(assessment: Assessment) -> Exhibit:
    """Show what the units ask others to help with."""
    rows = [r for r in assessment.progress if r.quarter == assessment.quarter and r.coordination]
    if not rows:
        return exhibit(nothing("本季度没有单位提出需协调事项。"))
    rows.sort(key=lambda r: r.milestone_id)
    tasks = [assessment.plan.task(r.task_id) for r in rows]
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 2),
                text("unit", "提出单位", 1.3), text("words", "需协调事项", 3),
            ),
            rows=tuple(
                Row(cells=(str(t.number), task_link(t, 30), r.unit, r.coordination))
                for t, r in zip(tasks, rows, strict=True)
            ),
            caption="需协调事项",
        )
    )  # fmt: skip
