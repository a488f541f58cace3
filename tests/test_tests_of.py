"""Every module's tests are found in one step."""

import pytest

from tools import tests_of as finder


@pytest.mark.parametrize("module", finder.modules())
def test_module_has_tests(module: str) -> None:
    """By its name, by its import, or by what in its room leads to it."""
    assert finder.tests_of(module), f"no test leads to {module}"


def test_file_of_its_name_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """The path may be given from the project's folder as well."""
    assert finder.main(["src/reporting/project/register.py"]) == 0
    assert capsys.readouterr().out == "tests/project/test_register.py\n"


def test_unknown_module_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, and the code of wrong usage."""
    assert finder.main(["plan/unwritten.py"]) == 2
    assert "没有模块 plan/unwritten.py" in capsys.readouterr().err
