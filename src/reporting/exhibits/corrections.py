"""What a corrected edition changed, fact by fact, with the ratings and counts it moved."""

from collections import Counter

from reporting.assess.values import Assessment, Change, Edition, Move
from reporting.documents.blocks import Block, GradeMark, Link, Notice, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import (
    Cell,
    exhibit,
    mark,
    nothing,
    number,
    paragraph,
    text,
)
from reporting.grades import Grade

_ANCHOR = "corrections"


def edition_mark(assessment: Assessment) -> str:
    """Write what stands behind a title: ``（第2版，更正）``; nothing in the first edition."""
    return f"（第{assessment.edition_number}版，更正）" if assessment.editions else ""


def corrected_notice(assessment: Assessment) -> Notice | None:
    """Tell the reader at the head of a report that it is a corrected one."""
    if not assessment.editions:
        return None
    edition = assessment.editions[-1]
    return Notice(
        tone="warning",
        inlines=(
            _sentence(assessment, edition),
            "详见",
            Link(text="更正说明", anchor=_ANCHOR),
            "。",
        ),
    )


def corrections(assessment: Assessment) -> Exhibit:
    """Show every corrected fact: old and new, both cells, and what it moved; newest first."""
    if not assessment.editions:
        return exhibit(nothing("本报告为第1版，没有更正。"))
    blocks = [b for e in reversed(assessment.editions) for b in _edition(assessment, e)]
    return exhibit(*blocks)


def _edition(assessment: Assessment, edition: Edition) -> list[Block | None]:
    newest = edition is assessment.editions[-1]
    return [
        paragraph(_sentence(assessment, edition), _counts_sentence(assessment, edition)),
        _facts(assessment, edition, _ANCHOR if newest else ""),
        _moves(assessment, edition),
    ]


def _sentence(assessment: Assessment, edition: Edition) -> str:
    tasks = {move.task_id for move in _counted_moves(assessment, edition)}
    partly = {move.task_id for move in edition.moves if move.unit is not None} - tasks
    words = [f"{len(tasks)}项任务的核定结果随之变动"] if tasks else []
    if partly:
        words.append(f"{'另有' if tasks else ''}{len(partly)}项任务仅个别牵头单位的核定结果变动")
    found = "，".join(words) or "核定结果没有变动"
    return f"第{edition.number}版较上一版更正{len(edition.changes)}处内容，{found}。"


def _counted_moves(assessment: Assessment, edition: Edition) -> list[Move]:
    """Keep the moves of the ratings that this report counts: one a task."""
    return [move for move in edition.moves if move.unit == assessment.rating_unit]


def _counts_sentence(assessment: Assessment, edition: Edition) -> str:
    # From the moves themselves: two editions' counts may differ by a changed plan as well.
    delta: Counter[Grade] = Counter()
    for move in _counted_moves(assessment, edition):
        delta[move.new] += 1
        if move.old is not None:
            delta[move.old] -= 1
    words = [
        f"“{grade}”{'增加' if delta[grade] > 0 else '减少'}{abs(delta[grade])}项"
        for grade in Grade
        if delta[grade]
    ]
    return f"各类任务数相应变动：{'，'.join(words)}。" if words else ""


def _facts(assessment: Assessment, edition: Edition, anchor: str) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("unit", "单位", 1.3), text("field", "内容", 1.5),
            text("old", "原为", 2), text("new", "更正为", 2), text("where", "位置", 1.6),
        ),
        rows=tuple(_fact(assessment, change) for change in edition.changes),
        caption=f"第{edition.number}版更正内容",
        anchor=anchor,
    )  # fmt: skip


def _fact(assessment: Assessment, change: Change) -> Row:
    return Row(
        cells=(
            _task_number(change.task_id), change.unit or "—", change.named(assessment.period),
            change.old or "（空）", change.new or "（空）", _where(change),
        )
    )  # fmt: skip


def _where(change: Change) -> str:
    places = dict.fromkeys(w for w in (change.old_where, change.new_where) if w)
    return "\n".join(places) or "—"


def _task_number(task_id: str) -> str:
    return task_id.rpartition("-")[2].lstrip("0") or "—"


def _moves(assessment: Assessment, edition: Edition) -> Table | None:
    moves = _shown_moves(assessment, edition)
    if not moves:
        return None
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("unit", "牵头单位", 2),
            mark("old", "原核定", 1.5), mark("new", "更正后核定", 1.5),
        ),
        rows=tuple(
            Row(cells=(_task_number(m.task_id), m.unit or "综合各牵头单位", _mark(m.old),
                       _mark(m.new)))
            for m in moves
        ),
        caption=f"第{edition.number}版核定结果变动",
    )  # fmt: skip


def _shown_moves(assessment: Assessment, edition: Edition) -> list[Move]:
    """Leave out a task that moved as the rating of its one lead unit did.

    An earlier edition may have moved a task that the table has no more.
    """
    shared = {task.task_id for task in assessment.plan.tasks if len(task.lead_units) > 1}
    of_units = Counter((m.task_id, m.old, m.new) for m in edition.moves if m.unit is not None)
    return [
        move
        for move in edition.moves
        if move.unit is not None
        or move.task_id in shared
        or not of_units[move.task_id, move.old, move.new]
    ]


def _mark(grade: Grade | None) -> Cell:
    return GradeMark(grade=grade) if grade else "—"
