"""The date of a later edition: in the parameters, or given to a command and kept."""

import re
from datetime import date
from pathlib import Path

import pytest
from returns.toy import PARAMS

from reporting.errors import InputRefused, UsageError
from reporting.project.edition_dates import edition_date, keep_edition_date
from reporting.project.kept import kept_files
from reporting.project.params import Params, QuarterDates

DAY, OTHER = date(2023, 5, 10), date(2023, 5, 12)


def dated(day: date) -> Params:
    """Give parameters with a date of the first quarter's second edition."""
    first = PARAMS.calendar[1].model_copy(update={"editions": {2: day}})
    return PARAMS.model_copy(update={"calendar": PARAMS.calendar | {1: first}})


def test_date_that_is_given_is_kept_with_the_project(tmp_path: Path) -> None:
    """It is found again, is nobody else's, may be changed, and goes into the edition."""
    assert edition_date(tmp_path, PARAMS, 1, 2) is None
    keep_edition_date(tmp_path, PARAMS, 1, 2, OTHER)
    keep_edition_date(tmp_path, PARAMS, 1, 2, DAY)
    keep_edition_date(tmp_path, PARAMS, 3, 2, OTHER)
    found = [edition_date(tmp_path, PARAMS, q, n) for q, n in ((1, 2), (1, 3), (2, 2), (3, 2))]
    assert found == [DAY, None, None, OTHER]
    path = tmp_path / "data/2023/editions.csv"
    assert kept_files(tmp_path, PARAMS, 1) == [path]
    assert path.read_text("utf-8-sig").splitlines() == [
        "quarter,edition,date", "1,2,2023-05-10", "3,2,2023-05-12",
    ]  # fmt: skip


def test_date_of_the_parameters_serves_and_may_not_be_contradicted(tmp_path: Path) -> None:
    """Two days for one edition are one sentence, whichever came first."""
    assert edition_date(tmp_path, dated(DAY), 1, 2) == DAY
    with pytest.raises(
        UsageError, match="应为参数 calendar 中的2023年5月10日，命令中给出的是2023年5月12日"
    ):
        keep_edition_date(tmp_path, dated(DAY), 1, 2, OTHER)
    keep_edition_date(tmp_path, PARAMS, 1, 2, OTHER)
    said = "第2版的日期应只有一个：参数 calendar 中为2023年5月10日，editions.csv 中为2023年5月12日"
    with pytest.raises(UsageError, match=re.escape(said)):
        edition_date(tmp_path, dated(DAY), 1, 2)


def test_damaged_dates_are_one_sentence(tmp_path: Path) -> None:
    """Whatever cannot be read is refused as a whole."""
    path = tmp_path / "data/2023/editions.csv"
    path.parent.mkdir(parents=True)
    path.write_text("quarter,edition,date\n1,2,五月\n", encoding="utf-8")
    with pytest.raises(
        InputRefused, match=r"data/2023/editions\.csv 应为各列 quarter、edition、date"
    ):
        edition_date(tmp_path, PARAMS, 1, 2)


def test_first_edition_has_no_date_beside_publish() -> None:
    """Its date is the one of the calendar."""
    with pytest.raises(ValueError, match="greater than or equal to 2"):
        QuarterDates.model_validate(
            {"due": "2023-04-20", "publish": "2023-04-28", "editions": {1: "2023-05-01"}}
        )
