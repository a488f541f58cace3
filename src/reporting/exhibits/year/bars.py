"""A bar for each figure of the year: how much of its target is done, and the plan to date."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.documents.blocks import Figure
from reporting.exhibits import sentences
from reporting.exhibits.charts import ProgressBar, target_progress_chart
from reporting.exhibits.origins.steps import stated
from reporting.labels.values import Labels
from reporting.language.numerals import percent
from reporting.plan.values import Task

# A chart of more bars than this is no longer read at a glance.
_MOST_BARS = 10


def progress_chart(bars: Sequence[ProgressBar], labels: Labels) -> Figure:
    """Draw the first bars, which are those that fall shortest."""
    of = f"（按差距从大到小列前{_MOST_BARS}项）" if len(bars) > _MOST_BARS else ""
    shown = bars[:_MOST_BARS]
    drawn = target_progress_chart(shown, caption=f"累计指标完成全年目标的比例{of}", labels=labels)
    steps = (
        *(stated(f"{bar.label}：{bar.plan_text}，{bar.text}") for bar in shown),
        stated("图上刻度：0、25、50、75、100，为占全年目标的百分比"),
        stated(f"图中列出：{len(shown)}项"),
    )
    return drawn.model_copy(update={"origin": steps})


def progress_bar(
    task: Task,
    name: str,
    unit: str,
    *,
    actual: Decimal,
    annual: Decimal,
    plan: Decimal | None,
    labels: Labels,
) -> ProgressBar:
    """Make a bar in per cent of the year's target, which is the plan where none is to date."""
    return ProgressBar(
        label=f"{labels.named('任务', task.label)} {sentences.clipped(name, 22)}",
        actual_pct=_of(actual, annual),
        plan_pct=None if plan is None else _of(plan, annual),
        text=f"{sentences.amount(actual, unit)}{labels.share(percent(actual, annual))}",
        plan_text=(
            labels.named("全年目标", sentences.amount(annual, unit))
            if plan is None
            else labels.named("计划", percent(plan, annual))
        ),
    )


def _of(value: Decimal, annual: Decimal) -> float | None:
    return float(value / annual * 100) if annual else None
