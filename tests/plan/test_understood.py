"""The one sentence of a target: every basis with every comparison and each direction."""

from decimal import Decimal

import pytest

from reporting.language.comparators import Certainty, Comparator, Direction
from reporting.plan.figures.understood import understood
from reporting.plan.values import CAP, Basis, Target

SUM, NOW, STATE = Basis.CUMULATIVE, Basis.IN_QUARTER, Basis.LEVEL
LEAST, MORE, SAME, MOST, RANGE = (
    Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.EQUAL, Comparator.AT_MOST,
    Comparator.RANGE,
)  # fmt: skip
UP, DOWN = Direction.HIGHER, Direction.LOWER


def target(**fields: object) -> Target:
    content = {
        "target_id": "2023-001-T01", "task_id": "2023-001", "milestone_id": None, "quarter": 3,
        "measure": "甲", "comparator": SAME, "value": Decimal(8), "unit": "家", "basis": SUM,
        "start": 0, "end": 1, "source": "goal",
    }  # fmt: skip
    return Target.model_validate({**content, **fields})


@pytest.mark.parametrize(
    ("basis", "comparator", "direction", "expected"),
    [
        (SUM, LEAST, UP, "第三季度末累计不少于8家，越多越好"),
        (SUM, MORE, UP, "第三季度末累计超过8家，越多越好"),
        (SUM, SAME, UP, "第三季度末累计达到8家，越多越好"),
        (SUM, MOST, UP, "第三季度末累计不超过8家，在此限内越多越好"),
        (SUM, SAME, DOWN, "第三季度末累计降至8家，越低越好"),
        (SUM, MOST, DOWN, "第三季度末累计不超过8家，越低越好"),
        (NOW, LEAST, UP, "第三季度当季不少于8家，越多越好"),
        (NOW, MORE, UP, "第三季度当季超过8家，越多越好"),
        (NOW, SAME, UP, "第三季度当季达到8家，越多越好"),
        (NOW, MOST, UP, "第三季度当季不超过8家，在此限内越多越好"),
        (NOW, SAME, DOWN, "第三季度当季降至8家，越低越好"),
        (NOW, MOST, DOWN, "第三季度当季不超过8家，越低越好"),
        (STATE, LEAST, UP, "第三季度末不少于8家，越高越好"),
        (STATE, MORE, UP, "第三季度末超过8家，越高越好"),
        (STATE, SAME, UP, "第三季度末达到8家，越高越好"),
        (STATE, MOST, UP, "第三季度末不超过8家，在此限内越高越好"),
        (STATE, SAME, DOWN, "第三季度末降至8家，越低越好"),
        (STATE, MOST, DOWN, "第三季度末不超过8家，越低越好"),
    ],
)
def test_every_combination(
    basis: Basis, comparator: Comparator, direction: Direction, expected: str
) -> None:
    """Time, comparison, value and which way is better, in one sentence."""
    read = target(basis=basis, comparator=comparator, direction=direction)
    assert understood(read) == expected


@pytest.mark.parametrize(
    ("direction", "expected", "kept", "missed"),
    [
        (UP, "第四季度末在5%—10%之间（达到5%即为完成），越高越好", 5, 4),
        (DOWN, "第四季度末在5%—10%之间（不超过10%即为完成），越低越好", 10, 11),
    ],
)
def test_range_says_which_end_keeps_it(
    direction: Direction, expected: str, kept: int, missed: int
) -> None:
    """The sentence names the end that an actual is held against."""
    read = target(
        quarter=4, basis=STATE, comparator=RANGE, value=Decimal(5), value_high=Decimal(10),
        unit="%", direction=direction,
    )  # fmt: skip
    assert understood(read) == expected
    assert (read.is_met(Decimal(kept)), read.is_met(Decimal(missed))) == (True, False)


def test_mere_cap_says_nothing_of_better() -> None:
    """遴选不超过3家: three are as good as two."""
    read = target(comparator=MOST, direction=DOWN, rule=f"{CAP}, label", basis=NOW)
    assert understood(read) == "第三季度当季不超过8家"


def test_quarters_counted_together_are_named() -> None:
    """三、四季度 together."""
    assert understood(target(basis=NOW, counts_from=2)) == "第二、三季度合计达到8家，越多越好"


def test_doubtful_reading_says_so() -> None:
    """Nothing is said of better before somebody confirms it."""
    read = target(certainty=Certainty.UNCERTAIN)
    assert understood(read) == "第三季度末累计达到8家（尚待核对）"
