"""What is planted in prose is found, and what is clean is let be."""

from tools.prose.score import report, score
from tools.prose.written import clean_rows, fresh_rows, planted_rows


def test_recall_and_false_alarms_keep_their_limits() -> None:
    """At least nine of ten planted rows, at most two of a hundred clean ones."""
    found = score(planted_rows(), clean_rows())
    assert found.recall >= 0.9, report(found)
    assert found.alarm_rate <= 2, report(found)


def test_rows_written_after_the_checks_keep_them_too() -> None:
    """They were no part of what the checks were tuned on."""
    rows = fresh_rows()
    found = score([r for r in rows if r.kind], [r for r in rows if not r.kind])
    assert found.recall >= 0.9, report(found)
    assert not found.alarms, report(found)


def test_report_names_what_went_wrong() -> None:
    """A clean row read as planted is missed, a planted one read as clean is an alarm."""
    planted, clean = planted_rows()[:1], clean_rows()[:1]
    swapped = score([clean[0].model_copy(update={"kind": planted[0].kind, "where": "甲"})], planted)
    words = report(swapped)
    assert "recall 0.000 (0 of 1 planted rows)" in words
    assert f"missed {clean[0].id} cumulative_fell: 甲" in words
    assert f"false alarm {planted[0].id} RET-ACTUAL-LOWER" in words
