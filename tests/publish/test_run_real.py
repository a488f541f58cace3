"""The command from table to pack, with real kernels, twice under different stars."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import psutil  # type: ignore[import-untyped]
import pytest
from commanding import run_command

from publish.real_office import make_office, pack_of
from tools.bench.cases import correct_sheet


def test_pack_is_complete_and_names_its_subjects(office: Path) -> None:
    """Every report in every format, each naming whom and which quarter it is about."""
    files = pack_of(office)
    names = {
        "briefing_pack": "东莞市",
        "units/市金融工作局": "市金融工作局",
        "units/市统计局": "市统计局",
        "leaders/刘甲": "刘甲",
        "leaders/李乙": "李乙",
    }
    for stem, name in names.items():
        page = files[f"{stem}.html"].decode()
        assert name in page
        assert "2023年第三季度" in page
        with pikepdf.open(office / f"outputs/2023/Q3/{stem}.pdf") as pdf:
            title = str(pdf.docinfo["/Title"])
        assert "2023年第三季度" in title
        assert name in title or stem == "briefing_pack"
        assert files[f"{stem}.docx"].startswith(b"PK")
        executed = json.loads(files[f"notebooks/{stem}.ipynb"])
        assert name in json.dumps(executed, ensure_ascii=False)
    assert [name for name in files if name.endswith(".pptx")] == ["briefing_pack.pptx"]
    assert '<a href="briefing_pack.pptx"' in files["index.html"].decode()
    assert "市统计局" not in files["units/市金融工作局.html"].decode()
    assert 'href="units/%E5%B8%82%E7%BB%9F%E8%AE%A1%E5%B1%80.html#task-002"' in (
        files["index.html"].decode()
    )


PAPERS = ("docx", "pdf", "html")


def test_same_bytes_under_other_stars(office: Path, tmp_path: Path) -> None:
    """Another folder, from elsewhere; time zone, locale, hash seed, jobs; some cold kernels."""
    other, elsewhere = make_office(tmp_path / "另一个 文件夹"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    cold = ("--cold", "--unit", "市统计局", "--leader", "李乙")
    # What the first run made of a unit and a leader is kept: the second makes the rest.
    for words, names in ((cold, PAPERS), ((), ("xlsx", "pptx", *PAPERS))):
        formats = [word for name in names for word in ("--format", name)]
        done = run_command(
            elsewhere, "--project", f"../{other.name}", "report", "-q", "3", "--jobs", "1", *words,
            *formats, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="12345",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    assert "新生成3份，沿用2份" in done.stdout
    one, two = pack_of(office), pack_of(other)
    assert one.keys() == two.keys()
    assert [name for name in sorted(one) if one[name] != two[name]] == []


def test_same_bytes_from_a_cluster(office: Path, scheduler: str, tmp_path: Path) -> None:
    """Workers that share no disk with the run send the same files."""
    other = make_office(tmp_path / "office")
    done = run_command(other, "report", "-q", "3", "--scheduler", scheduler, "--format", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert differing(pack_of(other), pack_of(office)) == TELLING_OF_FORMATS


@pytest.mark.long
def test_killed_run_leaves_nothing_behind(office: Path, tmp_path: Path) -> None:
    """Killed when work begins, and after reports are there: no process, no half a pack stays."""
    other = make_office(tmp_path / "office")
    for step in ("start", "made"):
        _kill_after(other, f'"step": "{step}"')
        assert not (other / "outputs").exists()
    done = run_command(other, "report", "-q", "3", "--format", "html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert differing(pack_of(other), pack_of(office)) == TELLING_OF_FORMATS


TELLING_OF_FORMATS = {"index.html", "manifest.json"}


def differing(pages: dict[str, bytes], whole: dict[str, bytes]) -> set[str]:
    """Name the files of a pack in one format that are others in the one of all formats."""
    assert len(pages) > 10
    return {name for name, data in pages.items() if data != whole[name]}


def _kill_after(root: Path, words: str) -> None:
    """Run until the log says something, kill the run, and wait until its processes are gone."""
    code = "from reporting.cli import main; main()"
    run = subprocess.Popen(
        [sys.executable, "-c", code, "report", "-q", "3", "--format", "html", "--verbose"],
        cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    with run:
        assert run.stderr is not None
        assert any(words in line for line in run.stderr)
        family = psutil.Process(run.pid).children(recursive=True)
        run.kill()
        assert family
        _, alive = psutil.wait_procs(family, timeout=60)
        assert alive == []


def test_second_run_reuses_without_heavy_libraries(office: Path) -> None:
    """An unchanged pack loads neither pandas nor kernels nor renderers."""
    code = (
        "import sys; from reporting.cli import main\n"
        "try: main()\n"
        "finally: print(sorted({'pandas', 'matplotlib', 'papermill', 'nbconvert', 'openpyxl',"
        " 'typst', 'jinja2', 'fontTools'} & set(sys.modules)))"
    )
    formats = [
        word for name in ("html", "pdf", "docx", "pptx", "xlsx") for word in ("--format", name)
    ]
    done = subprocess.run(
        [sys.executable, "-c", code, "report", "-q", "3", *formats],
        cwd=office, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert "新生成0份，沿用5份" in done.stdout
    assert done.stdout.endswith("[]\n")


def test_notebook_that_raises_fails_alone(office: Path, tmp_path: Path) -> None:
    """The sentence names the cell and the error; its notebook is kept; the rest is published."""
    root = make_office(tmp_path / "office")
    path = root / "notebooks/leader_report.ipynb"
    content = json.loads(path.read_bytes())
    content["cells"][2]["source"] = "1 / 0"
    path.write_text(json.dumps(content), encoding="utf-8")
    done = run_command(root, "report", "-q", "3", "--format", "html")
    assert done.returncode == 1
    line = next(line for line in done.stdout.splitlines() if line.startswith("未生成 刘甲"))
    assert "leader_report.ipynb第3格（“1 / 0”）出错：ZeroDivisionError：division by zero" in line
    assert "出错的 notebook 保存在 .reporting/failed/2023Q3/leaders/刘甲.ipynb" in line
    assert (root / ".reporting/failed/2023Q3/leaders/刘甲.ipynb").is_file()
    files = pack_of(root)
    assert not [name for name in files if "刘甲" in name]
    assert "units/市统计局.html" in files


def test_corrected_pack_is_what_a_fresh_one_would_be(office: Path, tmp_path: Path) -> None:
    """Reports and charts that were kept are, to the byte, those that are made anew."""
    root, formats = tmp_path / "office", ("--format", "html", "--format", "pdf", "--format", "xlsx")
    shutil.copytree(office, root)
    correct_sheet(root, year=2023, quarter=3, words="更正。")
    done = run_command(root, "report", "-q", "3", *formats)
    assert done.returncode == 0, done.stdout + done.stderr
    corrected = pack_of(root)
    assert corrected != pack_of(office)
    shutil.rmtree(root / ".reporting")
    shutil.rmtree(root / "outputs")
    assert run_command(root, "report", "-q", "3", *formats).returncode == 0
    assert pack_of(root) == corrected
