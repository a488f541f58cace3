"""What units ask others to settle, by whom they ask."""

from collections.abc import Sequence

from reporting.assess.followup.requests import Request, requests
from reporting.assess.values import Assessment
from reporting.documents.blocks import BulletList, Row, Table
from reporting.documents.slides.values import Slide
from reporting.exhibits.building import number, text
from reporting.exhibits.slides.sources import cell_of
from reporting.language.clip import clip

UNNAMED = "未能认出协调对象"
_WORDS, _UNIT = 40, 12


def request_slide(assessment: Assessment) -> Slide:
    """Show what needs coordination, the requests of one addressee together."""
    found = requests(assessment)
    if not found:
        return Slide(
            title="本季度没有单位提出需协调事项",
            parts=(BulletList(items=("各单位报表“需协调事项”栏均未填写。",)),),
        )
    return Slide(
        title=_message(found),
        parts=(_table(found),),
        remark=f"协调对象从原文中认出；原文没有写明任务分解表所列单位的，列为“{UNNAMED}”。",
        notes=tuple(_notes(found)),
    )


def _message(found: Sequence[Request]) -> str:
    named = {one.addressees for one in found if one.addressees}
    unnamed = sum(not one.addressees for one in found)
    words = f"需协调事项{len(found)}项"
    words += f"，请{len(named)}个方面协调" if named else ""
    return words + (f"，另有{unnamed}项待明确协调对象" if unnamed and named else "")


def _table(found: Sequence[Request]) -> Table:
    return Table(
        columns=(
            text("whom", "协调对象", 1.6), text("words", "事项（原文）", 3.4),
            text("unit", "提出单位", 1.6), number("number", "任务号", 0.6),
        ),
        rows=tuple(
            Row(cells=(
                "、".join(one.addressees) or UNNAMED, clip(one.row.coordination, _WORDS),
                clip(one.row.unit, _UNIT), one.task.label,
            ))
            for one in found
        ),
        caption="需协调事项，按协调对象排列",
    )  # fmt: skip


def _notes(found: Sequence[Request]) -> list[str]:
    return [
        "数据来源：",
        *(
            f"任务{one.task.label}："
            + cell_of(one.row.file, one.row.sheet, one.row.cells.get("coordination", ""))
            for one in found
        ),
    ]
