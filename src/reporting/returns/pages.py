"""The pages of a check: its findings, and the reminder list."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import jinja2

from reporting.findings import Finding, Severity
from reporting.periods import Period
from reporting.returns.layout import SAMPLE_NOTE
from reporting.returns.opinions import PREVIEW_COLUMNS, Opinion
from reporting.returns.opinions import by_unit as opinions_by_unit
from reporting.returns.rules import RULES
from reporting.returns.sheets.remind import COLUMNS, Reminder, reminder_note, reminder_title
from reporting.returns.values import Returns
from reporting.values import Value

LABELS = ("程度", "问题", "位置", "任务", "说明")
NOT_OF_A_UNIT = "未能认定单位的文件"


class PageTable(Value):
    """A table of a page; ``kinds`` are the severities of its rows where they are findings."""

    heading: str
    labels: tuple[str, ...]
    rows: tuple[tuple[int | str, ...], ...]
    kinds: tuple[str, ...] = ()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    source = files("reporting.returns").joinpath("page.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source)


def _page(
    returns: Returns, title: str, notes: tuple[str, ...], tables: tuple[PageTable, ...]
) -> bytes:
    text = _template().render(
        title=title,
        notes=notes,
        tables=tables,
        is_sample=returns.is_sample,
        sample_note=SAMPLE_NOTE,
    )
    return (text.rstrip() + "\n").encode()


def counts(returns: Returns) -> dict[Severity, int]:
    """Count the findings by severity."""
    found = dict.fromkeys(Severity, 0)
    for finding in returns.all_findings:
        found[finding.severity] += 1
    return found


def summary(returns: Returns) -> str:
    """Say in one line what came and what was noticed."""
    said = "、".join(f"{severity.label}{count}处" for severity, count in counts(returns).items())
    missing = len(returns.missing)
    return f"读入报送表{len(returns.returns)}份，缺{missing}份；发现{said}。"


def by_unit(returns: Returns) -> dict[str, list[Finding]]:
    """Group the findings by unit, in the order of the returns."""
    groups: dict[str, list[Finding]] = {}
    for finding in returns.all_findings:
        groups.setdefault(finding.unit, []).append(finding)
    return groups


def finding_cells(finding: Finding) -> tuple[str, ...]:
    """Return a finding as a row: severity, kind, place, task, message."""
    return (
        finding.severity.label,
        RULES[finding.code].title,
        finding.where,
        finding.task_id.rpartition("-")[2].lstrip("0"),
        finding.message,
    )


def check_page(returns: Returns, opinions: Sequence[Opinion] = ()) -> bytes:
    """Return the findings as a page, unit by unit, each with how its tasks will be rated."""
    label = Period(year=returns.year, quarter=returns.quarter).label
    found, told = by_unit(returns), opinions_by_unit(opinions)
    tables = tuple(
        table
        for unit in dict.fromkeys([*found, *told])
        for table in (_found_table(unit, found.get(unit, [])), _preview_table(told.get(unit, [])))
        if table is not None
    )
    silent = f"尚无可读报送表的单位：{'、'.join(returns.missing)}。"
    notes = (summary(returns), silent) if returns.missing else (summary(returns),)
    return _page(returns, f"{label}报送表核对结果", notes, tables)


def _found_table(unit: str, group: Sequence[Finding]) -> PageTable:
    return PageTable(
        heading=unit or NOT_OF_A_UNIT,
        labels=LABELS,
        rows=tuple(map(finding_cells, group)),
        kinds=tuple(str(finding.severity) for finding in group),
    )


def _preview_table(told: Sequence[Opinion]) -> PageTable | None:
    """Return what will be rated neither done nor on schedule, and what it rests on."""
    rows = tuple(
        (o.number, o.self_rating, o.grade, f"{o.sheet} {o.cell}".strip(), o.rule, o.sentence)
        for o in told
        if not o.is_good
    )
    return PageTable(heading="", labels=PREVIEW_COLUMNS, rows=rows) if rows else None


def reminder_page(returns: Returns, owed: tuple[Reminder, ...]) -> bytes:
    """Return the reminder list as a page."""
    labels = tuple(name for name, _ in COLUMNS)
    rows = tuple(reminder.cells(number) for number, reminder in enumerate(owed, 1))
    table = PageTable(heading="", labels=labels, rows=rows)
    return _page(returns, reminder_title(returns), (reminder_note(owed),), (table,))


def check_json(returns: Returns, opinions: Sequence[Opinion] = ()) -> str:
    """Return the findings for machines; stable field names, one finding an object."""
    content = {
        "year": returns.year,
        "quarter": returns.quarter,
        "returns": len(returns.returns),
        "missing": list(returns.missing),
        "is_sample": returns.is_sample,
        "counts": {str(severity): count for severity, count in counts(returns).items()},
        "findings": [finding.model_dump(mode="json") for finding in returns.all_findings],
        "opinions": [opinion.model_dump(mode="json") for opinion in opinions],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
