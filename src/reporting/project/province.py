"""The parameters of a province's year: ``params/province-2023.yml``, read and validated.

A province's office has no table and no returns of its own: it names the offices whose released
editions it takes together.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from reporting.errors import UsageError
from reporting.limits import Limits
from reporting.project.checking.examine import Rule, Told, examine
from reporting.project.checking.rules import head_rules
from reporting.project.checking.source import decoded
from reporting.project.params import MastheadParams, Params, Place, QuarterDates
from reporting.values import Value

ProvinceFormat = Literal["html", "pdf", "docx", "xlsx"]
_Words = Annotated[str, Field(min_length=1)]


class Office(Value):
    """An office whose editions are taken.

    Attributes
    ----------
    name : str
        What the province calls it; no two offices have one name.
    folder : str
        The project that holds ``editions/``, or a copy of that folder itself; relative to the
        province's project, or a whole path.
    city : str
        What its editions call the place, where that is not ``name``.
    """

    name: _Words
    folder: _Words
    city: str = ""

    @property
    def called(self) -> str:
        """What its editions call the place."""
        return self.city or self.name


class ProvinceParams(Value):
    """The parameters of a province's year.

    ``calendar`` has the day on which each quarter's report is published, ``masthead`` is that of
    the parameters of an office, ``each`` what the offices are called together (市, 县, 区).
    """

    year: int
    calendar: dict[int, date]
    masthead: MastheadParams
    each: Place
    offices: tuple[Office, ...]
    formats: tuple[ProvinceFormat, ...] = ("html", "pdf", "docx", "xlsx")
    fonts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    limits: Limits = Limits()

    @property
    def settings(self) -> Params:
        """Give what publishing needs to know of any project; there is neither table nor return."""
        days = {
            quarter: QuarterDates(due=day, publish=day) for quarter, day in self.calendar.items()
        }
        return Params(
            year=self.year, table="", status="", calendar=days, masthead=self.masthead,
            formats=self.formats, fonts=self.fonts, limits=self.limits,
        )  # fmt: skip


def params_name(year: int) -> str:
    """Say where the parameters of a province's year stand in its project."""
    return f"params/province-{year}.yml"


def read_province_params(root: Path, year: int, quarter: int) -> ProvinceParams:
    """Read the parameters of a province for the report of a quarter.

    Raises
    ------
    UsageError
        The file is missing, or it has no day for the quarter.
    FaultsFound
        Something in it is wrong; every fault is named with its line.
    """
    name = params_name(year)
    if not (root / name).is_file():
        raise UsageError(f"没有{year}年的汇总参数：应有文件 {name}，实际没有，写法见用户指南。")
    params = parse_province_params(decoded((root / name).read_bytes(), name), year)
    if quarter not in params.calendar:
        raise UsageError(f"{name} 的 calendar 中没有第{quarter}季度的印发日期。")
    return params


def parse_province_params(text: str, year: int) -> ProvinceParams:
    """Read the parameters of a province from the text of their file."""
    return examine(text, params_name(year), ProvinceParams, _rules(year))


def _rules(year: int) -> tuple[Rule, ...]:
    def as_named(written: int) -> Iterator[Told]:
        if written != year:
            yield ("year",), f"应与文件名一致（{year}），实为“{written}”"

    return (
        Rule(("year",), as_named),
        Rule(("calendar",), _quarters),
        *head_rules(),
        Rule(("offices",), _offices),
    )


def _quarters(calendar: Mapping[int, date]) -> Iterator[Told]:
    for quarter in calendar:
        if quarter not in (1, 2, 3, 4):
            yield ("calendar", str(quarter)), f"应为季度 1 至 4，实为“{quarter}”"


def _offices(offices: tuple[Office, ...]) -> Iterator[Told]:
    if not offices:
        yield ("offices",), "应列出各单位，实际一个也没有"
    for at, office in enumerate(offices):
        for name in ("name", "folder"):
            if not getattr(office, name).strip():
                yield ("offices", at, name), "应有文字，实际为空"
