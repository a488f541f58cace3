"""Shares of works over the quarters of a year."""

from language.corpus import targets_of


def read(schedule: str) -> list[tuple[int, str, str]]:
    """Read quarter, basis and certainty of a schedule's shares."""
    return [(t.quarter, t.basis.value, t.certainty.value) for t in targets_of("", schedule)]


def test_share_that_goes_on_from_one_of_works_is_one_as_well() -> None:
    """What is only 达到 after 完成 of the same counts as that does."""
    found = read("一季度，完成全年计划投资的20%。三季度，达到75%。四季度，完成100%。")
    assert found == [
        (1, "cumulative", "inferred"), (3, "cumulative", "stated"), (4, "cumulative", "inferred"),
    ]  # fmt: skip


def test_shares_that_fall_and_come_to_the_whole_are_each_quarters() -> None:
    """What is done so far cannot fall; 40, 30, 20 and 10 are the quarters of 100."""
    found = read("一季度，完成40%。二季度，完成30%。三季度，完成20%。四季度，完成10%。")
    assert found == [(q, "in_quarter", "inferred") for q in (1, 2, 3, 4)]


def test_shares_that_may_be_either_are_asked_about() -> None:
    """10, 20, 30 and 40 rise and come to 100; 50 and 30 do neither."""
    rising = "一季度，土建完成10%。二季度，土建完成20%。三季度，土建完成30%。四季度，土建完成40%。"
    assert {certainty for _, _, certainty in read(rising)} == {"uncertain"}
    falling = read("二季度，土建完成50%。三季度，土建完成30%。")
    assert {certainty for _, _, certainty in falling} == {"uncertain"}


def test_rate_beside_a_share_of_works_stays_a_state() -> None:
    """A rate of another thing is no step of the works."""
    found = read("二季度，土建完成50%，验收合格率达到98%。四季度，土建完成100%。")
    assert [basis for _, basis, _ in found] == ["cumulative", "level", "cumulative"]
