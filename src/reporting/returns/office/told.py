"""What a check says on a terminal, as it is said again while nothing has changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reporting.findings import Finding, Severity
from reporting.grades import GOOD, Scale
from reporting.returns.rules import RULES
from reporting.values import Value

if TYPE_CHECKING:
    from reporting.returns.opinions import Opinion
    from reporting.returns.values import Returns


class Row(Value):
    """A finding: of which unit it is, and its title, place and task in words."""

    unit: str
    severity: Severity
    title: str
    where: str
    place: str
    task: str
    message: str

    @property
    def line(self) -> str:
        """The finding on one line."""
        head = " ".join(filter(None, (self.severity.label, self.unit, self.where, self.title)))
        return f"{head}：{self.message}"


class Told(Value):
    """What a check says.

    Attributes
    ----------
    rows : tuple of Row
        The findings unit by unit, in the order of the returns.
    rated : str
        How many tasks will be rated neither done nor on schedule; empty when none.
    summary : str
        What came and what was noticed.
    news : tuple of str
        What is new since the last check, a line each.
    has_errors : bool
        Whether any finding is an error.
    """

    rows: tuple[Row, ...]
    rated: str
    summary: str
    news: tuple[str, ...]
    has_errors: bool


def tell(
    returns: "Returns", opinions: "Sequence[Opinion]", scale: Scale, news: tuple[str, ...]
) -> Told:
    """Put a check in words."""
    groups = by_unit(returns).values()
    return Told(
        rows=tuple(_row(returns, finding) for group in groups for finding in group),
        rated=_rated(opinions, scale),
        summary=summary(returns),
        news=news,
        has_errors=counts(returns)[Severity.ERROR] > 0,
    )


def _row(returns: "Returns", finding: Finding) -> Row:
    _, title, where, task, message = finding_cells(returns, finding)
    place = f"{finding.sheet} {finding.cell}".strip() if finding.unit else where
    return Row(
        unit=finding.unit, severity=finding.severity, title=title, where=where, place=place,
        task=task, message=message,
    )  # fmt: skip


def _rated(opinions: "Sequence[Opinion]", scale: Scale) -> str:
    """Say how many tasks will be rated neither done nor on schedule; the copies say why."""
    poor = [opinion for opinion in opinions if not opinion.is_good and not opinion.part]
    if not poor:
        return ""
    units = len({opinion.unit for opinion in poor})
    good = "".join(f"“{grade}”" for grade in scale.of(GOOD))
    return (
        f"按现报内容，{units}个单位的{len(poor)}项任务将核定为"
        f"{good}以外的结果，逐项理由见退回件和核对结果。"
    )


def counts(returns: "Returns") -> dict[Severity, int]:
    """Count the findings by severity."""
    found = dict.fromkeys(Severity, 0)
    for finding in returns.all_findings:
        found[finding.severity] += 1
    return found


def summary(returns: "Returns") -> str:
    """Say in one line what came and what was noticed."""
    said = "、".join(f"{severity.label}{count}处" for severity, count in counts(returns).items())
    missing = len(returns.missing)
    return f"读入报送表{len(returns.returns)}份，缺{missing}份；发现{said}。"


def by_unit(returns: "Returns") -> dict[str, list[Finding]]:
    """Group the findings by unit, in the order of the returns."""
    groups: dict[str, list[Finding]] = {}
    for finding in returns.all_findings:
        groups.setdefault(finding.unit, []).append(finding)
    return groups


def finding_cells(returns: "Returns", finding: Finding) -> tuple[str, ...]:
    """Return a finding as a row: severity, kind, place, task, message."""
    return (
        finding.severity.label,
        RULES[finding.code].title,
        finding.where,
        returns.label_of(finding.task_id),
        finding.message,
    )
