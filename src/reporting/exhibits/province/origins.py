"""What figures of a province's report rest on: the editions' files, and the fields in them."""

from collections.abc import Iterator

from reporting.assess.province.values import OfficeLine, Tally
from reporting.assess.rating.rule import NOTHING_DUE
from reporting.documents.sources.values import Step
from reporting.exhibits.origins.steps import divided
from reporting.grades import GOOD, USUAL, Kind
from reporting.periods import full_date

WHOLE = "province"
"""Name of the source of what is said of the report as a whole."""
APART = "nothing_due"
DIGITS = 16
"""How much of a digest stands in a table; the annex has all of it."""


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


def plain(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Give steps for what is no table."""
    return tuple(step.model_copy(update={"column": ""}) for step in steps)


def edition_steps(at: int, one: OfficeLine) -> tuple[Step, ...]:
    """Explain an office's place and its edition, in the columns that have them."""
    return tuple(_edition(at, one))


def _edition(at: int, one: OfficeLine) -> Iterator[Step]:
    yield Step(words=f"参数所列第{at}个：{one.name}", column="place")
    if (known := one.released) is not None:
        head = f"{one.name}第{known.number}版，{full_date(known.issued_on)}"
        digest = f"版本记录校验码 {known.record[:DIGITS]}（全文 {known.record}）"
        yield Step(words=f"{head}，{digest}", column="edition")
        yield Step(words=f"{head}，封签 {known.seal}", column="seal")
        yield Step(words=f"{head}，版本记录校验码 {known.record}", column="record")


def column_of(kind: Kind) -> str:
    """Name the column of a kind of grades."""
    return kind.name.lower()
