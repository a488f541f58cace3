"""What became of the steps that units promised by a date."""

from collections.abc import Sequence

from reporting.assess.followup.lag import lag
from reporting.assess.values import Assessment, SubjectKind
from reporting.documents.blocks import Block, Row, Table
from reporting.exhibits import sentences
from reporting.exhibits.building import mark, number, paragraph, text
from reporting.exhibits.naming import task_link
from reporting.exhibits.origins.steps import FOLLOWED, leads
from reporting.language.visible import in_quotes
from reporting.plan.values import Task
from reporting.returns.promises.follow import promise_id
from reporting.returns.promises.values import Commitment, State
from reporting.returns.reading.checks import passed_time
from reporting.returns.values import ProgressRow

NOT_YET = "时限未到"


def is_past(assessment: Assessment, row: ProgressRow) -> bool:
    """Tell whether what a row promises is past its day when the report appears."""
    return row.due_date is not None and row.due_date < assessment.issued_on


def step_words(assessment: Assessment, row: ProgressRow) -> str:
    """Give a row's next step; a time that it names and that has passed is said to be past."""
    named = passed_time(row, assessment.period.date_end)
    return row.next_step + (f"（所写时限{in_quotes(named)}已过，待核实）" if named else "")


def lag_words(assessment: Assessment, task_id: str) -> str:
    """Say for how long a task has lagged; nothing of one that began to in this quarter."""
    found = lag(assessment, task_id)
    parts = [f"连续{found.quarters}个季度滞后"] if found.quarters > 1 else []
    if found.days:
        parts.append(f"到期未办结的事项最早的已逾期{found.days}天（截至{_day_of(assessment)}）")
    return "，".join(parts)


def _day_of(assessment: Assessment) -> str:
    return sentences.day(assessment.period.date_end)


def commitment_of(assessment: Assessment, row: ProgressRow) -> Commitment | None:
    """Find the step that a row promised."""
    key = promise_id(row), row.unit
    return next((c for c in assessment.commitments if (c.promise_id, c.unit) == key), None)


def state_words(assessment: Assessment, one: Commitment) -> str:
    """Say what became of a promised step, by the end of the period."""
    days = one.days_overdue(assessment.period.date_end)
    if one.state is State.WITHDRAWN:
        return one.state.label
    if one.state is State.KEPT:
        return f"按期完成（{sentences.day(one.done_on)}）"
    if one.state is State.LATE:
        return f"逾期{days}天完成（{sentences.day(one.done_on)}）"
    asks = f"，申请延期至{sentences.day(one.put_off_to)}" if one.put_off_to else ""
    asks += "未获同意" if one.refused else "，尚未批准" if asks else ""
    if not days:
        past = one.due < assessment.issued_on
        return ("时限已到，待核实" if past else NOT_YET) + asks
    if _is_answered(assessment, one):
        return f"逾期{days}天未完成{asks}"
    return f"时限已过{days}天，{'未答复' if _was_asked(assessment, one) else '尚待核实'}{asks}"


def promised(assessment: Assessment) -> list[Block | None]:
    """Tell what became of the steps promised in earlier quarters: counts, then what was not kept.

    The city's and a leader's report name those of which something was said; a unit's names all.
    """
    found = followed(assessment)
    if not found:
        return []
    own = assessment.subject.kind is SubjectKind.UNIT
    shown = found if own else not_kept(assessment)
    table = _table(assessment, shown) if shown else None
    return [paragraph(promised_sentence(assessment, found), origin=leads(FOLLOWED)), table]


def followed(assessment: Assessment) -> list[Commitment]:
    """Give the steps promised before the quarter that were open when it began."""
    return [c for c in assessment.commitments if _concerns(assessment, c)]


def not_kept(assessment: Assessment) -> list[Commitment]:
    """Give those of them that were not kept, as far as something was said of them."""
    return [
        c for c in followed(assessment) if c.state is not State.KEPT and _is_answered(assessment, c)
    ]


def _concerns(assessment: Assessment, one: Commitment) -> bool:
    """Tell whether a step was still open when the quarter began."""
    before = one.made_in < assessment.quarter
    return before and (one.state is State.OPEN or _is_answered(assessment, one))


def _is_answered(assessment: Assessment, one: Commitment) -> bool:
    return one.answered_in == assessment.quarter


def _was_asked(assessment: Assessment, one: Commitment) -> bool:
    """Tell whether this quarter's return asked about a step."""
    key = one.promise_id, one.unit, assessment.quarter
    return any((a.promise_id, a.unit, a.quarter) == key for a in assessment.answers)


def promised_sentence(assessment: Assessment, found: Sequence[Commitment]) -> str:
    """Count promised steps by what became of them."""
    counts: dict[str, int] = {}
    for one in found:
        word = outcome_class(assessment, one)
        counts[word] = counts.get(word, 0) + 1
    parts = "、".join(f"{word}{counts[word]}项" for word in _CLASSES if word in counts)
    return f"以前季度提出且有完成时限的措施{len(found)}项，截至{_day_of(assessment)}，{parts}。"


_OVERDUE, _SILENT, _UNKNOWN = "逾期未完成", "时限已过、未答复", "时限已过、尚待核实"
_CLASSES = (
    *(s.label for s in (State.KEPT, State.LATE)), _OVERDUE, _SILENT, _UNKNOWN,
    State.WITHDRAWN.label, NOT_YET,
)  # fmt: skip


def outcome_class(assessment: Assessment, one: Commitment) -> str:
    """Say in a word what became of a step, as it is counted."""
    if one.state is not State.OPEN:
        return one.state.label
    if not one.days_overdue(assessment.period.date_end):
        return NOT_YET
    if _is_answered(assessment, one):
        return _OVERDUE
    return _SILENT if _was_asked(assessment, one) else _UNKNOWN


def _table(assessment: Assessment, shown: Sequence[Commitment]) -> Table:
    own = assessment.subject.kind is SubjectKind.UNIT
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("goal", "任务", 1.6),
            *(() if own else (text("unit", "牵头单位", 1.2),)),
            text("step", "所报措施", 2.4), mark("due", "承诺时限", 1.1),
            mark("state", "办理情况", 1.5), text("note", "说明", 1.4),
        ),
        rows=tuple(_row(assessment, one, own=own) for one in shown),
        caption="承诺措施办理情况",
        sortable=len(shown) > 5,
    )  # fmt: skip


def _row(assessment: Assessment, one: Commitment, *, own: bool) -> Row:
    task: Task = assessment.plan.task(one.task_id)
    due = sentences.day(one.due)
    if one.due != one.first_due:
        due += f"\n（原定{sentences.day(one.first_due)}）"
    return Row(cells=(
        task.label, task_link(task, 24), *(() if own else (one.unit,)), one.text, due,
        state_words(assessment, one), one.note or "—",
    ))  # fmt: skip
