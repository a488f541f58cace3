"""The quality page of a plan: each row as read, beside what was noticed in it."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import jinja2
from markupsafe import Markup
from pydantic import Field

from reporting.findings import Finding, Severity
from reporting.language.comparators import Certainty, Comparator
from reporting.language.numerals import quantity
from reporting.language.runs import Run
from reporting.periods import quarter_label
from reporting.plan.codes import RULES
from reporting.plan.doubts import INFERRED, Doubts
from reporting.plan.values import Milestone, Plan, Target, Task
from reporting.plan.wording import BASIS_WORDS
from reporting.system.glyphs import shown_letters, with_faces
from reporting.values import Value

SHAPES = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.NOTE: "○"}
_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.MORE_THAN: ">",
    Comparator.EQUAL: "=",
    Comparator.AT_MOST: "≤",
}
_CERTAINTIES = {Certainty.INFERRED: INFERRED, Certainty.UNCERTAIN: "待核对"}
_KINDS = {
    "bureau": "部门",
    "town": "镇街",
    "park": "园区",
    "office": "办事机构",
    "company": "企业",
    "collective": "统称",
    "other": "其他",
}


Marks = Mapping[int, tuple[tuple[Run, ...], ...]]
"""Marked texts of the source by its line."""
Places = Mapping[str, Mapping[str, str]]
"""Addresses of a task's cells by its id and by field."""


class Piece(Value):
    """A stretch of text inside one set of targets; ``closes`` are those that end with it."""

    text: str
    title: str = ""
    closes: tuple[str, ...] = ()


class ScheduleLine(Value):
    """What stands before a milestone (label, separators), and the milestone's words."""

    before: tuple[Piece, ...]
    label: str = ""
    quarters: tuple[int, ...] = ()
    workstream: str = ""
    words: tuple[Piece, ...] = ()


class TargetLine(Value):
    """A target in words."""

    target_id: str
    short: str
    measure: str
    promise: str
    notes: tuple[str, ...]
    understood: str = ""
    checked: str = ""


class FindingLine(Value):
    """A finding in words."""

    code: str
    severity: Severity
    title: str
    message: str
    where: str


class Card(Value):
    """A task as the page shows it.

    ``places`` are the addresses of its cells by field;
    ``checked`` says who looked at it and when; ``marks`` are texts of the source, each in runs
    of a kind and its words; ``place`` is its place in the table.
    """

    task: Task
    goal: tuple[Piece, ...]
    schedule: tuple[ScheduleLine, ...]
    targets: tuple[TargetLine, ...]
    findings: tuple[FindingLine, ...]
    level: str
    checked: str = ""
    place: int = 0
    places: dict[str, str] = Field(default_factory=dict)
    marks: tuple[tuple[tuple[str, str], ...], ...] = ()


class CodeLine(Value):
    """A finding's code with how often it came and in which tasks."""

    code: str
    severity: Severity
    title: str
    count: int
    task_ids: tuple[str, ...]


def quality_page(
    plan: Plan,
    marks: Marks | None = None,
    places: Places | None = None,
    own: Sequence[Path] = (),
) -> bytes:
    """Render the page on which a person checks how a table was read (``quality.html``).

    What is in doubt comes first, what was checked last. ``marks`` are the raised, struck and
    hidden texts of the source by its line, ``places`` the addresses of its cells, ``own`` the
    project's own fonts: letters that few computers have a font for are carried.

    One self-contained file: no request to anywhere, and all text of the table is text.
    """
    style, script = _beside("page.css"), _beside("page.js")
    page = _template().render(
        plan=plan,
        cards=make_cards(plan, marks, places),
        counters=counters(plan),
        codes=count_codes(plan.findings),
        elsewhere=[_finding_line(f) for f in plan.findings if not f.task_id],
        leaders=_leader_counts(plan),
        kinds=_KINDS,
        shapes=SHAPES,
        style=Markup(style),
        script=Markup(script),
        style_source=_source(style),
        script_source=_source(script),
    )
    return (_with_letters(page, style, own).rstrip() + "\n").encode()


def _with_letters(page: str, style: str, own: Sequence[Path]) -> str:
    """Give the page the glyphs of its rare letters, which its policy then allows."""
    page, faces = shown_letters(page, own)
    if not faces:
        return page
    lettered = with_faces(style, faces)
    page = page.replace(_source(style), f"{_source(lettered)}; font-src data:", 1)
    return page.replace(style, lettered, 1)


def counters(plan: Plan) -> dict[str, str]:
    """Count what was read and what was noticed, by name in Chinese."""
    whole = sum(_is_whole(task, plan.milestones_of(task.task_id)) for task in plan.tasks)
    noticed = {finding.task_id for finding in plan.findings} - {""}
    found = {
        "任务": len(plan.tasks),
        "总体要求": len({task.heading for task in plan.tasks}),
        "节点": len(plan.milestones),
        "指标": len(plan.targets),
        "单位": len(plan.units),
        "牵头单位": len(plan.lead_units),
        "责任领导": len(plan.leaders),
        "有发现的任务": len(noticed),
    }
    for severity in Severity:
        found[severity.label] = sum(f.severity is severity for f in plan.findings)
    doubts = Doubts(plan)
    words = {name: str(count) for name, count in found.items()}
    words |= {
        f"已核对{name}": f"{doubts.count_checked(values)}/{len(values)}"
        for name, values in (
            ("任务", plan.tasks), ("节点", plan.milestones), ("指标", plan.targets),
        )
    }  # fmt: skip
    return words | {"进度原文可还原": f"{whole}/{len(plan.tasks)}"}


def count_codes(findings: Iterable[Finding]) -> tuple[CodeLine, ...]:
    """Count findings by code, the gravest first, then by code."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    order = list(Severity)
    lines = [
        CodeLine(
            code=code,
            severity=min((f.severity for f in group), key=order.index),
            title=_title(code),
            count=len(group),
            task_ids=tuple(dict.fromkeys(f.task_id for f in group if f.task_id)),
        )
        for code, group in groups.items()
    ]
    return tuple(sorted(lines, key=lambda line: (order.index(line.severity), line.code)))


def make_cards(
    plan: Plan, marks: Marks | None = None, places: Places | None = None
) -> tuple[Card, ...]:
    """Lay out every task, doubtful ones first."""
    doubts, order = Doubts(plan), {task.task_id: at for at, task in enumerate(plan.tasks)}
    findings: dict[str, list[Finding]] = {}
    for finding in plan.findings:
        findings.setdefault(finding.task_id, []).append(finding)
    return tuple(
        _card(
            task,
            plan.milestones_of(task.task_id),
            plan.targets_of(task.task_id),
            findings.get(task.task_id, ()),
            doubts,
            (marks or {}).get(task.line or 0, ()),
        ).model_copy(
            update={
                "place": order[task.task_id],
                "places": dict((places or {}).get(task.task_id, {})),
            }
        )
        for task in sorted(plan.tasks, key=doubts.rank)
    )


def _card(
    task: Task,
    milestones: Sequence[Milestone],
    targets: Sequence[Target],
    findings: Sequence[Finding],
    doubts: Doubts,
    marks: Sequence[tuple[Run, ...]],
) -> Card:
    promised = [target for target in targets if target.source == "goal"]
    planned = [target for target in targets if target.source == "schedule"]
    severities = {finding.severity for finding in findings}
    return Card(
        task=task,
        goal=cut(task.goal, 0, len(task.goal), promised),
        schedule=tuple(_schedule_lines(task.schedule, milestones, planned)),
        targets=tuple(_target_line(target, doubts) for target in targets),
        findings=tuple(map(_finding_line, findings)),
        level=next((str(severity) for severity in Severity if severity in severities), ""),
        checked=doubts.signed(task),
        marks=tuple(tuple((run.kind.value, run.text) for run in runs) for runs in marks),
    )


def _schedule_lines(
    schedule: str, milestones: Sequence[Milestone], targets: Sequence[Target]
) -> Iterable[ScheduleLine]:
    """Give every character of the schedule its place, in order."""
    at = 0
    for milestone in milestones:
        yield ScheduleLine(
            before=cut(schedule, at, milestone.start, targets),
            label=quarter_label(milestone.quarters),
            quarters=milestone.quarters,
            workstream=milestone.workstream or "",
            words=cut(schedule, milestone.start, milestone.end, targets),
        )
        at = milestone.end
    if at < len(schedule):
        yield ScheduleLine(before=cut(schedule, at, len(schedule), targets))


def cut(text: str, start: int, end: int, targets: Sequence[Target]) -> tuple[Piece, ...]:
    """Cut a stretch of text where a target starts or ends; spans may overlap."""
    edges = {start, end}
    edges |= {edge for t in targets for edge in (t.start, t.end) if start < edge < end}
    limits = sorted(edges)
    pieces = []
    for left, right in pairwise(limits):
        over = [t for t in targets if t.start < right and t.end > left]
        pieces.append(
            Piece(
                text=text[left:right],
                title="；".join(_target_words(t) for t in over),
                closes=tuple(_short(t.target_id) for t in over if t.end == right),
            )
        )
    return tuple(pieces)


def _is_whole(task: Task, milestones: Sequence[Milestone]) -> bool:
    """Tell whether spans are disjoint, in order, and hold the milestones' words."""
    at = 0
    for milestone in milestones:
        if milestone.start < at or task.schedule[milestone.start : milestone.end] != milestone.text:
            return False
        at = milestone.end
    return at <= len(task.schedule)


def _target_line(target: Target, doubts: Doubts | None = None) -> TargetLine:
    notes = [BASIS_WORDS[target.basis], f"{quarter_label((target.quarter,))}到期"]
    if target.certainty is not Certainty.STATED:
        notes.append(_CERTAINTIES[target.certainty])
    if target.aspirational:
        notes.append("力争")
    if target.source == "goal":
        notes.append("年度目标")
    if target.annual_target_id:
        notes.append(f"对应{_short(target.annual_target_id)}")
    return TargetLine(
        target_id=target.target_id,
        short=_short(target.target_id),
        measure=target.measure,
        promise=_promise(target),
        notes=tuple(notes),
        understood=target.understood,
        checked=doubts.signed(target) if doubts else "",
    )


def _target_words(target: Target) -> str:
    line = _target_line(target)
    return f"{line.short} {line.measure} {line.promise}（{'，'.join(line.notes)}）"


def _promise(target: Target) -> str:
    value = quantity(target.value, target.unit)
    if target.value_high is not None:
        low = quantity(target.value, "%" if target.unit == "%" else "")
        value = f"{low}～{quantity(target.value_high, target.unit)}"
    return f"{_SIGNS.get(target.comparator, '')}{value}"


def _short(target_id: str) -> str:
    return target_id.rpartition("-")[2]


def _finding_line(finding: Finding) -> FindingLine:
    return FindingLine(
        code=finding.code,
        severity=finding.severity,
        title=_title(finding.code),
        message=finding.message,
        where=finding.where,
    )


def _title(code: str) -> str:
    return RULES[code].title if code in RULES else code


def _leader_counts(plan: Plan) -> dict[str, int]:
    return {name: sum(name in task.leaders for task in plan.tasks) for name in plan.leaders}


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_beside("page.html.j2"))


@cache
def _beside(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    """Name an inline style or script by its hash, as a content security policy does."""
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
