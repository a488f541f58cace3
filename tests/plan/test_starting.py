"""A new project's folder: what is laid out, what is left, what is said until all is there."""

import re
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
import yaml
from commanding import run_command

from reporting.plan.starting.folder import lay_out
from reporting.project.params import Params, parse_params, read_params
from reporting.project.roots import VARIABLE

from .builders import ROOT
from .test_init import TABLE, files

NOTEBOOKS = sorted(
    path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks").rglob("*.ipynb")
)
LAID_OUT = [
    ".gitignore", "Makefile", "data/2024/README.md",
    *(f"data/2024/status/Q{quarter}/.gitkeep" for quarter in (1, 2, 3, 4)),
    *NOTEBOOKS, "outputs/README.md", "params/2024.yml",
]  # fmt: skip


@pytest.fixture(autouse=True)
def unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start with no project named."""
    monkeypatch.delenv(VARIABLE, raising=False)


def contents(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in files(root)}


def test_empty_folder_gets_all_a_project_needs(tmp_path: Path) -> None:
    """The package's notebooks as they are, nothing of the demonstration; the folder is made."""
    done = run_command(tmp_path, "init", "甲 乙", "--year", "2024")
    assert (done.returncode, done.stderr) == (0, "")
    assert files(tmp_path) == sorted(f"甲 乙/{name}" for name in LAID_OUT)
    for name in NOTEBOOKS:
        assert (tmp_path / "甲 乙" / name).read_bytes() == (ROOT / name).read_bytes()
    written = b"".join(data for name, data in contents(tmp_path).items() if "ipynb" not in name)
    assert b"@" not in re.sub(rb"^\t@.*|\$@|\t@|awk.*", b"", written, flags=re.MULTILINE)
    assert "东莞".encode() not in written
    assert b"2023" not in re.sub(rb"2023-10-\d\d", b"", written)


def test_parameters_wait_for_what_nobody_can_know(tmp_path: Path) -> None:
    """Each blank is named with its line; once they are filled in, the table and where to put it."""
    run_command(tmp_path, "init", "--year", "2024")
    said = run_command(tmp_path, "plan", "--year", "2024").stderr
    text = (tmp_path / "params/2024.yml").read_text(encoding="utf-8").splitlines()
    for name in ("city", "place", "issuing_office"):
        line = next(at for at, words in enumerate(text, 1) if words.startswith(f"  {name}:"))
        assert f"第{line}行的 masthead.{name}：应填写" in said
    assert said.count("\n") == 3
    blank = {"  city:": "某市", "  place:": "市", "  issuing_office:": "某市人民政府办公室"}
    filled = [
        next((f"{name} {value}" for name, value in blank.items() if words.startswith(name)), words)
        for words in text
    ]
    (tmp_path / "params/2024.yml").write_text("\n".join(filled), encoding="utf-8")
    said = run_command(tmp_path, "plan", "--year", "2024").stderr
    assert "找不到任务分解表：应有文件 data/2024/task_table.docx" in said
    assert said.count("\n") == 1


def test_parameters_of_a_city_are_complete(tmp_path: Path) -> None:
    """They say what the parameters say that ``--table`` writes, whatever signs the name has."""
    lay_out(tmp_path, 2024, city="甲: #@PLACE@区")
    params = read_params(tmp_path, 2024)
    assert params.masthead.city == "甲: #@PLACE@区"
    assert params.masthead.place == "区"
    assert params.masthead.issuing_office == "甲: #@PLACE@区人民政府办公室"
    assert params.calendar[1].due.isoformat() == "2024-04-22"
    assert params.masthead.issue_number == "2024年第{quarter}期"
    # What is written out says what is understood where nothing is written.
    bare = {"year": 2024, "table": params.table, "status": params.status,
            "calendar": params.calendar, "masthead": params.masthead}  # fmt: skip
    assert params == Params.model_validate(bare)


def test_commented_fields_are_fields(tmp_path: Path) -> None:
    """What a comment offers can be taken up by taking its sign away."""
    lay_out(tmp_path, 2024, city="某市")
    text = (tmp_path / "params/2024.yml").read_text(encoding="utf-8")
    opened = re.sub(r"^# (checklist|holidays|workdays):", r"\1:", text, flags=re.MULTILINE)
    assert opened.count("\n") == text.count("\n")
    params = parse_params(opened, 2024)
    assert params.checklist == "data/2024/核对表.xlsx"
    assert yaml.safe_load(opened).keys() >= {"holidays", "workdays"}


def test_what_is_there_is_named_and_left(tmp_path: Path) -> None:
    """A file, a folder or a dangling link; only what is missing is added, and the exit is 1."""
    (tmp_path / "Makefile").write_text("mine", encoding="utf-8")
    (tmp_path / "notebooks/unit_report.ipynb").mkdir(parents=True)
    (tmp_path / ".gitignore").symlink_to(tmp_path / "nowhere")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = run_command(tmp_path, "init", ".", "--year", "2024")
    assert done.returncode == 1
    assert done.stderr == "已有的没有改动：Makefile、notebooks/unit_report.ipynb、.gitignore\n"
    assert (tmp_path / "Makefile").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()
    assert (tmp_path / "params/2024.yml").is_file()
    before = contents(tmp_path)
    done = run_command(tmp_path, "init", "--year", "2024")
    assert done.returncode == 1
    assert "已写入" not in done.stdout
    assert contents(tmp_path) == before


def test_next_year_adds_its_own_files(tmp_path: Path) -> None:
    """From any folder of the project; the years before stay."""
    run_command(tmp_path, "init", "--year", "2024")
    before = contents(tmp_path)
    done = run_command(tmp_path / "notebooks", "init", "--year", "2025")
    assert done.returncode == 1
    assert contents(tmp_path).items() >= before.items()
    assert "params/2025.yml" in files(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new",), "--year"),
        (("new", "--year", "24"), "年份应在 2000 至 2100 之间"),
        (("file", "--year", "2024"), "应是文件夹，实为文件。"),
        (("file/new", "--year", "2024"), "不能写入"),
        (("new", "--year", "2024", "--from", "2023"), "--from 应与 --table 同用。"),
        (("new", "--year", "2024", "--place", "市"), "--place 应与 --city 同用。"),
        (("new", "--year", "2024", "--city", "某大学"), "请用 --place 指明"),
        (("--table", "file", "--year", "2024"), "找不到项目"),
        (("new", "--project", "other", "--year", "2024"), "不要再写 --project"),
    ],
)
def test_what_cannot_be_laid_out_leaves_nothing(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    """A sentence and exit 2; a year is asked for and not taken from the clock."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run_command(tmp_path, "init", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert files(tmp_path) == ["file"]


def test_each_stage_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table's place until it is there, by what it is called; then the work begins."""
    # No kernel is warmed for a report that is never made.
    monkeypatch.setattr("reporting.publish.pool.pool.preparing", nullcontext)
    run_command(tmp_path, "init", "office", "--year", "2024", "--city", "某市")
    project = ("--project", "office", "--year", "2024")
    stages = (("plan",), ("sheets", "-q", "1"), ("check", "-q", "1"), ("report", "-q", "1"))
    wanted = "找不到任务分解表：应有文件 data/2024/task_table.docx，实际没有，"
    for stage in stages:
        done = run_command(tmp_path, *stage, *project)
        assert done.returncode == 2
        assert f"{wanted}该文件夹还没有任何表，请把表放在那里，" in done.stderr
        assert done.stderr.count("\n") == 1
    assert "现有2024年的，请用 --year 指明" in run_command(tmp_path / "office", "plan").stderr
    (tmp_path / "office/data/2024/任务表.txt").write_text(TABLE, encoding="utf-8")
    said = run_command(tmp_path, "plan", *project).stderr
    assert f"{wanted}该文件夹现有 任务表.txt，请把表放在那里，" in said
    shutil.move(tmp_path / "office/data/2024/任务表.txt", tmp_path / "office/data/2024/表.txt")
    path = tmp_path / "office/params/2024.yml"
    text = path.read_text(encoding="utf-8").replace("task_table.docx", "表.txt")
    path.write_text(text, encoding="utf-8")
    for stage, code in ((("plan",), 0), (("sheets", "-q", "1"), 0), (("check", "-q", "1"), 1)):
        assert run_command(tmp_path, *stage, *project).returncode == code
    assert (tmp_path / "office/outputs/2024/plan/quality.html").is_file()
    assert (tmp_path / "office/outputs/2024/Q1/sheets/市商务局.xlsx").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["office"]


def test_table_that_is_at_hand_starts_the_year_at_once(tmp_path: Path) -> None:
    """With a folder and a table both are done; the parameters are those of the table."""
    (tmp_path / "表.txt").write_text(TABLE, encoding="utf-8")
    done = run_command(
        tmp_path, "init", "office", "--year", "2024", "--city", "某市", "--table", "表.txt"
    )
    assert done.returncode == 0, done.stderr
    made = files(tmp_path / "office")
    assert {*LAID_OUT, "data/2024/task_table.txt", "outputs/2024/plan/quality.html"} <= {*made}
    done = run_command(tmp_path / "office", "plan", "--year", "2024")
    assert done.returncode == 0, done.stderr


def recipes(path: Path) -> dict[str, str]:
    """Give the recipes of a Makefile by target."""
    text = path.read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z-]+):.*\n((?:\t.*\n)+)", text, re.MULTILINE))


def test_makefile_of_an_office_works_as_that_of_the_checkout(tmp_path: Path) -> None:
    """The same recipes but for where programs are; no target of development."""
    lay_out(tmp_path, 2024)
    ours, its = recipes(ROOT / "Makefile"), recipes(tmp_path / "Makefile")
    own = {"help", "command", "lab", "clean"}
    assert {name: its[name] for name in its.keys() - own} == {
        name: ours[name] for name in its.keys() - own
    }
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    development = recipes(ROOT / "Makefile").keys() & {
        *re.findall(r"^([a-z-]+):", text.partition("# --- development")[2], re.MULTILINE)
    }
    assert ours.keys() - its.keys() == (development - {"clean"}) | {"init", "quarto", "sample"}
    for line in ("comma := ,", "quoted = ", "each = ", "given = ", "period = ", "year = "):
        kept = [re.findall(rf"^{line}.*", one.read_text(encoding="utf-8"), re.MULTILINE)
                for one in (ROOT / "Makefile", tmp_path / "Makefile")]  # fmt: skip
        assert kept[0] == kept[1] != []
