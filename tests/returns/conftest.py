"""Last quarter's returns of the toy plan, read once."""

import pytest

from reporting.returns.values import Returns

from .toy import OTHER, UNIT, filled, read


@pytest.fixture(scope="session")
def second_quarter(tmp_path_factory: pytest.TempPathFactory) -> tuple[Returns, ...]:
    folder = tmp_path_factory.mktemp("q2")
    files = {UNIT: filled(UNIT, 2)}
    return (read(folder, 2, files),)


@pytest.fixture(scope="session")
def other_return(second_quarter: tuple[Returns, ...]) -> bytes:
    """Return the other unit's third quarter, filled well."""
    return filled(OTHER, 3, second_quarter).save()
