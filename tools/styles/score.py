"""Read the tables and hold what was found against what a careful reader finds."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from reporting.errors import InputRefused, UsageError
from reporting.findings import Finding, Severity
from reporting.plan.read import read_plan
from reporting.plan.values import Plan, Target, Task
from reporting.project.params import Params
from reporting.values import Value
from tools.styles.files import make_file
from tools.styles.written import Asked, Figure, Written

_DOUBTED = "uncertain"
_UNSAID = "(unsaid)"
SURE_AND_WRONG = ("wrong", "guessed", "extra")
"""Verdicts of a figure that is stated and should not have been."""


class Verdict(Value):
    """What became of one figure.

    Attributes
    ----------
    kind : str
        ``right``; ``asked``: rightly asked about; ``doubted``: asked about though its sentence
        decides it; ``wrong``: read otherwise; ``guessed``: read where asking was right; ``extra``:
        read where there is none; ``told``: not read, but a finding names it; ``missed``: not read,
        and nobody is told.
    differences : tuple of str
        Field by field what was expected and found.
    """

    table: str
    says: str
    kind: str
    figure: str
    differences: tuple[str, ...] = ()

    @property
    def fields(self) -> str:
        """The names of the fields that differ."""
        return "+".join(text.split(" ", 1)[0] for text in self.differences)


class Score(Value):
    """What the reading of all tables is worth.

    ``facts`` lists units, leaders and quarters that are not those of the list, ``checked`` counts
    those compared; ``refused`` gives for each table that was not read why.
    """

    verdicts: tuple[Verdict, ...]
    facts: tuple[str, ...]
    checked: int
    refused: tuple[str, ...]

    def of(self, *kinds: str) -> tuple[Verdict, ...]:
        """Return the verdicts of some kinds, in the tables' order."""
        return tuple(verdict for verdict in self.verdicts if verdict.kind in kinds)

    @property
    def precision(self) -> float:
        """Share of the figures read as sure that are right."""
        return _share(len(self.of("right")), len(self.of("right", *SURE_AND_WRONG)))

    @property
    def recall(self) -> float:
        """Share of the figures that their sentence decides that are read right."""
        decided = self.of("right", "wrong", "doubted", "told", "missed")
        return _share(len(self.of("right")), len(decided))

    @property
    def wrong(self) -> tuple[Verdict, ...]:
        """Figures that are wrong and not marked uncertain."""
        return self.of(*SURE_AND_WRONG)


class _Reading:
    """One table's verdicts while they are being made."""

    def __init__(self, table: Written) -> None:
        self.table = table
        self.verdicts: list[Verdict] = []
        self.facts: list[str] = []
        self.checked = 0
        self.refused = ""

    def judge(self, says: str, kind: str, figure: str, differences: Iterable[str] = ()) -> None:
        self.verdicts.append(
            Verdict(
                table=self.table.name,
                says=says,
                kind=kind,
                figure=figure,
                differences=tuple(differences),
            )
        )


def score(tables: Iterable[Written]) -> Score:
    """Read every table and judge each figure of it."""
    readings = [_judged(table) for table in tables]
    return Score(
        verdicts=tuple(verdict for reading in readings for verdict in reading.verdicts),
        facts=tuple(fact for reading in readings for fact in reading.facts),
        checked=sum(reading.checked for reading in readings),
        refused=tuple(r.refused for r in readings if r.refused),
    )


def report(found: Score) -> str:
    """Write a score for the terminal: the shares, then what is wrong, by kind."""
    counts = Counter(verdict.kind for verdict in found.verdicts)
    wrong = Counter(f"{v.kind} {v.fields}".strip() for v in found.wrong)
    tables = {verdict.table for verdict in found.verdicts}
    lines = [
        f"figures          {sum(counts.values()) - counts['extra']} in {len(tables)} tables",
        *(f"  {kind:<15}{count}" for kind, count in sorted(counts.items())),
        f"precision        {found.precision:.3f}",
        f"recall           {found.recall:.3f}",
        f"wrong, not marked uncertain  {len(found.wrong)}",
        *(f"  {count:>4}  {kind}" for kind, count in wrong.most_common()),
        f"missed in silence            {counts['missed']}",
        f"units, leaders, quarters     {len(found.facts)} of {found.checked} differ",
    ]
    for kind in (*SURE_AND_WRONG, "missed", "told", "doubted"):
        lines += _listed(kind, found.of(kind))
    lines += ["", "refused", *found.refused] if found.refused else []
    lines += ["", "units, leaders, quarters", *found.facts] if found.facts else []
    return "\n".join(lines)


def _listed(kind: str, verdicts: Sequence[Verdict]) -> Iterator[str]:
    if verdicts:
        yield f"\n{kind}"
    for verdict in sorted(verdicts, key=lambda v: v.fields):
        told = "; ".join(verdict.differences)
        yield f"  {verdict.table} {verdict.says}: {verdict.figure}{'  # ' + told if told else ''}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _judged(table: Written) -> _Reading:
    reading = _Reading(table)
    try:
        plan = _read(table)
    except (InputRefused, UsageError) as error:
        reading.refused = f"  {table.name}: {error}"
        for asked in table.tasks:
            for figure in asked.figures:
                if not figure.optional:
                    reading.judge(asked.says, "told", figure.line)
        return reading
    left = list(plan.tasks)
    for asked in table.tasks:
        task = next((t for t in left if asked.says in t.goal + t.schedule + t.heading), None)
        if task is not None:
            left.remove(task)
        _judge_task(reading, asked, task, plan)
    for task in left:
        reading.facts.append(f"  {table.name}: no such task: {task.goal[:30]}")
        _judge_figures(reading, task.goal[:12], (), plan.targets_of(task.task_id), ())
    return reading


def _read(table: Written) -> Plan:
    """Write the table's file into a folder of its own and read it."""
    name, content = make_file(table)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        return read_plan(Path(folder), _params(table.year, name))


def _params(year: int, table: str) -> Params:
    ends = {quarter: f"{year}-{3 * quarter:02}-28" for quarter in (1, 2, 3, 4)}
    days = {quarter: {"due": end, "publish": end} for quarter, end in ends.items()}
    masthead = {
        "city": "某市", "place": "市", "issuing_office": "某市政府", "title": "通报",
        "issue_number": "1",
    }  # fmt: skip
    return Params.model_validate(
        {"year": year, "table": table, "status": "status", "calendar": days, "masthead": masthead}
    )


def _judge_task(reading: _Reading, asked: Asked, task: Task | None, plan: Plan) -> None:
    if asked.cancelled:
        _judge_cancelled(reading, asked, task, plan)
        return
    findings = [f for f in plan.findings if f.task_id in ("", task.task_id if task else "")]
    told = [f for f in findings if f.severity is not Severity.NOTE]
    if task is None:
        reading.checked += 1
        reading.facts.append(f"  {reading.table.name} {asked.says}: no task says so")
        _judge_figures(reading, asked.says, asked.figures, (), told)
        return
    _judge_facts(reading, asked, task, plan)
    targets = plan.targets_of(task.task_id)
    _judge_figures(reading, asked.says, asked.figures, targets, told)


def _judge_cancelled(reading: _Reading, asked: Asked, task: Task | None, plan: Plan) -> None:
    """Allow no figures of a task that was dropped, unless someone is warned of the hidden row."""
    if task is None:
        return
    warned = any(
        "隐藏" in f.message and f.severity is not Severity.NOTE
        for f in plan.findings
        if f.task_id == task.task_id or (f.line is not None and f.line == task.line)
    )
    if not warned:
        _judge_figures(reading, asked.says, (), plan.targets_of(task.task_id), ())


def _judge_facts(reading: _Reading, asked: Asked, task: Task, plan: Plan) -> None:
    quarters = {q for m in plan.milestones_of(task.task_id) for q in m.quarters}
    supports = tuple(f"{s.unit}@{s.scope}" if s.scope else s.unit for s in task.supporting_units)
    found = "".join(map(str, sorted(quarters)))
    compared = {
        "lead": (asked.lead, task.lead_units),
        "support": (asked.support, supports),
        "leaders": (asked.leaders, task.leaders),
        "quarters": (asked.quarters, (found,) if asked.quarters else ()),
    }
    reading.checked += len(compared)
    for name, (expected, got) in compared.items():
        same = found in expected if name == "quarters" and expected else expected == got
        if not same:
            told = f"expected {'、'.join(expected)}, found {'、'.join(got)}"
            reading.facts.append(f"  {reading.table.name} {asked.says}: {name} {told}")


def _judge_figures(
    reading: _Reading,
    says: str,
    figures: Sequence[Figure],
    targets: Sequence[Target],
    told: Sequence[Finding],
) -> None:
    pairs, lost, extra = _paired(figures, targets)
    for figure, target in pairs:
        differences = _differences(figure, target)
        kind = _kind(figure, target, differences)
        if not (figure.optional and kind == "right"):
            reading.judge(says, kind, figure.line, differences if kind != "right" else ())
    for figure in lost:
        if not figure.optional:
            reading.judge(says, _lost(figure, told), figure.line)
    for target in extra:
        reading.judge(says, "doubted" if _uncertain(target) else "extra", _spelt(target))


def _kind(figure: Figure, target: Target, differences: Sequence[str]) -> str:
    if _uncertain(target):
        return "asked" if figure.uncertain else "doubted"
    if figure.uncertain:
        return "guessed"
    return "wrong" if differences else "right"


def _lost(figure: Figure, told: Sequence[Finding]) -> str:
    if any(figure.written in finding.message for finding in told):
        return "asked" if figure.uncertain else "told"
    return "missed"


def _paired(
    figures: Sequence[Figure], targets: Sequence[Target]
) -> tuple[list[tuple[Figure, Target]], list[Figure], list[Target]]:
    """Give each figure its target, the closest first; return the pairs and what is left."""
    lost, extra, pairs = list(figures), list(targets), []
    for alike in _ALIKE:
        for figure in tuple(lost):
            target = next((t for t in extra if alike(figure, t)), None)
            if target is not None:
                pairs.append((figure, target))
                lost.remove(figure)
                extra.remove(target)
    return pairs, lost, extra


def _same_value(figure: Figure, target: Target) -> bool:
    return target.value in figure.values


def _same_place(figure: Figure, target: Target) -> bool:
    return target.source == figure.source and _same_value(figure, target)


def _same_unit(figure: Figure, target: Target) -> bool:
    """Tell a figure that was misread by its place: one source, quarter and unit."""
    placed = target.source == figure.source and target.quarter in figure.quarters
    return placed and not figure.optional and target.unit in figure.units


_ALIKE: tuple[Callable[[Figure, Target], bool], ...] = (
    lambda figure, target: not figure.optional and not _differences(figure, target),
    lambda figure, target: not _differences(figure, target),
    lambda figure, target: _same_place(figure, target) and target.quarter in figure.quarters,
    _same_place,
    _same_value,
    _same_unit,
)


def _differences(figure: Figure, target: Target) -> list[str]:
    """Name the fields of a target that are not the figure's, with both sides."""
    compared: dict[str, tuple[Sequence[object], object]] = {
        "source": ((figure.source,), target.source),
        "quarter": (figure.quarters, target.quarter),
        "comparator": (figure.comparators, target.comparator.value),
        "value": (figure.values, target.value),
        "high": ((figure.high,), target.value_high),
        "unit": (figure.units, target.unit),
        "basis": (figure.bases, target.basis.value),
        "direction": (figure.directions, _said(target, "direction")),
        "aspirational": ((figure.aspirational,), target.aspirational),
        "measure": _measures(figure, target),
    }
    return [
        f"{name} {'|'.join(map(str, expected))} read {_plain(got)}"
        for name, (expected, got) in compared.items()
        if expected and got not in (*expected, _UNSAID)
    ]


def _said(target: Target, name: str) -> str:
    """Return a field of a target as text, if targets have such a field."""
    return str(target.model_dump(mode="json")[name]) if name in Target.model_fields else _UNSAID


def _uncertain(target: Target) -> bool:
    return _said(target, "certainty") == _DOUBTED


def _measures(figure: Figure, target: Target) -> tuple[Sequence[object], object]:
    """Compare by words: the measure must hold one of those expected."""
    fits = any(word in target.measure for word in figure.measures)
    return figure.measures, figure.measures[0] if fits else target.measure


def _spelt(target: Target) -> str:
    """Write a target as the list writes figures."""
    high = "" if target.value_high is None else f"~{_plain(target.value_high)}"
    value = f"{_plain(target.value)}{high}"
    words = (target.source, f"Q{target.quarter}", target.comparator.value, value, target.unit)
    return " ".join((*words, target.basis.value, target.measure))


def _plain(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
