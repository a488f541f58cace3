"""An office's own reports in editions: frozen, corrected, compared, proved, and sent."""

import csv
import io
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from release.conftest import NEW_WORDS, PERIOD, SECOND, A, B, Office, make_office
from reporting.cli import main
from reporting.documents.assets import template_text
from reporting.release.freeze import Frozen
from reporting.release.prove import Verdict, prove
from reporting.release.remake import remaker

pytestmark = pytest.mark.long

ACTION = "服务提升行动"
TEMPLATE, OWN_RULE = "templates/report/report.css", "\nh1 { letter-spacing: 0.12em; }\n"
DECLARED = f"""reports:
  - {{notebook: examples/action_report.ipynb, each: action}}
  - {{notebook: examples/year_report.ipynb, each: city, formats: [docx]}}
  - {{notebook: poster.ipynb, each: [{A}], title: "{{name}}{{period}}一页纸"}}
  - {{notebook: helpers.ipynb, each: supporting_unit}}
  - {{notebook: later.ipynb, each: city, quarters: [4]}}
inputs: {{poster: [notebooks/往年.csv], later: [notebooks/later.csv]}}
"""


@dataclass(frozen=True)
class Told:
    """The office, its packs before and after a correction, and the editions made of them."""

    office: Office
    first: dict[str, bytes]
    second: dict[str, bytes]
    made: tuple[str, ...]
    frozen: tuple[Frozen, Frozen]


def write_notebook(path: Path, cells: dict[str, str]) -> None:
    """Write a notebook of code, its parameters first."""
    written: list[dict[str, Any]] = [
        {"cell_type": "code", "id": name, "metadata": {}, "source": source,
         "execution_count": None, "outputs": []}
        for name, source in cells.items()
    ]  # fmt: skip
    written[0]["metadata"] = {"tags": ["parameters"]}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {
        "cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    path.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")


def load_by(by: str) -> dict[str, str]:
    return {
        "parameters": f'year = 2023\nquarter = 1\n{by} = "甲"',
        "load": "from reporting.exhibits import show\nfrom reporting.notebook import load\n\n"
        f"assessment = load(year, quarter, {by}={by})",
        "cover": "show.cover(assessment)",
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Declare five reports, one of them of another quarter, and correct one cell in between.

    The project's own template goes once both editions are frozen.
    """
    office = make_office(tmp_path_factory.mktemp("own") / "office")
    template = office.root / TEMPLATE
    template.parent.mkdir(parents=True)
    template.write_text(template_text("report/report.css") + OWN_RULE, encoding="utf-8")
    notebooks = office.root / "notebooks"
    write_notebook(
        notebooks / "poster.ipynb", load_by("name") | {"notes": "show.corrections(assessment)"}
    )
    write_notebook(
        notebooks / "helpers.ipynb",
        load_by("supporting_unit") | {"tasks": "show.supported(assessment)"},
    )
    write_notebook(notebooks / "later.ipynb", {"parameters": "year = 2023\nquarter = 4"})
    for name in ("往年.csv", "later.csv"):
        (notebooks / name).write_text("年份,完成数\n2021,12\n", encoding="utf-8")
    with (office.root / "params/2023.yml").open("a", encoding="utf-8") as params:
        params.write(DECLARED)
    publish(office)
    first, one = office.files(), office.freeze()
    office.correct()
    made = publish(office, "--date", SECOND.isoformat())
    two = office.freeze()
    template.unlink()
    return Told(office, first, office.files(), made, (one, two))


def publish(office: Office, *words: str) -> tuple[str, ...]:
    """Publish as the parameters say; gives the reports that were made."""
    from reporting.publish.options import Options
    from reporting.publish.run import publish as run

    day = SECOND if words else None
    outcome = run(office.root, Options(year=2023, quarter=1, jobs=2, edition_date=day))
    assert outcome.failures == ()
    return outcome.made


OWN = {
    f"reports/action_report/{ACTION}.html", "reports/year_report.docx",
    f"reports/poster/{A}.html", f"reports/helpers/{A}.html",
}  # fmt: skip


def test_every_declared_report_is_published(told: Told) -> None:
    """Each in its formats, naming whom it is for and the quarter."""
    assert {path for path in told.first if path.startswith("reports/")} == OWN
    page = told.first[f"reports/poster/{A}.html"].decode()
    assert f"{A}2023年第一季度一页纸" in page
    helper = told.first[f"reports/helpers/{A}.html"].decode()
    assert "任务分解表列明由本单位协助的任务1项" in helper
    assert "修缮危桥" in helper
    assert "核定" not in helper


def test_correction_is_told_where_it_is_known(told: Told) -> None:
    """The unit's own, the action's, the city's; the supporting unit's stays byte for byte."""
    assert {name for name in told.made if name.split("/")[0] not in ("unit", "leader")} == {
        "briefing", f"action_report/{ACTION}", "year_report", f"poster/{A}",
    }  # fmt: skip
    for path in (f"reports/action_report/{ACTION}.html", f"reports/poster/{A}.html"):
        page = told.second[path].decode()
        assert "更正说明" in page
        assert NEW_WORDS in page
        assert "（第2版，更正）" in page
    same = f"reports/helpers/{A}.html"
    assert told.first[same] == told.second[same]


def test_editions_hold_the_notebooks_and_are_proved(told: Told) -> None:
    """Reports in formats of their own are made again as they were, by the template of that day."""
    page = told.first[f"reports/poster/{A}.html"].decode()
    assert "letter-spacing: 0.12em" in page
    for number, frozen in enumerate(told.frozen, 1):
        folder = told.office.root / frozen.folder / "inputs/notebooks"
        held = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
        assert held == {
            *(f"{name}.ipynb" for name in ("briefing_pack", "leader_report", "unit_report")),
            "examples/action_report.ipynb", "examples/year_report.ipynb",
            "poster.ipynb", "helpers.ipynb", "later.ipynb", "往年.csv", "later.csv",
        }  # fmt: skip
        held_template = folder.parent / TEMPLATE
        assert held_template.read_text("utf-8").endswith(OWN_RULE)
        proof = prove(told.office.root, PERIOD, number, remaker(2))
        assert proof.verdict is Verdict.IDENTICAL, proof


def test_edited_own_notebook_is_named_by_the_difference(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The difference names it, and the changed file of another; not one of another quarter."""
    root = tmp_path / "copy"
    shutil.copytree(told.office.root, root, symlinks=True)
    path = root / "notebooks/helpers.ipynb"
    edited = load_by("supporting_unit") | {"more": "show.summary(assessment)"}
    write_notebook(path, edited)
    for name in ("往年.csv", "later.csv"):
        (root / "notebooks" / name).write_text("年份,完成数\n2021,13\n", encoding="utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setattr("sys.argv", ["reporting", "diff", "-q", "1", "--from", "2"])
    with pytest.raises(SystemExit):
        main()
    out = capsys.readouterr().out
    assert "报告正文：上一版的正文 → 修改后的正文（notebooks/helpers.ipynb）" in out
    assert "报告所用文件：上一版的内容 → 修改后的内容（notebooks/往年.csv）" in out
    assert f"报告模板：项目自己的模板 → 软件自带的模板（{TEMPLATE}）" in out
    assert "later" not in out


def test_parcels_hold_own_reports(
    told: Told, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a unit's others in its own parcel; a group and a supporting unit have theirs."""
    monkeypatch.chdir(told.office.root)
    monkeypatch.setattr("sys.argv", ["reporting", "distribute", "-q", "1"])
    with pytest.raises(SystemExit):
        main()
    folder = told.office.pack / "distribute"
    rows = list(csv.reader(io.StringIO((folder / "分发清单.csv").read_text("utf-8-sig"))))[1:]
    assert [row[:3] for row in rows] == [
        ["责任领导", "张三", "leaders/2023Q1-张三.zip"],
        ["责任领导", "李四", "leaders/2023Q1-李四.zip"],
        ["牵头单位", A, f"units/2023Q1-{A}.zip"],
        ["牵头单位", B, f"units/2023Q1-{B}.zip"],
        ["专项行动", ACTION, f"groups/action/2023Q1-{ACTION}.zip"],
        ["协助单位", A, f"supporting/2023Q1-{A}.zip"],
    ]
    names = {row[2]: row[3].split("；") for row in rows}
    stem = f"{A}2023年第一季度"
    assert names[f"units/2023Q1-{A}.zip"][:2] == [f"{stem}任务进展.html", f"{stem}一页纸.html"]
    with zipfile.ZipFile(folder / f"supporting/2023Q1-{A}.zip") as archive:
        text = archive.read(f"{stem}协助任务.html").decode()
        note = archive.read("说明.txt").decode()
    assert "修缮危桥" in text
    assert "如有出入，请告知办公室，不要改动" in note
    assert "6个" in capsys.readouterr().out
