"""Steps in few words: a count with its tasks, a share, a sentence; and the names they lead to."""

from collections.abc import Iterable, Sequence

from reporting.documents.sources.values import Step
from reporting.language.numerals import percent
from reporting.plan.values import Task
from reporting.project.register import number_of

COUNTS, ARRIVALS, FOLLOWED, CAUSES = (
    "source-counts", "source-arrivals", "source-followed", "source-causes",
)  # fmt: skip
ASKED, COMING, FIGURES, NOTES = (
    "source-asked", "source-coming", "source-figures", "source-notes",
)  # fmt: skip
CALENDAR, RULE = "source-calendar", "source-rule"
"""Names of the sources that are no task's own."""
CODES = dict(
    zip(
        (COUNTS, ARRIVALS, FOLLOWED, CAUSES, ASKED, COMING, FIGURES, NOTES, CALENDAR),
        "甲乙丙丁戊己庚辛壬",
        strict=True,
    )
)
"""What paper calls them by; the rule is printed itself."""


def task_name(task_id: str) -> str:
    """Name the source of a task; it is the place of the task in a document too."""
    return f"task-{number_of(task_id):03d}"


def supported_name(task_id: str) -> str:
    """Name the source of a task that a unit only supports."""
    return f"supported-{task_id}"


def leads(*names: str) -> tuple[Step, ...]:
    """Lead to sources by name."""
    return tuple(Step(of=(name,)) for name in names)


def about(*tasks: Task) -> tuple[Step, ...]:
    """Lead to what is known of tasks."""
    return leads(*(task_name(task.task_id) for task in tasks))


def stated(words: str, ids: Iterable[str] = (), *, column: str = "") -> Step:
    """State figures in a sentence, with the tasks they rest on."""
    return Step(words=words, of=tuple(dict.fromkeys(map(task_name, ids))), column=column)


def counted(words: str, ids: Sequence[str], *, unit: str = "项", column: str = "") -> Step:
    """State how many are so, and of which tasks."""
    return stated(f"{words}：{len(ids)}{unit}", ids, column=column)


def divided(words: str, part: int, whole: int, *, column: str = "") -> Step:
    """State a share with what was divided by what; nothing is a share of none."""
    share = percent(part, whole) if whole else "—"
    return Step(words=f"{words}：{part}÷{whole}＝{share}", column=column)


def ids_of(tasks: Iterable[Task]) -> list[str]:
    """Give the ids of tasks."""
    return [task.task_id for task in tasks]
