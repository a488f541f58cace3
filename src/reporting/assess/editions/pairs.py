"""What old and new have in common: values of one key, and units under the names of today."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from reporting.assess.values import Assessment
from reporting.periods import full_date

T = TypeVar("T")


def paired(
    old: Iterable[T],
    new: Iterable[T],
    key: Callable[[T], Hashable],
    old_key: Callable[[T], Hashable] | None = None,
) -> Iterator[tuple[T | None, T | None]]:
    """Pair values of one key, in the order of the new ones; what is gone comes last.

    ``old_key`` is the key of the old ones where that is found otherwise.
    """
    before: Mapping[Hashable, T] = {(old_key or key)(item): item for item in old}
    after: Mapping[Hashable, T] = {key(item): item for item in new}
    for name, item in after.items():
        yield before.get(name), item
    for name, item in before.items():
        if name not in after:
            yield item, None


class Successors:
    """Who answers today for what a unit answered for in the edition before.

    A unit that was renamed, merged or replaced in its tasks is not one that came, beside one
    that went.
    """

    def __init__(self, old: Assessment, new: Assessment) -> None:
        self._by_task: dict[tuple[str, str], str] = {}
        after = {task.task_id: task.lead_units for task in new.plan.tasks}
        for task in old.plan.tasks:
            now = after.get(task.task_id, task.lead_units)
            gone = [unit for unit in task.lead_units if unit not in now]
            come = [unit for unit in now if unit not in task.lead_units]
            # One for one, or several into one; where one was parted nobody can tell here.
            if len(come) == len(gone) or len(now) == 1:
                heirs = come if len(come) == len(gone) else [now[0]] * len(gone)
                self._by_task |= {
                    (task.task_id, unit): heir for unit, heir in zip(gone, heirs, strict=True)
                }
        self._whole = self._of_whole_units(old)

    def _of_whole_units(self, old: Assessment) -> dict[str, str]:
        """Find the units of which one other took over every task."""
        heirs: dict[str, set[str]] = {}
        for task in old.plan.tasks:
            for unit in task.lead_units:
                heirs.setdefault(unit, set()).add(self.in_task(task.task_id, unit))
        return {unit: heir for unit, (heir, *rest) in heirs.items() if not rest and heir != unit}

    def in_task(self, task_id: str, unit: str) -> str:
        """Name who answers for a task now."""
        return self._by_task.get((task_id, unit), unit)

    def of(self, unit: str) -> str:
        """Name who took over all of a unit's tasks; the unit itself where nobody did."""
        return self._whole.get(unit, unit)


def in_words(value: Any) -> str:
    """Write a field for readers; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, date):
        return full_date(value)
    if isinstance(value, tuple):
        return "、".join(map(in_words, value))
    if hasattr(value, "scope"):
        return f"{value.unit}（{value.scope}）" if value.scope else str(value.unit)
    return str(value)
