"""One meaning with its many spellings, and what each reader of a text makes of a spelling."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from reporting.language.comparators import Comparator
from reporting.language.periods import times_in
from reporting.language.said import Said, figures_said
from reporting.periods import Period
from reporting.plan.schedules.milestones import make_milestones
from reporting.plan.schedules.schedule import parse_schedule
from reporting.plan.targets.make import make_targets
from reporting.plan.values import Basis, Target, Task
from reporting.returns.reading.typed import read_date, read_number
from reporting.workbooks.cells import Cell

YEAR = 2023
Meaning = dict[str, Any]


def meanings(name: str) -> list[Meaning]:
    """Load a list of meanings."""
    path = Path(__file__).parent / "corpus" / f"{name}.yml"
    loaded: list[Meaning] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def targets_of(goal: str, schedule: str = "") -> list[Target]:
    """Read the targets of a task."""
    task = Task(
        task_id="2023-001", number=1, source_number=1, heading_number=1, heading="题", goal=goal,
        schedule=schedule, leaders=(), lead_units=("市甲局",),
    )  # fmt: skip
    milestones, _ = make_milestones(task, YEAR)
    return list(make_targets(task, milestones)[0])


def label_quarters(words: str) -> tuple[int, ...]:
    """Read words as the label of a schedule."""
    return parse_schedule(f"{words}，建成公厕并开放。", YEAR).texts[0].quarters


def part_of_the_year(words: str) -> tuple[object, ...]:
    """Read what a goal names as the part done by a time: its quarter, basis and name."""
    found = targets_of(f"全年完成投资20亿元，其中{words}完成15亿元。")
    return tuple((t.quarter, t.basis, t.measure) for t in found)


def time_limit(words: str) -> list[int]:
    """Read when a goal is due whose schedule is a time limit alone."""
    return [t.quarter for t in targets_of("建成公厕5座。", f"{words}完成。")]


def deadline_in_text(words: str) -> list[int]:
    """Read when a figure is due in a text that holds all year."""
    return [t.quarter for t in targets_of("", f"全年：推进公厕建设，{words}建成公厕5座。")]


def dated_span(words: str) -> list[tuple[object, ...]]:
    """Read a figure under a label: its quarter, and the first quarter that it counts from."""
    found = targets_of("", f"一季度，制定方案。{words}，举办活动不少于100场。")
    return [(t.quarter, t.counts_from) for t in found]


def typed_day(words: str) -> date | None:
    """Read a date of a return that is typed in words."""
    value = read_date(Cell(1, 1, words), Period(year=YEAR, quarter=1)).value
    return value if isinstance(value, date) else None


def figure(goal: str, words: str) -> list[tuple[str, str]]:
    """Read value and unit of a sentence's figures, in the unit without powers of ten."""
    return [(str(t.value), t.unit) for t in targets_of(goal.format(words))]


def typed_figure(words: str, value: Decimal, unit: str) -> Decimal | None:
    """Read an answer typed in words for a target in a unit."""
    target = Target(
        target_id="T", task_id="2023-001", milestone_id=None, quarter=4, measure="数量",
        comparator=Comparator.AT_LEAST, value=value, unit=unit, basis=Basis.CUMULATIVE, start=0,
        end=1, source="goal",
    )  # fmt: skip
    found = read_number(Cell(1, 1, words), target).value
    return found if isinstance(found, Decimal) else None


def step_times(words: str) -> list[tuple[tuple[int, ...], bool]]:
    """Read by when a next step is to be taken: the quarters named, and whether it is a deadline."""
    found = times_in(f"下一步抓紧整改，力争{words}完成审批。", YEAR)
    return [(mention.period.quarters, mention.period.point) for mention in found]


def in_prose(text: str, quarter: int = 3, unit: str = "") -> list[Said]:
    """Read the figures of what a unit writes in its return of a quarter."""
    return figures_said(text, YEAR, quarter, [unit] if unit else ())
