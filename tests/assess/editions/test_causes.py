"""Each rating that moved is laid at the facts that may have moved it, and at no other."""

import pytest

from reporting.assess.editions.causes import Cause, causes
from reporting.assess.values import Change, Edition, Move, NoteKind
from reporting.grades import Grade

A, B = "市甲局", "市乙局"
ONE, TWO = "2023-001", "2023-002"


def moved(task_id: str, unit: str | None, quarter: int | None = 1) -> Move:
    return Move(
        task_id=task_id, unit=unit, quarter=quarter, old=Grade.BEHIND, new=Grade.ON_SCHEDULE
    )


def figure(task_id: str, unit: str, quarter: int = 1, field: str = "实际值") -> Change:
    return Change(task_id=task_id, unit=unit, quarter=quarter, field=field, old="1", new="2")


ARRIVAL = Change(
    kind=NoteKind.LATE, unit=B, quarter=1, field="报送情况", old="未报送", new="按时报送"
)
CLAUSES = tuple(
    Change(kind=NoteKind.REVISED, field=f"核定规则{code}", old="甲", new="乙")
    for code in ("R4", "R5")
)
TEXT = Change(kind=NoteKind.REVISED, task_id=ONE, field="季度进度安排", old="甲", new="乙")
RENAME = Change(
    kind=NoteKind.REVISED, field="单位更名", new="乙更名为丙", parties=(B, "李四"), reason="文号"
)


def found(*parts: Change | Move) -> tuple[Cause, ...]:
    edition = Edition(
        number=2,
        changes=tuple(part for part in parts if isinstance(part, Change)),
        moves=tuple(part for part in parts if isinstance(part, Move)),
    )
    return causes(edition, 3)


def test_facts_come_by_kind_and_one_matter_is_one_cause() -> None:
    """What came late, what was wrong, what was decided; a row's fields, the rule's clauses."""
    told = found(*CLAUSES, figure(ONE, A), figure(ONE, A, field="本季度进展"), ARRIVAL)
    assert [(c.place, c.kind, len(c.changes)) for c in told] == [
        (1, NoteKind.LATE, 1), (2, NoteKind.WRONG, 2), (3, NoteKind.REVISED, 2),
    ]  # fmt: skip


def test_ratings_go_with_their_own_task_and_unit() -> None:
    """A figure moves its task, an arrival all tasks of its unit, each with what is over all."""
    moves = [moved(task, unit) for task, unit in ((ONE, A), (ONE, None), (TWO, B), (TWO, None))]
    late, wrong = found(ARRIVAL, figure(ONE, A), *moves)
    assert [(m.task_id, m.unit) for m in late.moves] == [(TWO, B), (TWO, None)]
    assert [(m.task_id, m.unit) for m in wrong.moves] == [(ONE, A), (ONE, None)]
    assert {one.beside for cause in (late, wrong) for one in cause.consequences} == {()}


def test_rating_of_another_unit_is_not_laid_at_a_unit() -> None:
    """Of two lead units the one that moved is the one whose figure changed."""
    (first, rest) = found(figure(ONE, A), moved(ONE, B), moved(ONE, None))
    assert first.moves == ()
    assert (rest.changes, len(rest.moves)) == ((), 2)


def test_later_quarter_is_moved_by_an_earlier_one_and_not_the_other_way() -> None:
    """What was said in the second quarter cannot have moved the first."""
    second = figure(ONE, A, quarter=2)
    (cause,) = found(second, moved(ONE, A, 3))
    assert len(cause.moves) == 1
    (cause, rest) = found(second, moved(ONE, A, 1))
    assert (cause.moves, len(rest.moves)) == ((), 1)
    (early, late) = found(figure(ONE, A, quarter=1), second, moved(ONE, A, 2))
    assert (len(early.moves), len(late.moves)) == (0, 1)
    assert late.consequences[0].beside == (1,)


def test_what_several_may_have_moved_names_all_of_them() -> None:
    """A figure and the rule changed at once: the rating stands at the figure and names the rule."""
    (wrong, rule) = found(*CLAUSES, figure(ONE, A), moved(ONE, A), moved(TWO, B))
    assert [(one.move.task_id, one.beside) for one in wrong.consequences] == [(ONE, (2,))]
    assert [(one.move.task_id, one.beside) for one in rule.consequences] == [(TWO, ())]


@pytest.mark.parametrize("quarter", [1, 2, 3, None])
def test_words_of_a_task_may_move_every_quarter(quarter: int | None) -> None:
    """A plan is a year's; a move without a quarter is the period's."""
    (cause,) = found(TEXT, moved(ONE, A, quarter))
    assert [m.quarter for m in cause.moves] == [quarter or 3]


def test_new_name_explains_only_what_nothing_else_does() -> None:
    """A decision about units is named where no fact stands closer, for its own units."""
    (wrong, name) = found(RENAME, figure(TWO, B), moved(TWO, B))
    assert ([one.beside for one in wrong.consequences], name.moves) == ([()], ())
    (name, rest) = found(RENAME, moved(TWO, B), moved(ONE, A))
    assert [m.task_id for m in name.moves] == [TWO]
    assert [m.task_id for m in rest.moves] == [ONE]


def test_edited_report_moves_no_rating() -> None:
    """Neither does a notebook nor a masthead; such a move is told without a cause."""
    other = Change(field="文头和印发日期", old="甲", new="乙")
    (cause, rest) = found(other, moved(ONE, A))
    assert (cause.moves, len(rest.moves)) == ((), 1)


def gone(task_id: str, unit: str | None) -> Move:
    return Move(task_id=task_id, unit=unit, quarter=1, old=Grade.BEHIND, new=None)


def test_return_that_came_moved_its_ratings_for_certain() -> None:
    """Beside it neither the task's new words nor the rule are named."""
    (late, *rest) = found(ARRIVAL, TEXT, *CLAUSES, moved(ONE, B))
    assert [(one.move.task_id, one.beside) for one in late.consequences] == [(ONE, ())]
    assert [cause.moves for cause in rest] == [(), ()]


def test_arrival_of_an_earlier_quarter_is_one_that_may_have_moved_it() -> None:
    """In a later quarter the words of the task may have done it as well."""
    (late, text) = found(ARRIVAL, TEXT, moved(ONE, B, 2))
    assert late.moves == ()
    assert [one.beside for one in text.consequences] == [(1,)]


def test_rating_that_is_gone_is_laid_at_its_task() -> None:
    """The task left the table; that its unit's return went as well is no reason."""
    left = Change(kind=NoteKind.REVISED, task_id=ONE, field="任务", old="目标。")
    (late, task) = found(ARRIVAL, left, gone(ONE, B), gone(ONE, None))
    assert late.moves == ()
    assert [one.beside for one in task.consequences] == [(), ()]


def test_remark_may_explain_what_no_fact_does() -> None:
    """A decision is told by a remark on its unit and task."""
    decided = Change(unit=A, task_id=ONE, field="数据核对", new="经核定为“达到序时进度”。")
    (cause,) = found(decided, moved(ONE, A))
    assert len(cause.moves) == 1
