"""The lead units by how much of theirs is not on schedule."""

from reporting.assess.rollups import RollUp, by_unit, worst_first
from reporting.assess.values import Assessment
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import Cell, exhibit, nothing, number, paragraph, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.origins.counts import ranked_steps
from reporting.exhibits.origins.steps import stated
from reporting.grades import LAGGING, OPEN, Grade, Kind

_RULE = (
    "按未达序的任务占有到期或者在办事项的任务的比重由高到低排列，比重相同的按项数；"
    "多个单位牵头的任务按各单位报表分别计入。"
)


def unit_anchor(assessment: Assessment, unit: str) -> str:
    """Name the place of a unit in the ranking."""
    return f"unit-{assessment.plan.lead_units.index(unit) + 1:02d}"


@in_labels
def ranked_units(assessment: Assessment) -> Exhibit:
    """Rank the units with tasks off schedule, by share, then by number; silence has no rank."""
    groups = by_unit(assessment)
    ranked = worst_first(groups)
    silent = [group for group in groups if group.unknown is not None]
    unheard, unknown = _unheard(assessment)
    good = sum(group.has_rate and not group.count(OPEN) for group in groups)
    if not ranked and not silent:
        return exhibit(nothing("各牵头单位的任务均达序。"))
    places = zip(_places(ranked), ranked, strict=True)
    rows = [_row(assessment, str(place), group) for place, group in places]
    rows += [_row(assessment, "—", group) for group in silent]
    return exhibit(
        paragraph(
            _sentence(assessment, len(groups), len(ranked), good, len(silent)), _RULE,
            origin=(
                stated(f"牵头单位：{len(groups)}个"),
                stated(f"有任务未达序的单位：{len(ranked)}个"),
                stated(f"全部达序的单位：{good}个"),
                stated(f"{unheard}或者均{unknown}的单位：{len(silent)}个"),
            ),
        ),
        Table(
            columns=(
                number("place", "位次", 0.6), text("unit", "牵头单位", 3),
                number("due", "应办任务\n（项）", 1), number("late", "未达序\n（项）", 1),
                number("lagging", "其中滞后", 1), number("share", "占比", 1),
            ),
            rows=tuple(rows),
            caption="牵头单位未达序的任务，由差到好",
            anchor="ranked-units",
            dense=True,
            sortable=len(rows) > 5,
        ),
    )  # fmt: skip


def _unheard(assessment: Assessment) -> tuple[Grade, Grade]:
    """Give the grades of what could not be judged."""
    return assessment.scale[Kind.NOT_REPORTED], assessment.scale[Kind.UNDECIDED]


def _sentence(assessment: Assessment, every: int, ranked: int, good: int, silent: int) -> str:
    unheard, unknown = _unheard(assessment)
    parts = [
        f"有任务未达序的{ranked}个" if ranked else "",
        f"全部达序的{good}个" if good else "",
        f"{unheard}或者均{unknown}、不参加排列的{silent}个" if silent else "",
    ]
    return f"{every}个牵头单位中，{'，'.join(filter(None, parts))}。"


def _places(ranked: list[RollUp]) -> list[int]:
    """Give each its place in the ranking; those alike in share and number have one."""
    keys = [(group.share(OPEN), group.count(OPEN)) for group in ranked]
    return [keys.index(key) + 1 for key in keys]


def _row(assessment: Assessment, place: str, group: RollUp) -> Row:
    share: Cell = group.share(OPEN) if group.has_rate else group.why_no_rate
    late = str(group.count(OPEN)) if group.has_rate else "—"
    cells: tuple[Cell, ...] = (
        place, group.label, str(group.due), late,
        str(group.count(LAGGING)) if group.has_rate else "—", share,
    )  # fmt: skip
    steps = ranked_steps(group, place)
    return Row(cells=cells, anchor=unit_anchor(assessment, group.label), origin=steps)
