"""Nothing is rated in a pack that check did not tell the unit, and why."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.assess.opinions import opinions
from reporting.assess.values import Assessment, Level
from reporting.grades import GOOD
from reporting.pipeline import assess_period, check_period
from reporting.plan.read import read_plan
from reporting.project.params import Params, read_params
from reporting.project.roots import find_root
from reporting.returns.layout import OPINION
from reporting.returns.sheets.sendback import write_copies
from reporting.returns.values import Returns


@pytest.fixture(scope="module")
def root() -> Path:
    return find_root(Path(__file__).parent)


@pytest.fixture(scope="module")
def params(root: Path) -> Params:
    return read_params(root, 2023)


@pytest.fixture(
    scope="module", params=[2, pytest.param(4, marks=pytest.mark.long)], ids=lambda q: f"Q{q}"
)
def checked(
    request: pytest.FixtureRequest, root: Path, params: Params
) -> tuple[Returns, Assessment]:
    """Check a quarter of the demonstration returns."""
    return check_period(root, params, read_plan(root, params), request.param)


def lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every line of every copy's first sheet, with the unit that the copy is named by."""
    for path in folder.glob("*.xlsx"):
        sheet = load_workbook(io.BytesIO(path.read_bytes()), read_only=True)[OPINION]
        for row in sheet.iter_rows(values_only=True):
            yield path.stem.partition("（")[0], " ".join(str(v) for v in row if v is not None)


def test_copy_names_every_rating_that_is_not_good_and_why(
    checked: tuple[Returns, Assessment], root: Path, params: Params, tmp_path: Path
) -> None:
    """What the pack rates otherwise than done or on schedule stands in the unit's own copy."""
    returns, city = checked
    write_copies(root, returns, tmp_path, opinions(city))
    told: dict[str, list[str]] = {}
    for unit, line in lines(tmp_path):
        told.setdefault(unit, []).append(line)
    pack = assess_period(root, params, returns.quarter)
    poor = [
        r for r in pack.ratings
        if r.quarter == returns.quarter and r.unit and r.grade not in GOOD
    ]  # fmt: skip
    assert any(r.level is Level.TASK for r in poor)
    for rating in poor:
        number = pack.plan.task(rating.task_id).reference
        words = (f"任务{number}", f"将核定为“{rating.grade}”，理由：{rating.reason}")
        own = told[(rating.unit or "").partition("（")[0]]
        assert any(all(word in line for word in words) for line in own), words


def test_pack_rates_as_check_told(
    checked: tuple[Returns, Assessment], root: Path, params: Params
) -> None:
    """Check and pack go by one rulebook: every rating is the same."""
    returns, city = checked
    assert assess_period(root, params, returns.quarter).ratings == city.ratings
