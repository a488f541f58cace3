"""The hand-written rows are what the measurement takes them for."""

from collections import Counter

from tools.prose.written import Kind, ProseRow, clean_rows, planted_rows


def test_rows_are_enough_and_of_every_kind() -> None:
    """Each kind is planted at least five times; no row is counted twice."""
    planted, clean = planted_rows(), clean_rows()
    assert len(planted) >= 120
    assert len(clean) >= 220
    assert min(Counter(row.kind for row in planted)[kind] for kind in Kind) >= 5
    assert len({row.id for row in planted + clean}) == len(planted) + len(clean)


def test_planted_words_stand_in_their_row() -> None:
    """What is called wrong is there to be found; a clean row calls nothing wrong."""
    for row in planted_rows():
        assert row.where is not None
        assert any(row.where in text for text in _places(row)), row.id
    assert all((row.kind, row.where, row.against) == (None,) * 3 for row in clean_rows())


def test_every_target_is_answered() -> None:
    """An empty figure cell would be found for its own sake."""
    for row in planted_rows() + clean_rows():
        assert all(target.actual is not None for target in row.targets), row.id


def _places(row: ProseRow) -> tuple[str, ...]:
    return row.progress, row.next_step, str(row.due_date)
