"""What a year leaves open at its end, by the last edition of its fourth quarter."""

from collections.abc import Iterator
from pathlib import Path

from reporting.assess.frozen import last_frozen
from reporting.assess.values import Assessment
from reporting.assess.year_end import open_tasks
from reporting.errors import UsageError
from reporting.periods import Period
from reporting.plan.fit.carried import Carried
from reporting.plan.start import Before
from reporting.project.params import read_params


def year_end(root: Path, year: int) -> Assessment:
    """Read what the last edition of a year's fourth quarter was published from.

    Raises
    ------
    UsageError
        The fourth quarter was not released: nobody knows yet what is open.
    """
    period = Period(year=year, quarter=4)
    found = last_frozen(root, period)
    if found is None:
        raise UsageError(
            f"{period.label}尚未定版，不能确定哪些任务须结转：请先定版"
            f"（make release Q=4 YEAR={year}），或者不写 --from，只沿用参数。"
        )
    return found


def carried_over(city: Assessment) -> Iterator[Carried]:
    """Give the tasks that the year leaves open, as its packs list them, in the plan's order."""
    for item in open_tasks(city):
        task = item.task
        yield Carried(
            task_id=task.task_id, goal=task.goal, lead_units=task.lead_units,
            leaders=task.leaders, grade=str(item.grade or "—"), reason="；".join(item.reasons),
        )  # fmt: skip


def before_year(root: Path, year: int) -> Before:
    """Gather what a new year takes along of an old one; see `year_end` and `carried_over`."""
    params = read_params(root, year)
    city = year_end(root, year)
    return Before(params=params, leaders=city.plan.leaders, carried=tuple(carried_over(city)))
