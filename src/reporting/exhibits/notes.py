"""Data notes, the state of the returns, and the rule as printed."""

from collections.abc import Sequence

from reporting.assess.values import Assessment, ReturnState, SubjectKind
from reporting.documents.blocks import Block, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits import sentences
from reporting.exhibits.adjustments import adjusted
from reporting.exhibits.building import (
    exhibit,
    mark,
    nothing,
    number,
    paragraph,
    text,
)
from reporting.exhibits.facts import unless_silent
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import (
    task_link,
    units_of,
)
from reporting.exhibits.origins.steps import ARRIVALS, NOTES, RULE, leads, stated
from reporting.findings import HELD, Finding, Severity
from reporting.grades import Kind
from reporting.language.visible import in_quotes
from reporting.plan.values import AppliedCorrection

# The rest stands in the data files, and the sentence says so.
_MOST_FINDINGS = 60
_CORRECTED = frozenset({"PLAN-CORRECTION"})
"""Findings that stand in a table of their own."""
_OF_PLAN = "PLAN-"
_DECISIONS = frozenset({"RET-DECIDED", "RET-DECISION-VOID", "RET-CONFIRMED"})
"""Findings that tell what doubts were settled by, and are always printed."""


@in_labels
def return_states(assessment: Assessment) -> Exhibit:
    """Show which units returned late, faulty or not at all."""
    now = [s for s in assessment.return_status if s.quarter == assessment.quarter]
    rest = [s for s in now if s.state is not ReturnState.ON_TIME]
    order = list(ReturnState)
    rest.sort(key=lambda s: -order.index(s.state))
    part = assessment.subject.kind in (SubjectKind.LEADER, SubjectKind.GROUP)
    table = Table(
        columns=(
            text("unit", "牵头单位", 2), mark("state", "报送情况", 1.5),
            mark("date", "填报日期", 1.5),
            number("tasks", "所涉任务（项）" if part else "牵头任务（项）", 1),
            number("errors", "所涉错误（处）" if part else "数据错误（处）", 1),
        ),
        rows=tuple(
            Row(cells=(s.unit, str(s.state), sentences.day(s.reported_on),
                       str(sum(s.unit in t.lead_units for t in assessment.plan.tasks)),
                       str(_errors(assessment, s.unit))), origin=leads(ARRIVALS))
            for s in rest
        ),
        caption="未按时按要求报送的单位",
    )  # fmt: skip
    return exhibit(
        paragraph(sentences.returns_sentence(now), origin=leads(ARRIVALS)),
        table if rest else None,
        # A leader's report knows of a return only what concerns the leader's tasks.
        paragraph(f"注：所涉任务和所涉错误只计{sentences.whose(assessment)}的任务。")
        if rest and part
        else None,
    )


def _errors(assessment: Assessment, unit: str) -> int:
    return sum(f.unit == unit and f.severity is Severity.ERROR for f in assessment.findings)


@in_labels
def undecided(assessment: Assessment) -> Exhibit:
    """List the tasks that the returns do not allow to judge, and why."""
    word = assessment.scale[Kind.UNDECIDED]
    found = [r for r in assessment.task_ratings() if r.grade.kind is word.kind]
    if not found:
        return exhibit(nothing(f"没有{word}的任务。"))
    return exhibit(
        Table(
            columns=(
                number("number", "任务号", 0.6), text("goal", "任务", 2),
                text("units", "牵头单位", 1.4), text("why", f"{word}的原因", 3),
            ),
            rows=tuple(
                Row(cells=(task.label, task_link(task, 30), units_of(task), r.reason))
                for r in found
                for task in [assessment.plan.task(r.task_id)]
            ),
            caption=f"{word}的任务",
        )
    )  # fmt: skip


@in_labels
@unless_silent
def data_notes(assessment: Assessment) -> Exhibit:
    """Show changes of the plan, and what was noticed in table and returns; errors first.

    The city pack names the errors, what is to be confirmed and what the office decided, and
    counts the rest, which stand in its data files.
    """
    order = list(Severity)
    city = assessment.subject.kind is SubjectKind.BRIEFING
    found = sorted(
        (f for f in assessment.findings if _is_told(f, city=city)),
        key=lambda f: order.index(f.severity),
    )
    corrected = _corrected(assessment)
    city = assessment.subject.kind is SubjectKind.BRIEFING
    # In the city's pack these stand in the body.
    changed = () if city else adjusted(assessment).blocks
    if not found:
        return exhibit(*changed, nothing("本季度数据未发现需要说明的情况。"), *corrected)
    shown = [f for f in found if f.severity in HELD or f.code in _DECISIONS] if city else found
    own = assessment.subject.kind is SubjectKind.UNIT
    whose = "本单位" if own else "各单位"
    return exhibit(*changed, paragraph(_counted(found, shown[:_MOST_FINDINGS], whose),
                                       origin=_counts(found, shown[:_MOST_FINDINGS])),
                   _table(assessment, shown[:_MOST_FINDINGS]), *corrected)  # fmt: skip


def _counts(found: Sequence[Finding], shown: Sequence[Finding]) -> tuple[Step, ...]:
    each = ((s.label, sum(f.severity is s for f in found)) for s in Severity)
    said = [f"所述{label}：{count}处" for label, count in each if count]
    return tuple(stated(words) for words in (*said, f"以下列出：{len(shown)}处"))


def _is_told(finding: Finding, *, city: bool) -> bool:
    """Tell whether a report prints a finding.

    How the table was read is the office's own matter, but for what holds a rating up.
    """
    if finding.code in _CORRECTED:
        return False
    return city or not finding.code.startswith(_OF_PLAN) or finding.severity in HELD


def _corrected(assessment: Assessment) -> tuple[Block | None, ...]:
    """List the corrections of how the table was read, with who, when and why."""
    made = assessment.plan.corrections
    if not made:
        return ()
    shown = made[:_MOST_FINDINGS]
    rest = "" if len(shown) == len(made) else f"，以下列出前{len(shown)}处"
    said = f"经核对，更正任务分解表的读法{len(made)}处{rest}。"
    return (paragraph(said, origin=leads(NOTES)), _corrections(assessment, shown))


def _corrections(assessment: Assessment, made: Sequence[AppliedCorrection]) -> Table:
    return Table(
        columns=(
            number("number", "任务号", 0.6), text("what", "内容", 2.2),
            text("before", "原读作", 1.5),
            text("after", "更正为", 1.5), text("reason", "原因", 1.8), text("by", "核对人", 0.9),
            mark("on", "日期", 1.1),
        ),
        rows=tuple(
            Row(cells=(
                assessment.plan.task(c.task_id).label,
                f"{in_quotes(c.words)}的{c.label}" if c.words else c.label,
                c.before or "（空）", c.after or "（空）", c.reason, c.by or "—",
                sentences.day(c.on),
            ), origin=(
                stated(f"任务分解表：{c.words}；{c.label}由“{c.before}”更正为“{c.after}”，"
                       f"{c.reason}，{c.by}，{sentences.day(c.on)}", [c.task_id]),
            ))
            for c in made
        ),
        caption="任务分解表读法更正",
        sortable=len(made) > 5,
    )  # fmt: skip


def _counted(found: list[Finding], shown: list[Finding], whose: str) -> str:
    parts = [
        f"{severity.label}{count}处"
        for severity in Severity
        if (count := sum(f.severity is severity for f in found))
    ]
    words = f"核对任务分解表和{whose}报表，发现{'、'.join(parts)}。"
    if len(shown) == len(found):
        return words
    if not shown:
        return f"{words}全部清单见数据文件。"
    return f"{words}以下列出其中{len(shown)}处，全部清单见数据文件。"


def _table(assessment: Assessment, shown: list[Finding]) -> Table | None:
    if not shown:
        return None
    return Table(
        columns=(
            mark("severity", "类别", 0.6), text("unit", "单位", 1.3),
            text("where", "位置", 1.8), text("message", "情况", 3.6),
        ),
        rows=tuple(
            Row(
                cells=(f.severity.label, f.unit or "任务分解表", f.where or "—", f.message),
                origin=(stated(f"核对{f.where}：{f.message}", filter(None, (f.task_id,))),),
            )
            for f in shown
        ),
        caption="数据说明",
        sortable=len(shown) > 5,
    )  # fmt: skip


@in_labels
@unless_silent
def rating_rule(assessment: Assessment) -> Exhibit:
    """Print the rule that the ratings follow, clause by clause."""
    return exhibit(
        paragraph("核定结果后括注的编号，为所依据的条款。"),
        Table(
            columns=(mark("code", "条款", 0.5), text("text", "内容", 7)),
            rows=tuple(
                Row(cells=(clause.code, clause.text), origin=leads(RULE))
                for clause in assessment.rule
            ),
            caption="核定规则",
            anchor="rule",
        ),
    )
