"""A public slice of three tasks, one of them counted apart, and what is withheld of them."""

from typing import Any

from assess.rating_samples import (
    OTHER,
    UNIT,
    milestone,
    plan,
    rated,
    returns,
    row,
    target,
    task,
)  # fmt: skip

from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import withheld_from
from reporting.assess.values import Assessment
from reporting.grades import Grade
from reporting.language.comparators import Certainty

QUOTED, KEPT = "召开推进会3次。", "壬地块征地滞后。"


def public(
    *entries: int | str, actual: str = "120", certainty: Certainty = Certainty.STATED, **fields: Any
) -> Assessment:
    """Cut a city whose first task has a figure of the year, and whose second lags."""
    tasks = [
        task(1, goal="新增企业400家。"), task(2, units=(OTHER,), leaders=()), task(3, **fields)
    ]  # fmt: skip
    milestones = [milestone(1), milestone(1, 2, (2,)), milestone(2), milestone(3, 1, (2,))]
    year = target(
        "400", target_id="2023-001-T09", milestone_id=None, quarter=4, source="goal",
        certainty=certainty,
    )  # fmt: skip
    rows = [
        row(progress=QUOTED, actuals={"2023-001-T01": actual, "2023-001-T09": actual}),
        row(Grade.BEHIND, KEPT, unit=OTHER, task_id="2023-002", milestone_id="2023-002-01",
            file="市科技局.xlsx"),
    ]  # fmt: skip
    steps = [target(annual_target_id=year.target_id), year]
    city = rated(plan(tasks, milestones, steps), returns(rows))
    return public_slice(city, withheld_from(city.plan, entries))


__all__ = ["KEPT", "OTHER", "QUOTED", "UNIT", "public"]
