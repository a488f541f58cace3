"""What is not counted and why, and which edition of each office was taken."""

from reporting.assess.province.values import OfficeLine, Province
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import exhibit, mark, nothing, number, text
from reporting.exhibits.province.origins import edition_steps, office_source
from reporting.findings import Severity
from reporting.periods import full_date


def notes(province: Province) -> Exhibit:
    """List why offices are not counted, and what editions tell of themselves."""
    found = sorted(province.findings, key=lambda f: list(Severity).index(f.severity))
    if not found:
        return exhibit(nothing(f"各{province.each}的版本均已核验无误并计入，没有需要说明的情况。"))
    return exhibit(
        Table(
            columns=(
                text("office", province.each, 1.2), mark("severity", "类别", 0.7),
                text("message", "情况", 6),
            ),
            rows=tuple(
                Row(
                    cells=(f.unit, f.severity.label, f.message),
                    origin=(Step(words=f"{f.unit}：{f.message}"),),
                )
                for f in found
            ),
            caption="未计入和需要说明的情况", sortable=len(found) > 5,
        )
    )  # fmt: skip


def editions(province: Province) -> Exhibit:
    """List the editions with their whole digests, to be held against what offices made known."""
    return exhibit(
        Table(
            columns=(
                number("place", "序号", 0.5), text("office", province.each, 1.2),
                text("edition", "版次和日期", 1.6), text("seal", "封签", 1.6),
                text("record", "版本记录（edition.json）的校验码", 4.6),
            ),
            rows=tuple(_row(at, one) for at, one in enumerate(province.offices, 1)),
            caption="所用版本", dense=True,
        )
    )  # fmt: skip


def _row(at: int, one: OfficeLine) -> Row:
    known = one.released
    if known is None:
        return Row(cells=(str(at), one.name, "—", "—", "—"), origin=edition_steps(at, one))
    edition = f"第{known.number}版{'' if one.tally else '（未计入）'}\n{full_date(known.issued_on)}"
    return Row(
        cells=(str(at), one.name, edition, known.seal or "—", known.record),
        origin=(Step(of=(office_source(at),)), *edition_steps(at, one)),
    )
