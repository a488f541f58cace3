"""The data edge of the notebooks: parameters in, the assessment of one subject out."""

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import withheld_from
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.errors import UsageError
from reporting.periods import expect_quarter
from reporting.project.params import read_params
from reporting.project.roots import find_root

SLICE_VARIABLE = "REPORTING_SLICE"
"""Environment variable that names the JSON of a ready slice; publishing sets it."""


def load(
    year: int,
    quarter: int,
    unit: str | None = None,
    leader: str | None = None,
    *,
    public: bool = False,
) -> Assessment:
    """Give the assessment that a notebook reports on.

    With neither unit nor leader it is the city's; with ``public`` what the public may know of
    that. By hand the project is found from the
    working directory upwards and everything is read afresh; publishing hands over a slice that
    is ready, and its subject and quarter must be the ones asked for.

    Raises
    ------
    UsageError
        Year, quarter, unit or leader is unknown, or the ready slice is another one's.

    Examples
    --------
    >>> assessment = load(2023, 3, unit="市商务局")  # doctest: +SKIP
    """
    _check_period(year, quarter)
    if (unit is not None) + (leader is not None) + public > 1:
        raise UsageError("单位、责任领导和公开版只能指定其中一个。")
    ready = os.environ.get(SLICE_VARIABLE)
    if ready:
        assessment = Assessment.model_validate_json(Path(ready).read_bytes())
        _check_slice(assessment, year, quarter, unit, leader, public=public)
        return assessment
    return _compute(year, quarter, unit, leader, public=public)


def _check_period(year: int, quarter: int) -> None:
    if isinstance(year, bool) or not isinstance(year, int) or not 2000 <= year <= 2100:
        raise UsageError(f"年份应为四位整数（如 2023），收到的是“{year}”。")
    expect_quarter(quarter)


def _compute(
    year: int, quarter: int, unit: str | None, leader: str | None, *, public: bool
) -> Assessment:
    # Reading the table and the workbooks is not needed where a slice is ready.
    from reporting.pipeline import assess_period

    root = find_root()
    params = read_params(root, year)
    city = assess_period(root, params, quarter)
    if public:
        listed = params.public
        return public_slice(city, withheld_from(city.plan, listed.withhold, listed.words))
    return slice_for(city, subject_of(city, unit, leader))


def subject_of(city: Assessment, unit: str | None = None, leader: str | None = None) -> Subject:
    """Tell whom a report of the city's assessment is about.

    Raises
    ------
    UsageError
        The unit leads no task, or the leader is responsible for none; the text names the
        closest that do.
    """
    if unit is not None:
        return Subject(kind=SubjectKind.UNIT, name=_known_unit(city, unit))
    if leader is not None:
        name = "".join(leader.split())
        if name not in city.plan.leaders:
            raise UsageError(_unknown(f"没有责任领导“{leader}”", name, city.plan.leaders))
        return Subject(kind=SubjectKind.LEADER, name=name)
    return city.subject


def _known_unit(city: Assessment, unit: str) -> str:
    name = unit.strip()
    if name in city.plan.lead_units:
        return name
    for known in city.plan.units:
        if name in known.aliases and known.name in city.plan.lead_units:
            return known.name
    if any(known.name == name for known in city.plan.units):
        raise UsageError(f"“{name}”没有牵头任务，只作为协助单位，不单独出报告。")
    raise UsageError(_unknown(f"没有牵头单位“{unit}”", name, city.plan.lead_units))


def _unknown(words: str, name: str, known: Sequence[str]) -> str:
    holding = [other for other in known if name and (name in other or other in name)]
    close = list(dict.fromkeys([*holding, *difflib.get_close_matches(name, known, 3, 0.4)]))[:3]
    hint = f"相近的有：{'、'.join(close)}" if close else f"可选的有：{'、'.join(known[:5])}等"
    return f"{words}，{hint}。"


def _check_slice(
    assessment: Assessment,
    year: int,
    quarter: int,
    unit: str | None,
    leader: str | None,
    *,
    public: bool,
) -> None:
    period, subject = assessment.period, assessment.subject
    wanted = (year, quarter, unit if unit is not None else leader, _kind(unit, leader, public))
    name = None if subject.kind.is_whole else subject.name
    if wanted != (period.year, period.quarter, name, subject.kind):
        raise UsageError(
            f"数据与参数不符：参数为{year}年第{quarter}季度“{wanted[2] or '全体单位'}”，"
            f"数据为{period.label}“{name or '全体单位'}”。"
        )


def _kind(unit: str | None, leader: str | None, public: bool) -> SubjectKind:
    if public:
        return SubjectKind.PUBLIC
    if unit is not None:
        return SubjectKind.UNIT
    return SubjectKind.BRIEFING if leader is None else SubjectKind.LEADER
