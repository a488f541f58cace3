"""What an edition changed: each fact under its kind, and under it what it moved."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reporting.assess.editions.causes import Cause, Consequence, causes, matter_of
from reporting.assess.rating.rule import NOTHING_DUE
from reporting.assess.values import Assessment, Change, Edition, Headline, Move, SubjectKind
from reporting.documents.blocks import (
    Block,
    Card,
    FieldRow,
    Fields,
    GradeMark,
    Heading,
    Link,
    Muted,
    Notice,
    text_of,
)
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import Cell, exhibit, nothing, paragraph
from reporting.exhibits.editions.words import marked
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.origins.steps import CALENDAR, leads, stated
from reporting.grades import Grade
from reporting.periods import full_date, quarter_label

_ANCHOR = "corrections"
Pair = tuple[str, Cell]


def edition_mark(assessment: Assessment) -> str:
    """Write what stands behind a title: ``（第2版，补报、更正）``; nothing in the first edition."""
    if not assessment.editions:
        return ""
    edition = assessment.editions[-1]
    return f"（第{edition.number}版，{'、'.join(edition.kinds)}）"


def corrected_notice(assessment: Assessment) -> Notice | None:
    """Tell the reader at the head of a report that it is a later edition."""
    if not assessment.editions:
        return None
    return Notice(
        tone="warning",
        inlines=(
            _sentence(assessment, assessment.editions[-1]),
            "详见",
            Link(text="更正说明", anchor=_ANCHOR),
            "。",
        ),
        origin=_steps(assessment, assessment.editions[-1]),
    )


@in_labels
def corrections(assessment: Assessment) -> Exhibit:
    """Show every fact that an edition changed, and what it moved; the newest edition first.

    Of a first edition the city's report says that it is one; the others say nothing.
    """
    if not assessment.editions and assessment.subject.kind is not SubjectKind.BRIEFING:
        return exhibit()
    if not assessment.editions:
        return exhibit(nothing("本报告为第1版，没有更正。", origin=leads(CALENDAR)))
    blocks = [b for e in reversed(assessment.editions) for b in _edition(assessment, e)]
    return exhibit(*blocks)


def _edition(assessment: Assessment, edition: Edition) -> Iterator[Block | None]:
    found = causes(edition, assessment.quarter)
    newest = edition is assessment.editions[-1]
    yield Heading(
        level=3, text=f"第{edition.number}版", anchor=_ANCHOR if newest else "",
        origin=_steps(assessment, edition),
    )  # fmt: skip
    yield paragraph(_sentence(assessment, edition), origin=_steps(assessment, edition))
    moved = tuple(_headlines(h for h in edition.headlines if h.subject == assessment.subject))
    for cause in found:
        rows = (*_rows(assessment, cause), *(moved if len(found) == 1 else ()))
        heading = _title(cause)
        yield Card(
            heading=heading, blocks=(_fields(rows, edition),), origin=(stated(heading.text),)
        )
    if moved and len(found) != 1:
        yield paragraph("以上变动使总体情况中的下列文字相应改变：")
        yield _fields(moved, edition)


def _fields(rows: Sequence[Pair], edition: Edition) -> Fields:
    """Set what an edition changed; its figures are those of the record of changes itself."""
    made = [FieldRow(label=label, value=words) for label, words in rows]
    return Fields(
        rows=tuple(row.model_copy(update={"origin": (_recorded(edition, row),)}) for row in made)
    )


def _recorded(edition: Edition, row: FieldRow) -> Step:
    return stated(f"第{edition.number}版更正记录，{row.label}：{text_of(row.value)}")


def _steps(assessment: Assessment, edition: Edition) -> tuple[Step, ...]:
    return (stated(f"更正记录：{_sentence(assessment, edition)}"),)


# --- how much -------------------------------------------------------------------------------


def _sentence(assessment: Assessment, edition: Edition) -> str:
    """Say how many facts of which kind, and how many ratings they moved."""
    counted = Counter(change.kind for change in edition.changes)
    facts = "、".join(f"{kind}{counted[kind]}处" for kind in edition.kinds if counted[kind])
    dated = f"（{full_date(edition.on)}）" if edition.on else ""
    head = f"第{edition.number}版{dated}较上一版{facts or '没有改动内容'}"
    return f"{head}，{_moved_words(assessment, edition)}。"


def _moved_words(assessment: Assessment, edition: Edition) -> str:
    moves = [_of_quarter(move, assessment.quarter) for move in edition.moves]
    counted = {(m.quarter, m.task_id) for m in moves if m.unit == assessment.rating_unit}
    partly = {(m.quarter, m.task_id) for m in moves if m.unit is not None} - counted
    words = []
    if counted:
        words.append(f"{_by_quarter(assessment, counted)}的核定结果随之变动")
    if partly:
        also = "另有" if counted else ""
        words.append(f"{also}{_by_quarter(assessment, partly)}仅个别牵头单位的核定结果变动")
    return "，".join(words) or "核定结果没有变动"


def _by_quarter(assessment: Assessment, found: Iterable[tuple[int | None, str]]) -> str:
    counts = Counter(quarter for quarter, _ in found)
    if set(counts) == {assessment.quarter}:
        return f"{counts[assessment.quarter]}项任务"
    quarters = sorted(counts, key=lambda quarter: quarter or 0)
    return "、".join(f"{_quarter(q)}{counts[q]}项任务" for q in quarters)


def _of_quarter(move: Move, quarter: int) -> Move:
    return move if move.quarter else move.model_copy(update={"quarter": quarter})


def _quarter(quarter: int | None) -> str:
    return quarter_label((quarter,)) if quarter else ""


# --- cause ----------------------------------------------------------------------------------


def _title(cause: Cause) -> Heading:
    return Heading(level=4, text=f"{cause.place}. {cause.kind}　{_what(cause)}")


def _what(cause: Cause) -> str:
    """Name what a cause is about: a unit's row on a task, a task, everything."""
    if not cause.changes:
        return "没有找到对应的数据变动"
    first = cause.changes[0]
    whose = [first.task, first.unit, _quarter(first.quarter)]
    if not first.task_id:
        whose.append("报表" if first.unit else matter_of(first))
    return "　".join(part for part in whose if part)


def _rows(assessment: Assessment, cause: Cause) -> Iterator[Pair]:
    for change in cause.changes:
        yield change.field, _words(change)
    reasons = dict.fromkeys(change.reason for change in cause.changes if change.reason)
    if reasons:
        yield "依据", "；".join(reasons)
    yield from _moved(assessment, cause)


def _words(change: Change) -> Cell:
    """Write old and new below each other, with what differs marked and where it stands."""
    old, new = marked(change.old, change.new)
    return ("原为：", *old, *_at(change.old_where, change), "\n现为：", *new,
            *_at(change.new_where, change))  # fmt: skip


def _at(where: str, change: Change) -> tuple[Cell, ...]:
    """Say where words stand; a place that both have is said once, with the new ones."""
    if not where or (where == change.old_where == change.new_where and not change.new):
        return ()
    return (Muted(text=f"（{where}）"),)


# --- consequence ----------------------------------------------------------------------------


def _moved(assessment: Assessment, cause: Cause) -> Iterator[Pair]:
    shown = _shown(assessment, cause.consequences)
    if not shown:
        yield "核定结果", "没有变动。"
        return
    yield "核定结果", _ratings(shown, one_task=bool(cause.changes and cause.changes[0].task_id))
    if counts := _counts(assessment, cause.moves):
        yield "各类任务数", counts


def _shown(assessment: Assessment, found: Sequence[Consequence]) -> list[Consequence]:
    """Leave out a task that moved as the rating of its one lead unit did.

    An earlier edition may have moved a task that the table has no more.
    """
    shared = {task.task_id for task in assessment.plan.tasks if len(task.lead_units) > 1}
    of_units = Counter(_step(one.move) for one in found if one.move.unit is not None)
    return [
        one for one in found
        if one.move.unit is not None or one.move.task_id in shared or not of_units[_step(one.move)]
    ]  # fmt: skip


def _step(move: Move) -> tuple[object, ...]:
    return move.task_id, move.quarter, move.old, move.new


def _ratings(shown: Sequence[Consequence], *, one_task: bool) -> Cell:
    """Put what moved alike into one line: quarter, whose rating, from what to what."""
    groups: dict[tuple[object, ...], list[Consequence]] = {}
    for one in shown:
        move = one.move
        key = (move.quarter, move.unit or "", move.old, move.new, one.beside)
        groups.setdefault(key, []).append(one)
    cells: list[Cell] = []
    for group in groups.values():
        cells += ["\n"] if cells else []
        cells += _line(group, one_task=one_task)
    return tuple(cells)


def _line(group: Sequence[Consequence], *, one_task: bool) -> list[Cell]:
    move, beside = group[0].move, group[0].beside
    whose = move.unit or "综合各牵头单位"
    head = f"{_quarter(move.quarter)}，{whose}："
    tasks = "" if one_task else f"（{'、'.join(one.move.task for one in group)}）"
    also = f"（第{'、'.join(map(str, beside))}项也可能有关）" if beside else ""
    return [head, _mark(move.old), " → ", _mark(move.new), tasks, also]


def _counts(assessment: Assessment, moves: Iterable[Move]) -> str:
    """Say how the counts of each quarter changed by what moved; one rating a task counts."""
    delta: dict[int, Counter[Grade | None]] = {}
    for move in moves:
        if move.unit != assessment.rating_unit:
            continue
        of_quarter = delta.setdefault(move.quarter or assessment.quarter, Counter())
        if move.new is not None:
            of_quarter[None if move.new_apart else move.new] += 1
        if move.old is not None:
            of_quarter[None if move.old_apart else move.old] -= 1
    said = (f"{_quarter(q)}{words}。" for q in sorted(delta) if (words := _delta(delta[q])))
    return "".join(said)


def _delta(delta: Counter[Grade | None]) -> str:
    """Say by how much each count changed; None counts what nothing is due of, told last."""
    grades = sorted((one for one in delta if one is not None), key=lambda grade: grade.order)
    return "，".join(
        f"“{one or NOTHING_DUE}”{'增加' if delta[one] > 0 else '减少'}{abs(delta[one])}项"
        for one in (*grades, None)
        if delta[one]
    )


def _headlines(found: Iterable[Headline]) -> Iterator[Pair]:
    for one in found:
        old, new = marked(one.old, one.new)
        yield "总体情况", ("原为：", *old, "\n现为：", *new)


def _mark(grade: Grade | None) -> Cell:
    return GradeMark(grade=grade) if grade else "（无）"
