"""Whose returns came late, faulty or not at all."""

from collections.abc import Sequence

from reporting.assess.values import Assessment, ReturnState, ReturnStatus
from reporting.documents.blocks import BulletList, Row, Table
from reporting.documents.slides.values import Slide
from reporting.exhibits import sentences
from reporting.exhibits.building import mark, number, text
from reporting.exhibits.slides.sources import cell_of
from reporting.language.clip import clip

_MOST, _UNIT = 9, 24


def return_slide(assessment: Assessment) -> Slide:
    """Show the units that did not return in time and in order."""
    now = [s for s in assessment.return_status if s.quarter == assessment.quarter]
    order = list(ReturnState)
    late = [s for s in now if s.state is not ReturnState.ON_TIME]
    late.sort(key=lambda status: -order.index(status.state))
    message = sentences.returns_sentence(now).rstrip("。")
    if not late:
        parts = (BulletList(items=("没有迟报、未报和不合要求的报表。",)),)
        return Slide(title=message, parts=parts, notes=_notes(assessment, now))
    shown = late[:_MOST]
    more = len(late) - len(shown)
    return Slide(
        title=message,
        parts=(_table(assessment, shown),),
        remark=f"其余{more}个单位见通报。" if more else "",
        notes=_notes(assessment, shown),
    )


def _table(assessment: Assessment, shown: Sequence[ReturnStatus]) -> Table:
    return Table(
        columns=(
            text("unit", "牵头单位", 2.4), mark("state", "报送情况", 1.6),
            mark("due", "应报日期", 1.5), mark("day", "填报日期", 1.5),
            number("tasks", "牵头任务（项）", 1),
        ),
        rows=tuple(
            Row(cells=(
                clip(s.unit, _UNIT), str(s.state), sentences.day(s.due),
                sentences.day(s.reported_on),
                str(sum(s.unit in task.lead_units for task in assessment.plan.tasks)),
            ))
            for s in shown
        ),
        caption="未按时按要求报送的单位",
    )  # fmt: skip


def _notes(assessment: Assessment, shown: Sequence[ReturnStatus]) -> tuple[str, ...]:
    return ("数据来源：", *(_source(assessment, status) for status in shown))


def _source(assessment: Assessment, status: ReturnStatus) -> str:
    if not status.file:
        return f"{status.unit}：没有收到报表文件"
    cell = next(
        (
            cell_of(row.file, row.sheet, row.cells["reported_on"])
            for row in assessment.progress
            if (row.unit, row.quarter, row.reported_on)
            == (status.unit, status.quarter, status.reported_on)
            and "reported_on" in row.cells
        ),
        status.file,
    )
    received = f"，登记收到日期{sentences.day(status.received_on)}" if status.received_on else ""
    return f"{status.unit}：{cell}{received}"
