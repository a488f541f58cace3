"""The lead units, worst first."""

from collections.abc import Sequence

from reporting.assess.rollups import RollUp, by_unit, worst_first
from reporting.assess.values import Assessment
from reporting.documents.blocks import BulletList
from reporting.documents.slides.values import BarChart, Series, Slide
from reporting.exhibits.slides.sources import counted
from reporting.grades import GOOD, OPEN, Kinds
from reporting.language.clip import clip

_MOST, _NAMED, _NAME = 10, 2, 14
_RULE = (
    "按未达序的任务占有到期或在办事项的任务的比重由高到低排列，比重相同的按项数；"
    "多个单位牵头的任务分别计入。"
)


def unit_slide(assessment: Assessment) -> Slide:
    """Show the units with tasks not on schedule, by share, then by number."""
    groups = by_unit(assessment)
    late = [group for group in groups if group.count(OPEN)]
    ranked = worst_first(groups)
    silent = [group for group in groups if group.unknown is not None]
    shown = ranked[:_MOST]
    message = _message(len(groups), len(late), ranked)
    if not shown:
        parts = (BulletList(items=(_silent(silent) or "没有未达序的任务。",)),)
        return Slide(title=message, parts=parts)
    rest = len(ranked) - len(shown)
    more = f"此处列前{len(shown)}个，其余{rest}个见通报。" if rest else ""
    return Slide(
        title=message,
        parts=(_chart(shown),),
        remark=_RULE + more + _silent(silent),
        notes=tuple(_notes(assessment, shown)),
    )


def _message(units: int, late: int, ranked: Sequence[RollUp]) -> str:
    if not late:
        return f"{units}个牵头单位的任务均达序"
    head = f"{units}个牵头单位中，{late}个有任务未达序"
    if not ranked:
        return head
    first = "、".join(f"{clip(g.label, _NAME)}{_share(g)}" for g in ranked[:_NAMED])
    order = "由高到低为" if len(ranked) > 1 else "为"
    return f"{head}，占比{order}{first}" + ("等" if len(ranked) > _NAMED else "")


def _silent(silent: Sequence[RollUp]) -> str:
    """Name the units of which no share can be said: silence is not ranked."""
    names = "、".join(f"{clip(g.label, _NAME)}（{g.why_no_rate}）" for g in silent[:_MOST])
    more = f"等{len(silent)}个" if len(silent) > _MOST else ""
    return f"不参加排列的单位：{names}{more}。" if silent else ""


def _share(group: RollUp) -> str:
    return f"（{group.count(OPEN)}/{group.due}）"


def _chart(shown: Sequence[RollUp]) -> BarChart:
    def counts(kinds: Kinds) -> tuple[float, ...]:
        return tuple(float(group.count(kinds)) for group in shown)

    words = "；".join(f"{g.label}{g.due}项中{g.count(OPEN)}项" for g in shown)
    return BarChart(
        categories=tuple(clip(group.label, _NAME) for group in shown),
        series=(
            Series(name="未达序（项）", values=counts(OPEN), tone="trouble"),
            Series(name="达序（项）", values=counts(GOOD), tone="compared"),
        ),
        stacked=True, number_format="0;;;",
        alt=f"条形图，各单位未达序的任务：{words}。",
    )  # fmt: skip


def _notes(assessment: Assessment, shown: Sequence[RollUp]) -> list[str]:
    names = {group.label for group in shown}
    ratings = [
        rating
        for task in assessment.plan.tasks
        for unit in task.lead_units
        if unit in names and (rating := assessment.rating(task.task_id, unit=unit))
    ]
    return ["数据来源：", *counted(ratings)]
