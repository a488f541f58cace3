"""What is new since the last check, from the results that lie beside those of this one."""

from typing import Any

import pytest

from reporting.returns.office.news import FIRST, news
from reporting.returns.office.pages import check_json


def results(
    *lines: tuple[str, int, tuple[str, ...]], found: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    """Make results of units (name, round, files) and of errors (unit, cell)."""
    return {
        "units": [
            {"unit": unit, "round": number, "files": list(files)}
            for unit, number, files in lines
        ],
        "findings": [
            {"severity": "error", "code": "RET-EMPTY", "unit": unit, "sheet": "进展", "cell": cell,
             "task_id": "", "expected": ""}
            for unit, cell in found
        ],
    }  # fmt: skip


def told(before: dict[str, Any], now: dict[str, Any]) -> tuple[str, ...]:
    return news(check_json(before).encode(), now)


def test_first_check_says_so() -> None:
    """There is nothing to compare with."""
    assert news(None, results()) == (FIRST,)


def test_what_came_and_what_was_closed_is_told() -> None:
    """First returns, further rounds, more files; closed, open and new opinions by unit."""
    before = results(
        ("甲局", 1, ("甲.xlsx",)), ("乙局", 0, ()), ("丙局", 1, ("丙.xlsx",)), ("丁局", 1, ("丁",)),
        found=(("甲局", "H4"), ("甲局", "H5"), ("丙局", "H4")),
    )  # fmt: skip
    now = results(
        ("甲局", 2, ("甲.xlsx", "甲2.xlsx")), ("乙局", 1, ("乙.xlsx",)),
        ("丙局", 1, ("丙.xlsx", "丙2.xlsx")), ("丁局", 0, ()),
        found=(("甲局", "H5"), ("甲局", "H6"), ("丙局", "H4"), ("乙局", "H4")),
    )  # fmt: skip
    assert told(before, now) == (
        "新收到1个单位：乙局。",
        "再次报送1个单位：甲局（第2次）。",
        "另收到文件1个单位：丙局1份。",
        "不再有文件1个单位：丁局。",
        "甲局：错误和待确认办结1处、仍有1处、新出现1处。",
        "乙局：错误和待确认办结0处、仍有0处、新出现1处。",
    )


def test_same_again_is_no_news() -> None:
    """A check of what was checked says that nothing changed."""
    same = results(("甲局", 1, ("甲.xlsx",)), found=(("甲局", "H4"), ("", "H4")))
    assert told(same, same) == ("与上次核对相比没有变化。",)


@pytest.mark.parametrize("before", [b"", b"[]", b"{}", b'{"units": [1], "findings": []}', b"\xff"])
def test_results_that_cannot_be_read_are_compared_with_nothing(before: bytes) -> None:
    """They may be of an earlier version, or edited; that is said."""
    assert news(before, results()) == ("上次的结果不能读取，本次未作比较。",)
