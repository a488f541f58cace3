"""Which figures continue one another."""

from decimal import Decimal

import pytest

from reporting.plan.figures.series import series_keys
from reporting.plan.values import Target

from .toy import PLAN

ANNUAL, THIRD = "2023-001-T01", "2023-001-T03"


def keys_with(value: str, annual: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the series of the year's target and of the third quarter's."""

    def changed(target: Target) -> Target:
        values = {ANNUAL: annual, THIRD: value}
        if target.target_id not in values:
            return target
        return target.model_copy(update={"value": Decimal(values[target.target_id])})

    plan = PLAN.model_copy(update={"targets": tuple(map(changed, PLAN.targets))})
    keys = series_keys(plan)
    return keys[ANNUAL], keys[THIRD]


@pytest.mark.parametrize("value", ["300", "800", "1000"])
def test_quarter_on_the_way_to_the_year_continues_its_figure(value: str) -> None:
    """800 of 1000 by September: one figure answers both."""
    year, quarter = keys_with(value, "1000")
    assert quarter == year


@pytest.mark.parametrize("value", ["30", "3000"])
def test_quarter_far_off_the_pace_counts_something_else(value: str) -> None:
    """30 by September do not lead to 1000: a part of it, or another count."""
    year, quarter = keys_with(value, "1000")
    assert quarter != year
