"""What figures of a province's report rest on: the editions' files, and the fields in them."""

from collections.abc import Iterator

from reporting.assess.province.values import Tally
from reporting.assess.rating.rule import NOTHING_DUE
from reporting.documents.sources.values import Step
from reporting.exhibits.origins.steps import divided
from reporting.grades import GOOD, USUAL, Kind

WHOLE = "province"
"""Name of the source of what is said of the report as a whole."""
APART = "nothing_due"


def office_source(at: int) -> str:
    """Name the source of an office's counts, by its place."""
    return f"office-{at:03d}"


def task_source(at: int, task_id: str) -> str:
    """Name the source of an office's task."""
    return f"{office_source(at)}-{task_id}"


def tally_steps(tally: Tally, whose: str, of: tuple[str, ...]) -> tuple[Step, ...]:
    """Explain each column of a row of counts; ``of`` names the sources that they rest on."""
    return tuple(_steps(tally, whose, of))


def _steps(tally: Tally, whose: str, of: tuple[str, ...]) -> Iterator[Step]:
    yield Step(words=f"{whose}任务：{tally.total}项", of=of, column="total")
    for kind in Kind:
        count = tally.counts.get(kind, 0)
        yield Step(words=f"{whose}“{USUAL[kind]}”：{count}项", of=of, column=column_of(kind))
    yield Step(words=f"{whose}“{NOTHING_DUE}”：{tally.nothing_due}项", of=of, column=APART)
    yield divided(f"{whose}达序率", tally.count(GOOD), tally.due, column="rate")


def column_of(kind: Kind) -> str:
    """Name the column of a kind of grades."""
    return kind.name.lower()
