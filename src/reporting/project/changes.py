"""Changes of the plan within a year: what, from when, by which decision.

They stand under ``changes:`` in the year's parameters. An earlier quarter stays what it was: a
change holds from its quarter on, whether the table was edited already or not.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from pydantic import ConfigDict, Field, model_validator

from reporting.periods import quarter_of_month
from reporting.values import Value


class ChangeKind(StrEnum):
    """What changes. The words are those of the parameter file; ``label`` is for officials."""

    RENAME = "rename"
    MERGE = "merge"
    PART = "part"
    MOVE = "move"
    LEADER = "leader"
    ADD = "add"
    CANCEL = "cancel"
    PART_TASK = "part_task"
    POSTPONE = "postpone"
    TARGET = "target"
    SCHEDULE = "schedule"

    @property
    def label(self) -> str:
        """The words printed for officials."""
        return _LABELS[self.value]


_LABELS = {
    "rename": "单位更名",
    "merge": "单位合并",
    "part": "单位分设",
    "move": "牵头单位调整",
    "leader": "责任领导调整",
    "add": "新增任务",
    "cancel": "取消任务",
    "part_task": "任务拆分",
    "postpone": "延期",
    "target": "指标调整",
    "schedule": "进度安排调整",
}
_NEEDS: dict[ChangeKind, tuple[str, ...]] = {
    ChangeKind.RENAME: ("unit", "to"),
    ChangeKind.MERGE: ("units", "to"),
    ChangeKind.PART: ("unit", "parts"),
    ChangeKind.MOVE: ("task", "unit", "to"),
    ChangeKind.LEADER: ("leader", "to"),
    ChangeKind.ADD: ("task",),
    ChangeKind.CANCEL: ("task",),
    ChangeKind.PART_TASK: ("task",),
    ChangeKind.POSTPONE: ("task", "was", "quarter"),
    ChangeKind.TARGET: ("task", "target", "was", "value"),
    ChangeKind.SCHEDULE: ("task",),
}
_MAY = {ChangeKind.LEADER: ("tasks",), ChangeKind.POSTPONE: ("milestone",)}
_TEMPLATES = {
    ChangeKind.RENAME: "{unit}更名为{to}",
    ChangeKind.MERGE: "{units}合并为{to}",
    ChangeKind.PART: "{unit}分设为{parts}",
    ChangeKind.MOVE: "牵头单位由{unit}调整为{to}",
    ChangeKind.LEADER: "责任领导由{leader}调整为{to}",
    ChangeKind.POSTPONE: "完成时限由第{was}季度延至第{quarter}季度",
    ChangeKind.TARGET: "{target}由{was}调整为{value}",
}
_COMMON = ("kind", "since", "decision", "reason", "line")


class PlanChange(Value):
    """One change of the plan, by a decision.

    Attributes
    ----------
    since : int or date
        ``from`` in the file: the quarter from which it holds, or the day of the decision, which
        counts from the quarter that the day falls in.
    decision, reason : str
        文号 or minutes; why.
    task, tasks : str, tuple of str
        Ids of what it concerns; for a leader all of that leader's tasks where none is named.
    unit, units, to : str, tuple of str, str
        Who was, and who is from then on.
    parts : dict
        For a unit that was parted: new unit to the tasks that it takes over.
    target : str
        Words of the measure that is changed, or the target's id.
    was, value : Decimal or None
        The figure before and after; for a deadline ``was`` is the quarter before.
    quarter : int or None
        The quarter to which a deadline is put off.
    milestone : str
        The id of the only milestone that is put off; all of the quarter ``was`` when empty.
    line : int
        Line of the parameter file, 0 where it is not known; no part of what a change says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    kind: ChangeKind
    since: int | date = Field(alias="from")
    decision: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    task: str = ""
    tasks: tuple[str, ...] = ()
    unit: str = ""
    units: tuple[str, ...] = ()
    to: str = ""
    parts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    leader: str = ""
    target: str = ""
    was: Decimal | None = None
    value: Decimal | None = None
    quarter: int | None = Field(default=None, ge=1, le=4)
    milestone: str = ""
    line: int = Field(default=0, exclude=True)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Expect what the kind needs, and nothing that it has no use for."""
        label = f"{self.kind.label}（{self.kind.value}）"
        missing = [name for name in _NEEDS[self.kind] if _is_empty(getattr(self, name))]
        if missing:
            raise ValueError(f"{label}应写明 {'、'.join(missing)}")
        used = {*_COMMON, *_NEEDS[self.kind], *_MAY.get(self.kind, ())}
        spare = [
            name for name in type(self).model_fields
            if name not in used and not _is_empty(getattr(self, name))
        ]  # fmt: skip
        if spare:
            raise ValueError(f"{label}不应写 {'、'.join(spare)}")
        if isinstance(self.since, int) and not 1 <= self.since <= 4:
            raise ValueError(f"{label}的 from 应为季度 1 至 4 或日期，实为 {self.since}")
        if said := self._in_itself():
            raise ValueError(f"{label}{said}")
        return self

    def _in_itself(self) -> str:
        """Say where an entry contradicts itself; empty when it does not."""
        if self.kind is ChangeKind.POSTPONE and self.quarter is not None:
            if self.was not in (1, 2, 3, 4):
                return f"的 was 应为季度 1 至 4，实为 {_figure(self.was)}"
            if self.quarter <= self.was:
                return f"的 quarter 应在 was 之后，实为第{self.was}季度延至第{self.quarter}季度"
        if self.kind is ChangeKind.TARGET and self.was == self.value:
            return f"的 was 和 value 应不同，实际都是 {_figure(self.was)}"
        names = (*self.units, self.unit or self.leader)
        if self.kind not in (ChangeKind.MERGE, ChangeKind.PART) and self.to and self.to in names:
            return f"的 to 应与原来的不同，实际都是{self.to}"
        parted = [task for tasks in self.parts.values() for task in tasks]
        twice = next((task for task in parted if parted.count(task) > 1), "")
        return f"的 parts 应把每项任务只划给一个单位，{twice} 划给了两个" if twice else ""

    def quarter_in(self, year: int) -> int:
        """Return the quarter of a year from which it holds; 5 when that is a later year's."""
        if isinstance(self.since, int):
            return self.since
        if self.since.year != year:
            return 1 if self.since.year < year else 5
        return quarter_of_month(self.since.month)

    @property
    def task_ids(self) -> tuple[str, ...]:
        """The tasks that it names."""
        parted = [task for tasks in self.parts.values() for task in tasks]
        return tuple(dict.fromkeys([*([self.task] if self.task else []), *self.tasks, *parted]))

    @property
    def parties(self) -> tuple[str, ...]:
        """The units and leaders that it names."""
        names = [self.unit, *self.units, self.to, *self.parts, self.leader]
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def content(self) -> str:
        """Say in a few words what becomes what."""
        return _TEMPLATES.get(self.kind, self.kind.label).format(
            unit=self.unit, units="、".join(self.units), to=self.to, parts="、".join(self.parts),
            leader=self.leader, target=self.target, was=_figure(self.was),
            value=_figure(self.value), quarter=self.quarter,
        )  # fmt: skip


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", ()) or value == {}


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def fields_of(kind: ChangeKind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the fields that a kind needs, and those that it may have, beside those of all."""
    return _NEEDS[kind], _MAY.get(kind, ())


def in_force(change: PlanChange, year: int, quarter: int) -> bool:
    """Tell whether a change holds in a quarter of a year."""
    return change.quarter_in(year) <= quarter
