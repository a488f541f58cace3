"""A self-rating is held against the figures by the office's own bands, in check and sheet alike."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reporting.assess.rating.rule import grade_of_gap
from reporting.grades import GOOD, Grade, Scale
from reporting.language.comparators import Comparator, Direction
from reporting.plan.figures.gaps import bounds_of, gap
from reporting.plan.values import Basis, Target
from reporting.project.rating import RatingRule
from reporting.returns.layout import AskedTarget
from reporting.returns.prose.facts import Facts
from reporting.returns.reading.checks import CHECKS
from reporting.returns.reading.read import read_returns
from reporting.returns.values import Actual, ProgressRow
from returns import toy

from .libreoffice import needs_office, recalculated
from .test_faults import AFTER, FAIR, FIRST, INVEST, YEAR
from .test_self_check import lines_in, of_line


def scale(*bands: tuple[str, float | None, str]) -> Scale:
    listed = [{"name": n, "up_to": up, "counts_as": kind} for n, up, kind in bands]
    return RatingRule.model_validate({"bands": listed}).scale


USUAL = RatingRule().scale
TOLERANT = RatingRule(tolerance=5, far_behind=30).scale
LIGHTS = scale(
    ("绿灯", 10, "达到序时进度"), ("黄灯", 30, "未达序时进度"), ("红灯", None, "严重滞后")
)
TWO_GOOD = scale(
    ("优", 5, "达到序时进度"), ("良", 10, "达到序时进度"), ("黄灯", 30, "未达序时进度"),
    ("红灯", None, "严重滞后"),
)  # fmt: skip
LOW: dict[str, Any] = {"comparator": Comparator.AT_MOST}
MORE: dict[str, Any] = {"comparator": Comparator.MORE_THAN}
BAND: dict[str, Any] = {"comparator": Comparator.RANGE, "value_high": Decimal(90)}
RATE: dict[str, Any] = {"unit": "%", "measure": "覆盖率"}
LESS: dict[str, Any] = {"direction": Direction.LOWER}

# The value, its plan, and the grades that keep the plan which the value denies.
DENIED: tuple[tuple[Scale, str, str, dict[str, Any], str], ...] = (
    (USUAL, "80", "80", {}, ""),
    (USUAL, "79", "80", {}, "已完成 达到序时进度"),
    (USUAL, "80", "80", MORE, "已完成 达到序时进度"),
    (USUAL, "3", "3", LOW, ""),
    (USUAL, "4", "3", LOW, "已完成 达到序时进度"),
    (TOLERANT, "76", "80", {}, "已完成"),
    (TOLERANT, "75", "80", {}, "已完成 达到序时进度"),
    (TOLERANT, "80", "80", MORE, "已完成"),
    (LIGHTS, "80", "80", {}, ""),
    (LIGHTS, "72", "80", {}, "已完成"),
    (LIGHTS, "71", "80", {}, "已完成 绿灯"),
    (LIGHTS, "22", "20", LOW, "已完成"),
    (LIGHTS, "23", "20", LOW, "已完成 绿灯"),
    (LIGHTS, "80", "90", RATE, "已完成"),
    (LIGHTS, "79.9", "90", RATE, "已完成 绿灯"),
    (LIGHTS, "20", "20", MORE, "已完成"),
    (LIGHTS, "18", "20", MORE, "已完成"),
    (LIGHTS, "17", "20", MORE, "已完成 绿灯"),
    (LIGHTS, "72", "80", BAND, "已完成"),
    (LIGHTS, "99", "80", BAND | LESS, "已完成"),
    (LIGHTS, "100", "80", BAND | LESS, "已完成 绿灯"),
    (LIGHTS, "1", "0", LOW, "已完成 绿灯"),
    (TWO_GOOD, "76", "80", {}, "已完成"),
    (TWO_GOOD, "75", "80", {}, "已完成 优"),
    (TWO_GOOD, "72", "80", {}, "已完成 优"),
    (TWO_GOOD, "71", "80", {}, "已完成 优 良"),
)


def target_of(plan: str, **fields: Any) -> Target:
    given: dict[str, Any] = {
        "target_id": "2023-001-T01", "task_id": "2023-001", "milestone_id": "2023-001-01",
        "quarter": 3, "measure": "甲", "comparator": Comparator.AT_LEAST, "value": Decimal(plan),
        "unit": "家", "basis": Basis.LEVEL, "start": 0, "end": 1, "source": "schedule",
    }  # fmt: skip
    return Target(**(given | fields))


def said(value: str | None, target: Target, claimed: Grade | None, own: Scale) -> list[str]:
    """Return what is told of a self-rating beside one figure."""
    number = None if value is None else Decimal(value)
    actual = Actual(target_id=target.target_id, value=number, cell="J4", sheet="指标")
    row = ProgressRow(
        unit="市甲局", quarter=3, task_id="2023-001", milestone_id="2023-001-01",
        self_rating=claimed, progress="走访企业。", actuals=(actual,), file="a.xlsx",
        sheet="进展", cells={},
    )  # fmt: skip
    asked = AskedTarget(target=target, number="1", row_id=row.milestone_id, quote="")
    facts = Facts(row, {target.target_id: asked}, (), {}, {}, {}, 3, date(2023, 9, 30), scale=own)
    return [hit.found for hit in dict(CHECKS)["RET-RATING-FIGURES"](facts)]


@pytest.mark.parametrize(("own", "value", "plan", "fields", "denied"), DENIED)
def test_a_figure_denies_the_grades_that_its_gap_does(
    own: Scale, value: str, plan: str, fields: dict[str, Any], denied: str
) -> None:
    """Done takes the plan value, each band its own limit; at the limit a grade still stands."""
    target = target_of(plan, **fields)
    good = [grade for grade in own.claimed if grade in GOOD]
    assert " ".join(str(g) for g in good if said(value, target, g, own)) == denied


@pytest.mark.parametrize("own", [TOLERANT, LIGHTS, TWO_GOOD])
@pytest.mark.parametrize(
    "fields", [{}, LOW, MORE, RATE, BAND, BAND | LESS, {"value": Decimal("-4")}], ids=str
)
def test_the_rating_itself_is_never_denied(own: Scale, fields: dict[str, Any]) -> None:
    """Who claims what the rule comes to is not contradicted, who claims better is."""
    target = target_of("80").model_copy(update=fields)
    for tenth in range(-1000, 1300, 5):
        value = Decimal(tenth) / 10
        rated, _ = grade_of_gap(gap(target, value), own)
        for grade, bound in bounds_of(target, own).items():
            if grade.kind is rated.kind or rated not in GOOD:
                broken = bound is not None and bound.is_broken(value)
                assert broken == (rated.order > grade.order), (value, grade)


def test_other_claims_and_no_figure_are_denied_by_nothing() -> None:
    """What lags by its own word is not held against the plan here, nor an empty or a wrong cell."""
    target = target_of("80")
    lagging = [grade for grade in LIGHTS.claimed if grade not in GOOD]
    assert [said("40", target, grade, LIGHTS) for grade in (*lagging, None)] == [[]] * 5
    assert said(None, target, LIGHTS.claimed[0], LIGHTS) == []


def test_the_sentence_says_the_gap_and_its_band() -> None:
    """Where gaps are allowed; otherwise the plan says enough, with its comparator."""
    done, green = LIGHTS.claimed[:2]
    assert said("71", target_of("80"), green, LIGHTS) == [
        "“甲”实际71家，计划80家，差11.2个百分点，按评定规则为“黄灯”",
    ]
    assert said("72", target_of("80"), done, LIGHTS) == [
        "“甲”实际72家，计划80家，差10.0个百分点，按评定规则为“绿灯”",
    ]
    assert said("40", target_of("20", **LOW), green, LIGHTS) == [
        "“甲”实际40家，计划不多于20家，超出100.0个百分点，按评定规则为“红灯”",
    ]
    assert said("20", target_of("20", **MORE), done, LIGHTS) == ["“甲”实际20家，计划超过20家"]
    assert said("79", target_of("80"), USUAL.claimed[0], USUAL) == ["“甲”实际79家，计划80家"]


TWO = RatingRule.model_validate(
    {
        "bands": [
            {"name": "优", "up_to": 5, "counts_as": "达到序时进度"},
            {"name": "良", "up_to": 10, "counts_as": "达到序时进度"},
            {"name": "黄灯", "up_to": 30, "counts_as": "未达序时进度"},
            {"name": "红灯", "counts_as": "严重滞后"},
        ]
    }
)
# Of one row 800 firms and 11.3 of 亿元 are planned: what is typed, its own word, whether denied.
TYPED: tuple[tuple[object, object, str, bool], ...] = (
    (759, 11.3, "优", True),
    (720, 10.17, "良", False),
    (760, 11.3, "已完成", True),
    (800, 10.16, "良", True),
    (760, "约十", "优", False),
)


@pytest.mark.office
@needs_office
def test_check_and_sheet_speak_by_the_bands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As LibreOffice reckons it, the sheet tells of the self-ratings that the check tells of."""
    params = toy.PARAMS.model_copy(update={"rating": TWO})
    monkeypatch.setattr(toy, "PARAMS", params)
    files = {f"{n:02}": _answered(*case) for n, case in enumerate(TYPED)}
    found = dict(_both(recalculated(files, tmp_path), tmp_path / "again", params))
    assert found == {f"{n:02}": (told, told) for n, (*_, told) in enumerate(TYPED)}


def _answered(turned: object, invested: object, word: str, _: bool) -> bytes:
    sheet = toy.filled(toy.UNIT, 3)
    for row_id in (FIRST, YEAR, FAIR, AFTER):
        sheet.put(row_id, "self_rating", word if row_id == FIRST else "良")
    for target_id in sheet.rows:
        if target_id == INVEST:
            sheet.put(target_id, "actual", invested)
        elif target_id.startswith("2023-001-T"):
            sheet.put(target_id, "actual", turned)
    return sheet.save()


def _both(
    files: dict[str, bytes], folder: Path, params: Any
) -> Iterator[tuple[str, tuple[bool, bool]]]:
    """Tell of each workbook whether the check, and whether the sheet, finds the word denied."""
    for name, data in files.items():
        path = folder / name / f"status/Q3/{toy.UNIT}.xlsx"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        lines, _ = lines_in(path)
        found = read_returns(folder / name, params, toy.PLAN, 3).all_findings
        yield name, (_is_found(found), "RET-RATING-FIGURES" in lines["进展", 4].codes)


def _is_found(findings: Iterable[Any]) -> bool:
    return any(f.code == "RET-RATING-FIGURES" for f in of_line(findings, "进展", 4))
