"""The parameters of a year: ``params/2023.yml``, read and validated.

Everything an office may want to change without touching code stands there: where the table
and the returns are, the calendar, names and aliases, corrections to the table, the rating
rule's thresholds, formats, fonts and the masthead.
"""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from reporting.errors import UsageError
from reporting.project.changes import PlanChange
from reporting.values import Value


class QuarterDates(Value):
    """The dates of one quarter's round: returns due on, pack published on."""

    due: date
    publish: date


class RatingRule(Value):
    """Thresholds of the rating rule, in 百分点 short of the plan.

    A gap of at most ``tolerance`` is on schedule; up to ``far_behind`` (inclusive) behind;
    beyond it far behind. The published rule this follows leaves 0–10 undefined; here every
    gap has a grade.
    """

    tolerance: float = Field(default=0, ge=0)
    far_behind: float = Field(default=30, gt=0)


class MastheadParams(Value):
    """The head of the documents."""

    city: str
    issuing_office: str
    title: str
    issue_number: str


class Correction(Value):
    """A correction to one field of one task of the table, with its reason."""

    task_id: str
    field: str
    value: Any
    reason: str


class Params(Value):
    """The parameters of a year.

    Paths are relative to the project's root, the folder that holds ``params/``.
    """

    year: int
    table: str
    status: str
    calendar: dict[int, QuarterDates]
    masthead: MastheadParams
    rating: RatingRule = RatingRule()
    aliases: dict[str, str] = Field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    words: dict[str, dict[str, Any]] = Field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    changes: tuple[PlanChange, ...] = ()
    formats: tuple[str, ...] = ("html", "pdf", "xlsx")
    renderer: str = "typst"
    fonts: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def read_params(root: Path, year: int) -> Params:
    """Read ``params/<year>.yml`` under the root.

    Raises
    ------
    UsageError
        The file is missing or a field is wrong; the text names the fields.
    """
    path = root / "params" / f"{year}.yml"
    if not path.is_file():
        raise UsageError(f"没有{year}年的参数文件：需要 params/{year}.yml，请先建立该文件。")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Params.model_validate(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"params/{year}.yml 不是有效的 YAML 文件：{error}") from None
    except ValidationError as error:
        faults = "；".join(
            f"{'.'.join(str(part) for part in fault['loc'])}：{fault['msg']}"
            for fault in error.errors()
        )
        raise UsageError(f"params/{year}.yml 中有字段不符合要求：{faults}") from None
