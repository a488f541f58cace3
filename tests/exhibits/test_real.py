"""The real table with its demonstration returns: sums, evidence and slices."""

import json

import pytest

from reporting.assess.rating import rule
from reporting.assess.rollups import by_action, by_heading, by_leader, by_unit, total
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Level, Subject, SubjectKind
from reporting.documents.blocks import Card, Figure
from reporting.exhibits import show
from reporting.grades import USUAL


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_counts_add_up(real_years: dict[int, Assessment], quarter: int) -> None:
    """All 188 tasks are counted once in every quarter, and in every grouping that parts them."""
    city = real_years[quarter]
    for earlier in range(1, quarter + 1):
        counted = total(city, earlier)
        assert sum(counted.counts.values()) + counted.nothing_due == len(city.plan.tasks) == 188
    for groups in (by_action(city), by_heading(city)):
        assert sum(group.total for group in groups) == 188
        for grade in USUAL.values():
            assert sum(group.counts[grade] for group in groups) == total(city).counts[grade]
        assert sum(group.nothing_due for group in groups) == total(city).nothing_due
    pairs = sum(len(task.lead_units) for task in city.plan.tasks)
    assert sum(group.total for group in by_unit(city)) == pairs
    named = sum(max(len(task.leaders), 1) for task in city.plan.tasks)
    assert sum(group.total for group in by_leader(city)) == named
    assert total(city).total == 188


def test_ratings_rest_on_evidence(real_years: dict[int, Assessment]) -> None:
    """Every judgement quotes a cell, unless nothing was reported or nothing was due."""
    silent = {rule.NOT_REPORTED, rule.CARRIED, rule.UNDECIDED}
    codes = {clause.code for clause in real_years[4].rule}
    for rating in real_years[4].ratings:
        assert rating.rule in codes
        assert rating.reason.endswith("。")
        if rating.rule not in silent:
            assert rating.evidence
            assert rating.evidence[0].cell


def test_quotes_are_verbatim(real_city: Assessment) -> None:
    """The status sentence quoted for a milestone stands in the unit's own text."""
    rows = {(r.milestone_id, r.unit, r.quarter): r for r in real_city.progress}
    quoted = 0
    for rating in real_city.ratings:
        row = rows.get((rating.subject_id, rating.unit or "", rating.quarter))
        if rating.level is Level.MILESTONE and rating.rule == rule.BY_TEXT and row:
            assert rating.evidence[-1].quote.removesuffix("……") in row.progress
            quoted += 1
    assert quoted > 300


def test_earlier_quarters_stay_as_they_were(real_years: dict[int, Assessment]) -> None:
    """What was rated at the end of a quarter is what later packs compare with."""
    for quarter in (1, 2, 3):
        assert real_years[quarter].task_ratings() == real_years[4].task_ratings(quarter)


def test_unit_slices_hold_no_other_units_text(real_city: Assessment) -> None:
    """No slice of a unit holds a row, a rating or a longer text of another unit."""
    for unit in real_city.plan.lead_units:
        own = slice_for(real_city, Subject(kind=SubjectKind.UNIT, name=unit))
        assert {row.unit for row in own.progress} <= {unit}
        assert {rating.unit for rating in own.ratings} <= {unit}
        assert {finding.unit for finding in own.findings} <= {unit, ""}
        texts = {row.progress for row in own.progress}
        dump = json.dumps(own.model_dump(mode="json"), ensure_ascii=False)
        for row in real_city.progress:
            if row.unit != unit and row.progress not in texts and len(row.progress) > 40:
                assert json.dumps(row.progress, ensure_ascii=False)[1:-1] not in dump


def test_sample_mark_is_set(real_city: Assessment) -> None:
    """The demonstration returns mark whatever is made from them."""
    assert real_city.is_sample
    for unit in real_city.plan.lead_units[:3]:
        assert slice_for(real_city, Subject(kind=SubjectKind.UNIT, name=unit)).is_sample


@pytest.mark.long
def test_charts_of_sub_projects_have_names_of_their_own(real_city: Assessment) -> None:
    """Where sub-projects of a task count the same measure, the caption tells which is which."""
    captions = [
        (card.heading.anchor, block.caption)
        for card in show.task_cards(real_city).blocks
        if isinstance(card, Card)
        for block in card.blocks
        if isinstance(block, Figure)
    ]
    assert len(captions) > 50
    assert len(captions) == len(set(captions))
