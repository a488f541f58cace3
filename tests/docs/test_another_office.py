"""The page for another office is followed to the letter, from an empty folder."""

import csv
import re
import runpy
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from commanding import run_command

pytestmark = pytest.mark.long

PAGE = (Path(__file__).parents[2] / "docs/another-office.zh-CN.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"([^\n]*)\n\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PARAMS = "params/2024.yml"
MARKS = {"2024-001": "绿灯", "2024-002": "黄灯", "2024-003": "红灯"}


class Step(NamedTuple):
    """A block of the page: what it is, the file that it is written into, and its text."""

    kind: str
    file: str
    text: str


def steps() -> Iterator[Step]:
    """Give the blocks of the page in order."""
    for before, kind, text in BLOCK.findall(PAGE):
        named = re.search(r"存为 `([^`]+)`：$", before)
        yield Step(kind, named[1] if named else "", text)


def follow(root: Path, step: Step) -> list[str]:
    """Do what a block says; give what the commands said."""
    if step.kind == "sh":
        return [run(root, line) for line in step.text.splitlines()]
    if step.kind == "yaml":
        path = root / PARAMS
        path.write_text(with_sections(path.read_text(encoding="utf-8"), step.text), "utf-8")
    else:
        (root / step.file).write_text(step.text, encoding="utf-8")
    return []


def with_sections(text: str, new: str) -> str:
    """Put sections in the place of those of their names, and the others at the end."""
    for section in re.split(r"\n\n(?=\w)", new.strip()):
        name = section.partition(":")[0]
        old = re.compile(rf"^{name}:[^\n]*\n(?:[ #][^\n]*\n)*", re.MULTILINE)
        kept = old.search(text)
        if kept is None:
            text += f"\n{section}\n"
        else:
            text = f"{text[: kept.start()]}{section}\n{text[kept.end() :]}"
    return text


def run(root: Path, line: str) -> str:
    """Run a line of a shell block, and give what it said."""
    program, *arguments = shlex.split(line)
    if program == "python":
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(root)
            patch.setattr(sys, "argv", arguments)
            runpy.run_path(arguments[0], run_name="__main__")
        return ""
    assert program == "reporting"
    done = run_command(root, *arguments)
    assert done.returncode == 0, (line, done.stdout, done.stderr)
    return done.stdout


@pytest.fixture(scope="module")
def walked(warm_kernels: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Follow the whole page in an empty folder."""
    root = tmp_path_factory.mktemp("office") / "示例区"
    root.mkdir()
    return root, [said for step in steps() for said in follow(root, step)]


def marks(pack: Path) -> dict[str, str]:
    """Read the rating of each task from the data of a pack."""
    with (pack / "data/tasks.csv").open(encoding="utf-8-sig") as lines:
        return {row["task_id"]: row["grade"] for row in csv.DictReader(lines)}


def test_bands_are_the_offices_own(walked: tuple[Path, list[str]]) -> None:
    """Each task has the mark that the page tells; a correction moved one, and only that."""
    root, _ = walked
    editions = root / "editions/2024/Q1"
    assert marks(editions / "1/pack") == MARKS
    assert marks(editions / "2/pack") == MARKS | {"2024-003": "黄灯"}
    page = (root / "outputs/2024/Q1/briefing_pack.html").read_text(encoding="utf-8")
    assert "达到序时进度" not in page
    assert "严重滞后" not in page


def test_own_notebook_shows_own_data(walked: tuple[Path, list[str]]) -> None:
    """A report for each action, each with its own tasks' row of the extra file only."""
    root, _ = walked
    folder = root / "outputs/2024/Q1/reports/专项行动"
    assert {path.name for path in folder.iterdir()} == {
        f"{name}.{suffix}" for name in ("强校行动", "便民行动") for suffix in ("html", "pdf")
    }
    page = (folder / "强校行动.html").read_text(encoding="utf-8")
    assert "强校行动2024年第一季度进展" in page
    assert ("1200" in page, "450" in page) == (True, False)


def test_labels_are_english_and_values_as_written(walked: tuple[Path, list[str]]) -> None:
    """Heads, names of fields and marks are English; sentences and what units wrote are not."""
    root, _ = walked
    pack = root / "outputs/2024/Q1"
    page = (pack / "units/区教育局.html").read_text(encoding="utf-8")
    for label in ("Rating", "Self-rating", "Lead unit", "Green", "Yellow", "Progress this quarter"):
        assert label in page
    assert ">核定结果<" not in page
    assert "学校已新建19所，余下1所正在收尾。" in page


def test_column_of_the_offices_own_is_asked_and_shown(walked: tuple[Path, list[str]]) -> None:
    """What the units filled in stands in the report of their action, under its English head."""
    root, _ = walked
    pack = root / "outputs/2024/Q1"
    page = (pack / "reports/专项行动/强校行动.html").read_text(encoding="utf-8")
    assert "Investment to date (万元)" in page
    assert "1900" in page.replace(",", "")
    with (pack / "data/extra.csv").open(encoding="utf-8-sig") as lines:
        told = {row["task_id"]: row["value"] for row in csv.DictReader(lines)}
    assert told == {"2024-001": "1900", "2024-002": "300", "2024-003": "800"}


def test_correction_remakes_what_it_concerns(walked: tuple[Path, list[str]]) -> None:
    """The unit, its leader, its action and the whole; both editions are proved."""
    said = "\n".join(walked[1])
    assert "新生成4份，沿用3份" in said
    assert said.count("逐字节一致") == 2
