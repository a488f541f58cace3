"""``make quarto``: copies of the notebooks, each run once, for the plain Quarto command."""

import json
import re
from pathlib import Path

import pytest
from publish.small_books import write_notebook

from documents.quarto.conftest import StandIn
from tools import by_quarto

SETTINGS = Path(__file__).parents[3] / "notebooks" / "_quarto.yml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project of one small notebook, with the real settings, to work in."""
    root = tmp_path / "project"
    for name in ("params", "notebooks"):
        (root / name).mkdir(parents=True)
    write_notebook(
        root / "notebooks" / "a.ipynb",
        "from reporting.project.roots import find_root\n"
        "with open(find_root() / 'runs', 'a') as log:\n    print('run', file=log)",
        "6 * 7",
    )
    (root / "notebooks" / SETTINGS.name).write_bytes(SETTINGS.read_bytes())
    monkeypatch.chdir(root)
    return root


def test_copies_are_rendered_and_sources_stay(project: Path, stand_in: StandIn) -> None:
    """Quarto gets a folder of executed copies; a notebook runs once and keeps its bytes."""
    before = {p.name: p.read_bytes() for p in (project / "notebooks").iterdir()}
    assert by_quarto.main() == 0
    assert {p.name: p.read_bytes() for p in (project / "notebooks").iterdir()} == before
    assert (project / "runs").read_text() == "run\n"
    folder = project / ".reporting" / "quarto" / "notebooks"
    assert [call["arguments"] for call in stand_in.calls] == [["render", str(folder)]]
    copy = json.loads((folder / "a.ipynb").read_text(encoding="utf-8"))
    assert "42" in str(copy["cells"][-1]["outputs"])
    settings = (folder / SETTINGS.name).read_text(encoding="utf-8")
    places = [
        (folder / place).resolve() for place in re.findall(r"((?:\.\./)+[^\s/]\S*)", settings)
    ]
    assert {p.relative_to(project).parts[0] for p in places} == {"src", "outputs", ".reporting"}


def test_without_quarto_no_notebook_runs(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence comes before the work."""
    monkeypatch.setenv("QUARTO_PATH", str(project / "gone"))
    assert by_quarto.main() == 2
    assert "不是可以运行的 Quarto" in capsys.readouterr().err
    assert not (project / "runs").exists()
