"""Make decisions from options, or by asking about one doubtful cell after the other."""

from collections.abc import Iterator

import typer

from reporting.cli.replies.output import say
from reporting.errors import UsageError
from reporting.findings import Finding, Severity
from reporting.grades import Scale
from reporting.language.visible import visible
from reporting.project.decisions import Decision, Verdict, decision_of
from reporting.returns.settle import Place, places
from reporting.returns.values import Returns
from reporting.values import Value

_WORDS = {verdict.label: verdict for verdict in Verdict}
_SKIP = "跳过"
_HERE = "所作决定"


class Answer(Value):
    """What was decided, as typed."""

    accept: bool = False
    refuse: bool = False
    value: str = ""
    grade: str = ""
    reason: str
    by: str
    on: str

    @property
    def verdict(self) -> tuple[Verdict, str]:
        """The verdict and its value.

        Raises
        ------
        UsageError
            Not exactly one was given.
        """
        given = {Verdict.SET: self.value, Verdict.RATE: self.grade}
        chosen = [(verdict, said) for verdict, said in given.items() if said]
        chosen += [(Verdict.ACCEPT, "")] if self.accept else []
        chosen += [(Verdict.REFUSE, "")] if self.refuse else []
        if len(chosen) != 1:
            raise UsageError("--accept、--refuse、--set 和 --rate 应给出一项，且只能给出一项。")
        return chosen[0]


def decided(returns: Returns, unit: str, cell: str, answer: Answer, scale: Scale) -> Decision:
    """Make the decision about a cell of a unit's return.

    Raises
    ------
    UsageError
        There is no such cell, or something of the answer is missing.
    """
    sheet, _, address = cell.rpartition("!")
    found = [p for p in places(returns) if (p.unit, p.sheet, p.cell) == (unit, sheet, address)]
    if not found:
        raise UsageError(f"{unit}的报表中没有可以作决定的单元格“{cell}”，应如 指标!K6。")
    verdict, value = answer.verdict
    return _decision(returns, found[0], verdict, value, answer, scale)


def ask(returns: Returns, scale: Scale, unit: str = "") -> tuple[Decision, ...]:
    """Ask about every doubtful cell, of one unit or of all."""
    made: dict[Place, Decision] = {}
    for finding, place in doubtful(returns, unit):
        if place not in made:
            decision = _asked(returns, finding, place, scale)
            made |= {place: decision} if decision else {}
    if not made:
        say("没有需要作决定的待确认内容，或者均已跳过。")
    return tuple(made.values())


def doubtful(returns: Returns, unit: str = "") -> Iterator[tuple[Finding, Place]]:
    """Give what is to be confirmed and can be decided, of one unit or of all, with its cell."""
    known = {(p.file, p.sheet, p.cell): p for p in places(returns)}
    for finding in returns.all_findings:
        place = known.get((finding.file, finding.sheet, finding.cell))
        doubted = finding.severity is Severity.CONFIRM and unit in ("", finding.unit)
        if doubted and place is not None:
            yield finding, place


def _asked(returns: Returns, finding: Finding, place: Place, scale: Scale) -> Decision | None:
    say(f"{finding.unit}　{finding.where}　填报“{visible(place.typed)}”：{finding.message}")
    word = typer.prompt(f"决定（{'、'.join((*_WORDS, _SKIP))}）", default=_SKIP)
    if word not in _WORDS:
        return None
    verdict = _WORDS[word]
    value = typer.prompt("取值") if verdict in (Verdict.SET, Verdict.RATE) else ""
    reason, by, on = (typer.prompt(name) for name in ("理由", "决定人", "日期（如 2023-10-25）"))
    return _decision(returns, place, verdict, value, Answer(reason=reason, by=by, on=on), scale)


def _decision(
    returns: Returns, place: Place, verdict: Verdict, value: str, answer: Answer, scale: Scale
) -> Decision:
    row = place.model_dump() | {
        "quarter": str(returns.quarter), "digest": place.digest, "decision": str(verdict),
        "value": value, "reason": answer.reason, "by": answer.by, "date": answer.on,
    }  # fmt: skip
    return decision_of(row, _HERE, 1, scale)
