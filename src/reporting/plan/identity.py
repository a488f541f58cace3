"""Which task of the register each row of the table is: a row's place is not its identity.

A table changes during a year: rows are deleted, inserted, moved and reworded. Answers, ratings
and decisions hang on a task's id, so a row keeps the id of the task whose words it has. Words
are compared without width, spaces and punctuation. What is not clear is asked, never guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum

from reporting.errors import InputRefused, UsageError
from reporting.findings import Finding
from reporting.language.likeness import SURE, likeness, words
from reporting.plan.codes import finding
from reporting.plan.values import Task
from reporting.project.register import Register, Registered, State, id_of, number_of
from reporting.values import Value

POSSIBLE, LEAD = 0.55, 0.10
"""Likeness from which a reworded row may be a task, and by how much the likeliest must lead."""

_GOAL_SHARE, _SCHEDULE_SHARE = 0.6, 0.4
_SHORTEST = 6
"""Characters from which a schedule that stands twice says whose it is (一季度启动 does not)."""


class Kind(StrEnum):
    """How a row, or a registered task, was matched."""

    SAME = "相同"
    REWORDED = "改写"
    NEW = "新增"
    GONE = "已不在表"
    DOUBTFUL = "待确认"


class Match(Value):
    """One row of the table or one task of the register, and what became of it.

    Attributes
    ----------
    kind : Kind
        ``NEW`` has no registered task, ``GONE`` no row; a ``DOUBTFUL`` row has candidates.
    task_id : str
        The id that the row has from now on; empty while it is doubtful.
    row : int or None
        Index of the row among the table's tasks.
    goal : str
        Words of the row, or those of the register where there is none.
    before : str
        Words of the registered goal where they differ.
    candidates : tuple of str
        Ids that the row may be, likeliest first.
    """

    kind: Kind
    task_id: str = ""
    row: int | None = None
    goal: str
    before: str = ""
    candidates: tuple[str, ...] = ()


class Identified(Value):
    """The ids of a table's rows in order, and how each was found; empty where doubtful."""

    ids: tuple[str, ...]
    matches: tuple[Match, ...]

    def of(self, kind: Kind) -> tuple[Match, ...]:
        """Return the matches of one kind."""
        return tuple(match for match in self.matches if match.kind is kind)


Decided = Mapping[int, str]
"""By line of a row the id that the office says it is; an empty id says that it is new."""

_CODES = {
    Kind.NEW: "PLAN-TASK-NEW",
    Kind.REWORDED: "PLAN-TASK-REWORDED",
    Kind.GONE: "PLAN-TASK-GONE",
}


def give_ids(
    rows: Sequence[Task],
    noticed: Sequence[Finding],
    register: Register | None,
    year: int,
    name: str,
    decided: Decided | None = None,
) -> tuple[list[Task], list[Finding], list[Finding]]:
    """Give the rows of a table the ids that are theirs.

    Returns the tasks, what was noticed of the rows led to their ids, and what differs from the
    register.

    Raises
    ------
    InputRefused
        A row may be one task or another; the findings list them, to be decided.
    UsageError
        A decision names a line or a task that there is none of.
    """
    _expect_decisions(decided or {}, rows, register)
    identified = identify_tasks(rows, register, year, decided)
    _expect_clear(identified, rows, register, name)
    _expect_own_register(identified, register, decided or {}, name)
    ids = {row.task_id: task_id for row, task_id in zip(rows, identified.ids, strict=True)}
    tasks = [
        row.model_copy(update={"task_id": ids[row.task_id], "number": number_of(ids[row.task_id])})
        for row in rows
    ]
    led = [
        one.model_copy(update={"task_id": ids[one.task_id]}) if one.task_id else one
        for one in noticed
    ]
    return tasks, led, _differences(identified, tasks, register, name)


def _expect_decisions(decided: Decided, rows: Sequence[Task], register: Register | None) -> None:
    lines = {row.line for row in rows}
    known = {one.task_id for one in register or ()}
    for line, task_id in decided.items():
        if line not in lines:
            raise UsageError(f"指定的行应是任务表中任务的起始行，第{line}行不是。")
        if task_id and task_id not in known:
            raise UsageError(f"指定的任务应在登记表中，没有“{task_id}”。")
    chosen = [task_id for task_id in decided.values() if task_id]
    if len(chosen) != len(set(chosen)):
        raise UsageError("一个任务编号只能指定给一行，现有两行指定了同一编号。")


def _expect_clear(
    identified: "Identified", rows: Sequence[Task], register: Register | None, name: str
) -> None:
    doubtful = identified.of(Kind.DOUBTFUL)
    if not doubtful:
        return
    goals = {one.task_id: one.goal for one in register or ()}
    findings = [
        finding(
            "PLAN-TASK-DOUBTFUL", file=name, line=rows[doubt.row or 0].line,
            expected="、".join(f"{t}“{goals[t]}”" for t in doubt.candidates[:3]),
            found=doubt.goal,
        )
        for doubt in doubtful
    ]  # fmt: skip
    raise InputRefused(
        f"任务表有{len(doubtful)}行与登记的任务相近，不能确认是否同一任务，请逐行确认：是同一任务的，"
        "用 reporting plan --same 任务编号=行号；是新任务的，用 --new 行号。",
        findings=tuple(findings),
    )


def _expect_own_register(
    identified: "Identified", register: Register | None, decided: Decided, name: str
) -> None:
    """Expect a register to know some row of the table: else it is another table's."""
    found = identified.of(Kind.SAME) or identified.of(Kind.REWORDED) or decided
    gone = identified.of(Kind.GONE)
    if register and gone and not found:
        raise InputRefused(
            f"任务登记表（tasks.csv）中的{len(gone)}项任务在任务表 {name} 里一项也没有，应是同一年"
            "的任务表；确是换了整张表的，请用 --new 行号 指明其中一行是新任务，或者移走登记表。"
        )


def _differences(
    identified: "Identified", tasks: Sequence[Task], register: Register | None, name: str
) -> list[Finding]:
    """Tell which rows are new or reworded since the register, and which tasks are gone."""
    if register is None:
        return []
    return [
        finding(
            _CODES[match.kind], file=name, task_id=match.task_id,
            line=None if match.row is None else tasks[match.row].line,
            expected=match.before, found=match.goal,
        )
        for match in identified.matches
        if match.kind in _CODES
    ]  # fmt: skip


def identify_tasks(
    tasks: Sequence[Task], register: Register | None, year: int, decided: Decided | None = None
) -> Identified:
    """Match the rows of a table with the register.

    Parameters
    ----------
    tasks : sequence of Task
        As read, whatever their ids.
    register : tuple of Registered or None
        None before the first: ids are then given by order.
    decided : mapping, optional
        What the office decided of rows that were doubtful; its lines are lines of rows.
    """
    if register is None:
        return _first(tasks, year)
    found = _Matching(tasks, register, decided or {})
    found.by(lambda one: (words(one.goal), words(one.schedule)), several=True)
    found.by(lambda one: words(one.goal))
    found.by(_schedule_key, accepts=_have_one_goal)
    found.by_likeness()
    return found.result(year)


def _first(tasks: Sequence[Task], year: int) -> Identified:
    ids = tuple(id_of(year, number) for number in range(1, len(tasks) + 1))
    matches = (
        Match(kind=Kind.NEW, task_id=task_id, row=row, goal=task.goal)
        for row, (task_id, task) in enumerate(zip(ids, tasks, strict=True))
    )
    return Identified(ids=ids, matches=tuple(matches))


def registered(tasks: Sequence[Task], register: Register | None) -> Register:
    """Return the register that knows a table's tasks, those that left it marked as gone.

    ``tasks`` carry their ids already; none may be doubtful.
    """
    now = {task.task_id: _entry(task) for task in tasks}
    gone = {
        one.task_id: one.model_copy(update={"state": State.GONE})
        for one in register or ()
        if one.task_id not in now
    }
    entries = [*now.values(), *gone.values()]
    return tuple(sorted(entries, key=lambda one: one.number))


def _entry(task: Task) -> Registered:
    return Registered(
        task_id=task.task_id, goal=task.goal, schedule=task.schedule, heading=task.heading,
        lead_units=task.lead_units,
    )  # fmt: skip


def _alike(row: Task, old: Registered) -> float:
    goal = likeness(row.goal, old.goal)
    if not row.schedule.strip() and not old.schedule.strip():
        return goal
    return _GOAL_SHARE * goal + _SCHEDULE_SHARE * likeness(row.schedule, old.schedule)


def _have_one_goal(row: Task, old: Registered) -> bool:
    """Tell whether a row wants what a task wanted: tasks of one kind may share their schedule."""
    return likeness(row.goal, old.goal) >= SURE


def _schedule_key(one: Task | Registered) -> str:
    schedule = words(one.schedule)
    return schedule if len(schedule) >= _SHORTEST else ""


class _Matching:
    """Rows and registered tasks that are still to be matched, and those that are."""

    def __init__(self, tasks: Sequence[Task], register: Register, decided: Decided) -> None:
        self._tasks, self._register = tasks, {one.task_id: one for one in register}
        self._ids: dict[int, str] = {}
        self._doubts: dict[int, tuple[str, ...]] = {}
        lines = {task.line: row for row, task in enumerate(tasks)}
        chosen = {lines[line]: task_id for line, task_id in decided.items()}
        self._new = {row for row, task_id in chosen.items() if not task_id}
        for row, task_id in chosen.items():
            if task_id:
                self._ids[row] = task_id

    @property
    def _rows(self) -> list[int]:
        return [n for n in range(len(self._tasks)) if n not in self._ids and n not in self._new]

    @property
    def _left(self) -> list[Registered]:
        taken = set(self._ids.values())
        return [one for one in self._register.values() if one.task_id not in taken]

    def by(
        self,
        key: Callable[[Task | Registered], Hashable],
        *,
        several: bool = False,
        accepts: Callable[[Task, Registered], bool] = lambda row, old: True,
    ) -> None:
        """Match what has the same key, where one row and one task do.

        ``several`` also pairs equally many, in order: rows that say the same word for word.
        """
        rows, olds = defaultdict(list), defaultdict(list)
        for row in self._rows:
            rows[key(self._tasks[row])].append(row)
        for old in self._left:
            olds[key(old)].append(old)
        for found, at in rows.items():
            same = olds.get(found, [])
            if not found or not (len(at) == len(same) == 1 or (several and len(at) == len(same))):
                continue
            for row, old in zip(at, _in_order(same), strict=True):
                if accepts(self._tasks[row], old):
                    self._ids[row] = old.task_id

    def by_likeness(self) -> None:
        """Match reworded rows that clearly are one task; name the candidates of the others."""
        rows, left = self._rows, self._left
        alike = {
            (row, old.task_id): score
            for row in rows
            for old in left
            if (score := _alike(self._tasks[row], old)) >= POSSIBLE
        }
        for (row, task_id), score in sorted(alike.items(), key=lambda item: (-item[1], item[0])):
            if row in self._ids or task_id in self._ids.values():
                continue
            others = [s for (r, t), s in alike.items() if (r == row) != (t == task_id)]
            is_one = _have_one_goal(self._tasks[row], self._register[task_id])
            if is_one and score >= SURE and score - max(others, default=0) >= LEAD:
                self._ids[row] = task_id
        taken = set(self._ids.values())
        for row in self._rows:
            may_be = [
                (score, task_id) for (r, task_id), score in alike.items()
                if r == row and task_id not in taken
            ]  # fmt: skip
            if may_be:
                self._doubts[row] = tuple(t for _, t in sorted(may_be, key=lambda m: (-m[0], m[1])))

    def result(self, year: int) -> Identified:
        """Give new ids to new rows, and say what became of every row and every task."""
        last = max((one.number for one in self._register.values()), default=0)
        ids: list[str] = []
        matches: list[Match] = []
        for row, task in enumerate(self._tasks):
            if row in self._doubts:
                ids.append("")
                matches.append(
                    Match(kind=Kind.DOUBTFUL, row=row, goal=task.goal, candidates=self._doubts[row])
                )
                continue
            if row not in self._ids:
                last += 1
                ids.append(id_of(year, last))
                matches.append(Match(kind=Kind.NEW, task_id=ids[-1], row=row, goal=task.goal))
                continue
            ids.append(self._ids[row])
            matches.append(_kept(row, task, self._register[ids[-1]]))
        asked = {task_id for doubt in self._doubts.values() for task_id in doubt}
        matches += [
            Match(kind=Kind.GONE, task_id=old.task_id, goal=old.goal)
            for old in self._left
            if old.task_id not in asked and old.state is State.CURRENT
        ]
        return Identified(ids=tuple(ids), matches=tuple(matches))


def _in_order(same: Iterable[Registered]) -> list[Registered]:
    return sorted(same, key=lambda one: one.number)


def _kept(row: int, task: Task, old: Registered) -> Match:
    same = words(task.goal) == words(old.goal) and words(task.schedule) == words(old.schedule)
    return Match(
        kind=Kind.SAME if same else Kind.REWORDED, task_id=old.task_id, row=row, goal=task.goal,
        before="" if words(task.goal) == words(old.goal) else old.goal,
    )  # fmt: skip


def counts(identified: Identified) -> dict[Kind, int]:
    """Count the matches by kind, every kind present."""
    found = Counter(match.kind for match in identified.matches)
    return {kind: found[kind] for kind in Kind}
