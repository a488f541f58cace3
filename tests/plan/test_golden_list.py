"""The score of a reading against a hand-made list."""

from pathlib import Path

import pytest

from plan.builders import ROOT
from reporting.errors import InputRefused
from tools.golden import main

HEADER = (
    "number,source,quote,at,quarter,measure,comparator,value,value_high,unit,basis,"
    "aspirational,optional\n"
)


def test_score_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Precision and recall of the table over the tasks of the list."""
    monkeypatch.chdir(ROOT)
    golden = tmp_path / "targets.csv"
    golden.write_text(f"{HEADER}1,none,,0,,,,,,,,0,0\n", encoding="utf-8")
    main([str(golden)])
    assert "1项任务，应读0个，" in capsys.readouterr().out


def test_list_that_does_not_fit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that the table does not have is named with its line."""
    monkeypatch.chdir(ROOT)
    golden = tmp_path / "targets.csv"
    golden.write_text(
        f"{HEADER}999,goal,100家,4,4,企业,=,100,,家,cumulative,0,0\n", encoding="utf-8"
    )
    with pytest.raises(InputRefused, match=r"targets\.csv 第2行"):
        main([str(golden)])
