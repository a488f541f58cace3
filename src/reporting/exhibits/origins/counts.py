"""What counts of tasks rest on: which tasks, and what was divided by what."""

from collections.abc import Iterator

from reporting.assess.rating import rule
from reporting.assess.rollups import RollUp, total
from reporting.assess.values import Assessment, Rating
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.origins.steps import counted, divided, stated
from reporting.grades import EVERY, GOOD, LAGGING, NOT_JUDGED, OPEN, Grade, Kinds

_NONE = "没有这类任务：0项"


def group_steps(group: RollUp, label: str = "") -> tuple[Step, ...]:
    """Explain each column of a row that counts a group of tasks by grade.

    The columns are named ``total``, by grade, ``nothing_due`` and ``rate``.
    """
    whose = label or group.label
    return tuple(_group_steps(group, whose))


def _group_steps(group: RollUp, whose: str) -> Iterator[Step]:
    yield counted(f"{whose}任务", group.ids(EVERY) + group.apart, column="total")
    for grade in group.counts:
        column, ids = grade.key, group.ids(grade)
        words = f"{whose}“{grade}”"
        yield counted(words, ids, column=column) if ids else Step(words=_NONE, column=column)
    yield counted(f"{whose}“{rule.NOTHING_DUE}”", group.apart, column="nothing_due")
    yield divided(f"{whose}达序率", group.count(GOOD), group.due, column="rate")


def ranked_steps(group: RollUp, place: str) -> tuple[Step, ...]:
    """Explain each column of a unit's row in the ranking."""
    whose = group.label
    return (
        stated(f"{whose}按占比由高到低、占比相同按项数，列第{place}位", column="place"),
        counted(f"{whose}应办任务", group.ids(EVERY), column="due"),
        counted(f"{whose}未达序的任务", group.ids(OPEN), column="late"),
        counted(f"{whose}滞后的任务", group.ids(LAGGING), column="lagging"),
        divided(f"{whose}未达序的任务占比", group.count(OPEN), group.due, column="share"),
    )


def compared_steps(
    words: str, now: tuple[str, ...], due: int, before: tuple[str, ...] | None
) -> tuple[Step, ...]:
    """Explain a row of the table of counts: this quarter, its share, last quarter, the change."""
    own = (
        counted(words, now, column="count"),
        divided(f"{words}占比", len(now), due, column="share"),
    )
    if before is None:
        return own
    change = sentences.signed(len(now) - len(before))
    return (
        *own,
        counted(f"上季度{words}", before, column="before"),
        stated(f"{words}增减：{len(now)}－{len(before)}＝{change}", column="change"),
    )


def count_steps(assessment: Assessment) -> tuple[Step, ...]:
    """Give every count of the slice's tasks, this quarter's and beside it last quarter's."""
    now = total(assessment)
    before = total(assessment, assessment.quarter - 1) if assessment.quarter > 1 else None
    return (
        *_tally(now, before),
        *_moves(assessment.task_ratings()),
        *(_earlier(assessment) if before else ()),
    )


def _tally(now: RollUp, before: RollUp | None) -> Iterator[Step]:
    yield counted("全部任务", now.ids(EVERY) + now.apart)
    yield counted(f"属“{rule.NOTHING_DUE}”的任务", now.apart)
    yield Step(words=f"其中此前已完成的：{now.finished}项")
    yield counted("其余任务（有到期或者在办事项）", now.ids(EVERY))
    tallied: tuple[tuple[str, Grade | Kinds], ...] = (
        ("达序", GOOD), ("未达序", OPEN), ("滞后", LAGGING),
        ("或者".join(str(grade) for grade in now.counts if grade in NOT_JUDGED), NOT_JUDGED),
        *((f"“{grade}”", grade) for grade in now.counts),
    )  # fmt: skip
    for words, of in tallied:
        ids = now.ids(of)
        compared = f"，{sentences.change(len(ids), before.count(of))}" if before else ""
        yield stated(f"{words}：{len(ids)}项，占{now.share(of)}{compared}", ids)
        if ids:
            yield divided(f"{words}占比", len(ids), now.due)


def _moves(ratings: tuple[Rating, ...]) -> Iterator[Step]:
    moves = [(r, rule.moved(r.previous, r.grade)) for r in ratings if r.previous is not None]
    for words, wanted in (("较上季度有所好转", 1), ("较上季度有所下滑", -1)):
        yield counted(words, [r.task_id for r, moved in moves if moved == wanted])
    differing = [r for r in ratings if r.self_rating is not None and rule.differs(r)]
    yield counted("核定结果与单位自评不一致", [r.task_id for r in differing])
    lower = [r for r in differing if rule.weight(r.grade) < rule.weight(r.self_rating or r.grade)]
    yield counted("其中核定低于自评", [r.task_id for r in lower])


def _earlier(assessment: Assessment) -> Iterator[Step]:
    """Count the earlier quarters, which only a table of the whole year tells."""
    for quarter in range(1, assessment.quarter):
        yield from _group_counts(total(assessment, quarter), f"第{quarter}季度")


def _group_counts(group: RollUp, when: str) -> Iterator[Step]:
    for grade in group.counts:
        yield Step(words=f"{when}“{grade}”：{group.count(grade)}项")
    yield divided(f"{when}达序率", group.count(GOOD), group.due)
