"""交办单: the first page of a unit's report, with what to do, by when, and who."""

from collections.abc import Iterator, Sequence
from datetime import date

from reporting.assess.rating import rule
from reporting.assess.values import Assessment, Rating
from reporting.documents.blocks import Annex, Block, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.action.following import following_duties, following_table
from reporting.exhibits.action.owed import owed
from reporting.exhibits.building import Cell, exhibit, mark, number, paragraph, text
from reporting.exhibits.facts import is_silent, missing_return
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import leaders_of, task_link
from reporting.exhibits.origins.steps import COMING, about, counted, ids_of, leads, stated
from reporting.exhibits.tasks.lagging import concerned_rows
from reporting.exhibits.tasks.parts import parts_words
from reporting.exhibits.tasks.promises import is_past
from reporting.grades import OPEN, Kind
from reporting.returns.values import ProgressRow

_MOST_OPEN = 7
_ROOM, _OPEN_ROW, _HEADS, _NAME_LINE = 12, 2, 2, 9
"""How many lines of tables the page holds below its opening: a row of an open task takes two, the
second table's own heads two, and a longer name of a unit two more for every line of the title.
"""
_WANTED = {
    Kind.BEHIND: "赶上进度",
    Kind.FAR_BEHIND: "赶上进度并说明原因",
    Kind.NOT_STARTED: "明确启动时间",
    Kind.PAUSED: "说明依据和后续安排",
    Kind.NOT_REPORTED: "补报进展情况",
    Kind.UNDECIDED: "补充、核实所填内容",
}
"""What is wanted of a task by its grade."""


@in_labels
def action_sheet(assessment: Assessment) -> Exhibit:
    """Show a unit what to do by when; one that did not report, what it owes."""
    status = missing_return(assessment)
    if status is not None and is_silent(assessment):
        return exhibit(*owed(assessment, status))
    return exhibit(*_sheet(assessment))


@in_labels
def attachment(assessment: Assessment, title: str = "任务进展情况") -> Exhibit:
    """Begin an annex (附件) on a page of its own."""
    if is_silent(assessment):
        return exhibit()
    return exhibit(Annex(label="附件", title=title))


def _sheet(assessment: Assessment) -> Iterator[Block | None]:
    found = sorted((r for r in assessment.task_ratings() if r.grade in OPEN), key=rule.trouble)
    steps = (counted("需办理的任务", [r.task_id for r in found]),)
    yield paragraph(_opening(assessment, len(found)), origin=steps)
    shown = found[:_MOST_OPEN]
    if found:
        yield _table(assessment, shown)
    if rest := found[_MOST_OPEN:]:
        numbers = "、".join(assessment.plan.task(r.task_id).label for r in rest)
        yield paragraph(
            f"另有需办理的任务{len(rest)}项：任务{numbers}，见附件。",
            origin=_rest_steps(assessment, rest),
        )
    yield _following(assessment, shown)


def _rest_steps(assessment: Assessment, rest: Sequence[Rating]) -> tuple[Step, ...]:
    tasks = [assessment.plan.task(rating.task_id) for rating in rest]
    return (counted("另有需办理的任务", ids_of(tasks)), *about(*tasks))


def _following(assessment: Assessment, shown: Sequence[Rating]) -> Block | None:
    """List next quarter's duties in the lines that are left; where none are, count them."""
    title = _HEADS * min(len(assessment.subject.name) // _NAME_LINE, 2)
    room = _ROOM - title - (_HEADS + _lines(assessment, shown) if shown else 0)
    if room > 1:
        return following_table(assessment, room)
    count = len(following_duties(assessment))
    words = f"下季度应推进的事项{count}项，见附件。"
    return paragraph(words, origin=leads(COMING)) if count else None


def _lines(assessment: Assessment, shown: Sequence[Rating]) -> int:
    """Count the lines of open tasks; the count of a task's parts takes one of its own."""
    parts = sum(bool(parts_words(assessment, rating.task_id)) for rating in shown)
    return _OPEN_ROW * len(shown) + parts


def _opening(assessment: Assessment, found: int) -> str:
    name, following = assessment.subject.name, assessment.period.following
    ask = f"需办理的任务{found}项，请按时限办结" if found else "本季度没有需催办的任务"
    if following is None:
        return f"{name}：{ask}。"
    return f"{name}：{ask}；办理情况和下列应推进的事项，随{following.short_label}报表反馈。"


def _table(assessment: Assessment, found: Sequence[Rating]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("task", "任务、要求和所报措施", 4.6),
            mark("until", "时限", 1), text("who", "责任领导\n填报人", 1),
        ),
        rows=tuple(_row(assessment, rating) for rating in found),
        caption="需办理的任务",
    )  # fmt: skip


def _row(assessment: Assessment, rating: Rating) -> Row:
    task = assessment.plan.task(rating.task_id)
    rows = concerned_rows(assessment, task)
    steps = list(dict.fromkeys(sentences.clipped(r.next_step, 20) for r in rows if r.next_step))
    who = dict.fromkeys(row.reporter for row in rows if row.reporter)
    return Row(cells=(
        task.label,
        (
            task_link(task, 15), f"：{_WANTED[rating.grade.kind]}",
            Muted(text=f"\n{_stand(assessment, rating)}；所报措施：{_first(steps)}"),
        ),
        _until(assessment, rows), "\n".join([leaders_of(task), "、".join(who)]).strip(),
    ), origin=(*about(task), stated(f"所报措施：{len(steps)}条", [task.task_id])))  # fmt: skip


def _first(steps: Sequence[str]) -> str:
    if not steps:
        return "未填报，请补报"
    return steps[0] + (f"等{len(steps)}条" if len(steps) > 1 else "")


def _stand(assessment: Assessment, rating: Rating) -> str:
    """Say how a task stands: by its parts where it has several."""
    return parts_words(assessment, rating.task_id) or str(rating.grade)


def _until(assessment: Assessment, rows: Sequence[ProgressRow]) -> Cell:
    """Give the last day promised; a past one, or none, is said to be so."""
    dated: list[tuple[date, ProgressRow]] = [(r.due_date, r) for r in rows if r.due_date]
    if not dated:
        return "请补报"
    day, row = max(dated, key=lambda pair: pair[0])
    return sentences.day_in(day, assessment.period.year) + (
        "\n（已过，请重报）" if is_past(assessment, row) else ""
    )
