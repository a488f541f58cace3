"""The real table, read once."""

import pytest

from reporting.plan.read import read_plan
from reporting.plan.values import Plan
from reporting.project.params import read_params

from .builders import ROOT


@pytest.fixture(scope="session")
def real_plan() -> Plan:
    return read_plan(ROOT, read_params(ROOT, 2023))
