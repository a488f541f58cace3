"""The data edge of the notebooks: parameters in, the assessment of one subject out."""

import os
import warnings
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.assess.public.cut import public_slice
from reporting.assess.public.withheld import withheld_from
from reporting.assess.slices import slice_for
from reporting.assess.subjects.declared import slice_of
from reporting.assess.subjects.named import subject_by
from reporting.assess.values import Assessment, SubjectKind
from reporting.errors import UsageError
from reporting.periods import expect_quarter
from reporting.project.params import Params, read_params
from reporting.project.reports import CITY, LISTED, Declaration, all_reports
from reporting.project.roots import find_root, other_project

if TYPE_CHECKING:
    from reporting.tables.frames import Frames

SLICE_VARIABLE = "REPORTING_SLICE"
"""Environment variable that names the JSON of a ready slice; publishing sets it."""


class LoadedAssessment(Assessment):
    """The assessment of one subject, and its tables as DataFrames.

    It goes into the exhibits as it is: ``show.counts(assessment)``.
    """

    @classmethod
    def of(cls, assessment: Assessment) -> "LoadedAssessment":
        """Take what an assessment holds, without checking it again."""
        return cls.model_construct(**dict(assessment))

    @cached_property
    def frames(self) -> "Frames":
        """The tables as pandas DataFrames, of what this subject's report may know.

        ``tasks``, ``milestones``, ``targets``, ``units``, ``findings``, ``progress``,
        ``ratings``, ``changes`` and ``sources``; the columns are described with each.
        """
        # A report without DataFrames has no use for them.
        from reporting.tables.frames import Frames

        return Frames(self)


def load(
    year: int,
    quarter: int,
    unit: str | None = None,
    leader: str | None = None,
    *,
    public: bool = False,
    report: str = "",
    **by: str,
) -> LoadedAssessment:
    """Give the assessment that a notebook reports on, and its tables as DataFrames.

    With nothing named it is the city's; with ``public`` what the public may know of
    that. By hand the project is the one that ``REPORTING_PROJECT`` names, or is found from the
    working directory upwards, and everything is read afresh; publishing hands over a slice that
    is ready, and its subject and quarter must be the ones asked for.

    Parameters
    ----------
    report : str, optional
        Which of the office's own reports this is, where several are declared for the same
        subjects, or one for the city; it gives the headline.
    **by : str
        What else the report is made for: ``supporting_unit``, a column of the table of tasks
        (``action``, ``heading``, ``grade``, …), or ``name`` for one of a list.

    Raises
    ------
    UsageError
        Year, quarter or subject is unknown, or the ready slice is another one's.

    Examples
    --------
    >>> assessment = load(2023, 3, unit="市商务局")  # doctest: +SKIP
    >>> assessment.frames.tasks.groupby("grade").size()  # doctest: +SKIP
    >>> assessment = load(2023, 3, action="绿色转型行动")  # doctest: +SKIP
    """
    _check_period(year, quarter)
    parties = {"unit": unit, "leader": leader}
    asked = {name: value for name, value in parties.items() if value is not None} | by
    if len(asked) + public > 1:
        raise UsageError("单位、责任领导、公开版等只能指定其中一个。")
    ready = os.environ.get(SLICE_VARIABLE)
    if ready:
        assessment = LoadedAssessment.model_validate_json(Path(ready).read_bytes())
        _check_slice(assessment, year, quarter, asked, public=public)
        return assessment
    return LoadedAssessment.of(_compute(year, quarter, asked, public=public, report=report))


def _check_period(year: int, quarter: int) -> None:
    if isinstance(year, bool) or not isinstance(year, int) or not 2000 <= year <= 2100:
        raise UsageError(f"年份应为四位整数（如 2023），收到的是“{year}”。")
    expect_quarter(quarter)


def _compute(
    year: int, quarter: int, asked: Mapping[str, str], *, public: bool, report: str
) -> Assessment:
    # Reading the table and the workbooks is not needed where a slice is ready.
    from reporting.pipeline import assess_period

    root = find_root()
    if note := other_project():
        warnings.warn(note, stacklevel=3)
    params = read_params(root, year)
    city = assess_period(root, params, quarter)
    if public:
        listed = params.public
        return public_slice(city, withheld_from(city.plan, listed.withhold, listed.words))
    by, name = next(iter(asked.items()), (CITY, ""))
    subject, declaration = subject_by(city, by, name), _declared(params, by, report)
    if declaration is None:
        return slice_for(city, subject)
    if declaration.is_own:
        subject = subject.model_copy(update={"report": declaration.report})
    return slice_of(city, declaration, subject)


def _declared(params: Params, by: str, report: str) -> Declaration | None:
    """Find the declaration that a notebook is run for; None where its subjects have none.

    Raises
    ------
    UsageError
        There is none of that name.
    """
    declared = all_reports(params.reports)
    if report:
        found = [one for one in declared if report in (one.report, one.stem)]
        if not found:
            raise UsageError(
                f"params/{params.year}.yml 的 reports 中没有声明“{report}”，"
                "请先声明，或者去掉 report。"
            )
        return found[0]
    return next((one for one in declared if (one.parameter or CITY) == by), None)


def _check_slice(
    assessment: Assessment, year: int, quarter: int, asked: Mapping[str, str], *, public: bool
) -> None:
    period, subject = assessment.period, assessment.subject
    by, wanted = next(iter(asked.items()), ("", None))
    name = None if subject.kind.is_whole else subject.name
    fits = (year, quarter, wanted, public) == (
        period.year, period.quarter, name, subject.kind is SubjectKind.PUBLIC,
    )  # fmt: skip
    if not fits or (by and by not in (LISTED, subject.column or subject.kind.value)):
        raise UsageError(
            f"数据与参数不符：参数为{year}年第{quarter}季度“{wanted or '全体单位'}”，"
            f"数据为{period.label}“{name or '全体单位'}”。"
        )
