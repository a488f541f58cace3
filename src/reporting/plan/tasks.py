"""From raw rows to tasks: each cell read, and what remains of it named."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporting.findings import Finding
from reporting.language.phrases import table_words
from reporting.plan.codes import finding
from reporting.plan.parties.people import KnownPeople
from reporting.plan.parties.units import KnownUnits
from reporting.plan.table.coverage import leftover
from reporting.plan.table.headings import split_heading, strip_number
from reporting.plan.table.raw_rows import RawRow
from reporting.plan.values import Task
from reporting.project.params import TaskNumbers

_MANY = 3
_MOST_NAMED = 5


@dataclass(frozen=True)
class Names:
    """What the whole table tells about its names."""

    people: KnownPeople
    units: KnownUnits
    aliases: Mapping[str, str]


def make_tasks(
    rows: Sequence[RawRow], year: int, names: Names, name: str
) -> tuple[list[Task], list[Finding]]:
    """Make one task of every row, in order."""
    findings: list[Finding] = []
    tasks: list[Task] = []
    heading, section = "", None
    printed: dict[int, int] = {}
    for number, row in enumerate(rows, 1):
        reader = _RowReader(row, f"{year}-{number:03}", name, names)
        heading = reader.heading(heading, begins=row.section != section)
        section = row.section
        task = reader.task(number, heading)
        reader.check(task)
        if task.source_number == 1 and tasks and tasks[-1].heading != heading:
            printed.clear()  # Numbers begin again under each heading.
        findings.extend(reader.findings)
        if not row.same_number:
            findings.extend(_check_number(task, printed, name))
        tasks.append(task)
    findings.extend(_unnumbered(rows, tasks, name))
    return tasks, findings


def _unnumbered(rows: Sequence[RawRow], tasks: Sequence[Task], name: str) -> Iterator[Finding]:
    """Tell of the few rows without a number where all others have one."""
    blank = [
        task for row, task in zip(rows, tasks, strict=True)
        if "number" in row.cells and not row.cells["number"].strip()
    ]  # fmt: skip
    if len(blank) * _MANY <= len(tasks):
        for task in blank:
            where = finding("PLAN-NUMBER-NONE", file=name, line=task.line)
            yield where.model_copy(update={"task_id": task.task_id})


def name_tasks(
    tasks: Sequence[Task], numbers: TaskNumbers, name: str
) -> tuple[list[Task], list[Finding]]:
    """Call the tasks by their printed numbers where they are wanted and none stands twice."""
    printed = [task.source_number for task in tasks if task.source_number is not None]
    if numbers is TaskNumbers.ORDER or not printed:
        return list(tasks), []
    twice = [number for number, count in Counter(printed).items() if count > 1]
    if twice:
        found = "、".join(map(str, twice[:_MOST_NAMED])) + ("等" if twice[_MOST_NAMED:] else "")
        return list(tasks), [finding("PLAN-NUMBER-UNUSED", file=name, found=found)]
    return [task.model_copy(update={"by_printed": True}) for task in tasks], []


def number_headings(tasks: Sequence[Task]) -> list[Task]:
    """Give the distinct headings of tasks their numbers, in order."""
    order: dict[str, int] = {}
    return [
        task.model_copy(update={"heading_number": order.setdefault(task.heading, len(order) + 1)})
        for task in tasks
    ]


def _check_number(task: Task, printed: dict[int, int], name: str) -> Iterator[Finding]:
    number = task.source_number
    if number is None:
        return
    if number in printed:
        code, expected = "PLAN-NUMBER-DUPLICATE", str(printed[number])
    elif printed and number < max(printed):
        code, expected = "PLAN-NUMBER-ORDER", str(max(printed))
    else:
        code = expected = ""
    if code:
        found = str(number)
        where = finding(code, file=name, line=task.line, expected=expected, found=found)
        yield where.model_copy(update={"task_id": task.task_id})
    printed.setdefault(number, task.line or 0)


class _RowReader:
    """Reads one row and keeps what was noticed, each finding with its place."""

    def __init__(self, row: RawRow, task_id: str, name: str, names: Names) -> None:
        self.findings: list[Finding] = []
        self._row, self._id, self._name, self._names = row, task_id, name, names
        self._columns = row.columns
        self._number = ""

    def _cell(self, name: str) -> str:
        return self._row.cells.get(name, "")

    def _note(self, code: str, found: str = "") -> None:
        self._place(finding(code, found=found))

    def _place(self, noticed: Finding) -> None:
        where = {"file": self._name, "line": self._row.line, "task_id": self._id}
        self.findings.append(noticed.model_copy(update=where))

    def heading(self, before: str, *, begins: bool) -> str:
        """Read the heading; an empty or number-only one is that of the row above.

        ``begins`` tells that a section begins with the row: its title is the nearer one.
        """
        number, text = strip_number(self._cell("heading"))
        if text:
            return split_heading(text).text
        if self._row.section is not None and (begins or "heading" not in self._row.cells):
            return split_heading(strip_number(self._row.section)[1]).text
        if number:
            self._note("PLAN-HEADING-STRAY", found=number)
        if not before and "heading" in self._row.cells:
            self._note("PLAN-HEADING-NONE")
        return before

    def task(self, number: int, heading: str) -> Task:
        """Read the other cells of the row."""
        self._number, goal = strip_number(self._cell("goal"))
        leaders, noticed = self._names.people.read(self._cell("leaders"))
        duties = self._names.units.read(
            self._cell("lead"), self._cell("support"), ranked=self._columns.ranked,
            alone="support" not in self._columns.fields, peopled=self._columns.peopled,
        )  # fmt: skip
        for item in (*noticed, *duties.findings):
            self._place(item)
        self._check_lines()
        parts = split_heading(heading)
        return Task(
            task_id=self._id,
            number=number,
            source_number=self._source_number(),
            heading_number=1,
            heading=heading,
            action=parts.action,
            focus=parts.focus,
            theme=parts.theme,
            goal=goal,
            schedule=self._cell("schedule").strip("\n"),
            leaders=leaders,
            lead_units=tuple(duties.lead),
            coordinating_unit=duties.coordinating,
            host_unit=duties.host,
            supporting_units=tuple(duties.support),
            line=self._row.line,
        )

    def _check_lines(self) -> None:
        """Note a blank line among the leaders: it may be the leader of one of the units."""
        leaders = self._cell("leaders").split("\n")
        if len(self._cell("lead").split("\n")) > 1 and len(leaders) > 1:
            named = [" ".join(line.split()) for line in leaders]
            if "" in named and any(named):
                self._note("PLAN-LEADER-LINES", found="／".join(n or "（空）" for n in named))

    def _source_number(self) -> int | None:
        for text in (self._cell("number"), self._number):
            match = table_words.PRINTED.fullmatch(text)
            if match is not None:
                return int(match[1])
        return None

    def check(self, task: Task) -> None:
        """Note what is missing, and every text of the row that no field holds."""
        if not task.goal:
            self._note("PLAN-GOAL-EMPTY")
        if not task.schedule.strip() and self._columns.has_schedule:
            self._note("PLAN-SCHEDULE-EMPTY")
        if not task.leaders and "leaders" in self._columns.fields:
            self._note("PLAN-LEADER-NONE")
        if not task.lead_units:
            self._note("PLAN-LEAD-NONE", found=self._cell("lead").strip() or "空白")
        for cell, parts in self._held(task).items():
            rest = leftover(self._cell(cell), parts, self._names.aliases)
            if rest:
                self._note("PLAN-LEFTOVER", found=rest)
        if task.source_number is None and re.search(r"\d", self._cell("number")):
            self._note("PLAN-LEFTOVER", found=self._cell("number").strip())

    def _posts(self) -> list[str]:
        told = [n.found for n in self.findings if n.code == "PLAN-LEADER-POST"]
        return [post for posts in told for post in posts.split("、")]

    def _held(self, task: Task) -> dict[str, list[str]]:
        """Return the texts that fields and findings hold, by the cell they come from."""
        supports = [s.unit for s in task.supporting_units]
        supports += [s.scope for s in task.supporting_units if s.scope]
        leads = [*task.lead_units, *supports]
        leads += [name for name in (task.coordinating_unit, task.host_unit) if name]
        noted = [n.found for n in self.findings if n.code != "PLAN-HEADING-STRAY"]
        return {
            "number": [self._cell("number")]
            if table_words.PRINTED.fullmatch(self._cell("number"))
            else [],
            "heading": [task.heading, strip_number(self._cell("heading"))[0]],
            "goal": [task.goal, self._number],
            "schedule": [task.schedule],
            "leaders": [*task.leaders, *self._posts()],
            "lead": leads + noted,
            "support": supports + noted,
        }
