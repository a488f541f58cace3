"""The data edge of the province's notebook: parameters in, the editions taken together out."""

import os
from pathlib import Path

from reporting.assess.province.values import Province
from reporting.errors import UsageError
from reporting.notebook import SLICE_VARIABLE
from reporting.periods import Period, expect_quarter
from reporting.project.province import read_province_params
from reporting.project.roots import find_root
from reporting.province.read import read_province


def load(year: int, quarter: int) -> Province:
    """Give what the province's notebook reports on.

    By hand the editions are proved and read afresh; publishing hands over what it has read.

    Raises
    ------
    UsageError
        Year or quarter is unknown, or what is ready is another one's.
    """
    expect_quarter(quarter)
    ready = os.environ.get(SLICE_VARIABLE)
    if not ready:
        root = find_root()
        return read_province(root, read_province_params(root, year, quarter), quarter)
    province = Province.model_validate_json(Path(ready).read_bytes())
    if (province.period.year, province.period.quarter) != (year, quarter):
        asked = Period(year=year, quarter=quarter).label
        raise UsageError(f"数据与参数不符：参数为{asked}，数据为{province.period.label}。")
    return province
