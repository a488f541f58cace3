"""The public's pack: what is withheld is in none of its files, and no other pack knows of it."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from commanding import run_command

from publish.public_office import (
    ALWAYS,
    GOAL,
    GOOD,
    LISTED,
    PATHS,
    WORD,
    files,
    make_public_office,
    publish,
    told,
    withhold,
)
from publish.real_office import pack_of
from reporting.pipeline import assess_period
from reporting.project.params import read_params

Pack = dict[str, bytes]

EVERY_FIELD = ("progress", "actuals", "leaders", "supporting_units", "schedule")
NAMED = ("2", "市密护局", "市密助局")


@pytest.fixture(scope="module")
def root(warm_kernels: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_public_office(tmp_path_factory.mktemp("public") / "office")


@pytest.fixture(scope="module")
def offices(root: Path) -> Pack:
    """Publish the offices' own pack, before any public one."""
    done = run_command(root, "report", "-q", "3", "--jobs", "1", "-f", "html", "-f", "xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    return pack_of(root)


@pytest.fixture(scope="module")
def pack(root: Path, offices: Pack) -> Pack:
    """Publish for everybody, with nothing withheld that need not be."""
    withhold(root)
    return publish(root)[0]


def test_all_that_is_searched_for_was_read(root: Path, offices: Pack) -> None:
    """The assessment that the public's part is cut from holds every word."""
    read = assess_period(root, read_params(root, 2023), 3).model_dump_json()
    words = {*ALWAYS, GOOD, WORD}.union(*LISTED.values())
    assert [word for word in words if word not in read] == []
    assert {word for _, word in told(offices, ALWAYS)} >= {"密问题甲", "密原因乙", "密协调丁"}


def test_nothing_inner_is_in_any_file(pack: Pack) -> None:
    """Nor a path of a return, a code of a finding, or the word of a unit on itself."""
    assert told(pack, (*ALWAYS, *PATHS)) == []
    manifest = json.loads(pack["manifest.json"])
    assert (manifest["inputs"], manifest["findings"]) == ([], {})


def test_what_is_not_withheld_is_told(pack: Pack) -> None:
    """So the search finds what is there, in pages, paper, tables and the notebook."""
    found = told(pack, {GOOD, WORD}.union(*LISTED.values()))
    assert {word for _, word in found} == {GOOD, WORD}.union(*LISTED.values())
    holding = {name for name, word in found if word == GOAL}
    assert holding >= {
        "public_report.html", "public_report.pdf", "public_report.docx",
        "notebooks/public_report.ipynb", "data/tasks.csv", "index.html",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "words", "left"),
    [(EVERY_FIELD, (), 0), (NAMED, (WORD,), 3)],
    ids=["fields", "names and words"],
)
def test_what_the_office_withholds_is_in_no_file(
    root: Path, pack: Pack, entries: tuple[str, ...], words: tuple[str, ...], left: int
) -> None:
    """Every field; a task by number, one by its unit, one by a word, a unit that supports."""
    withhold(root, *entries, words=words)
    less, said = publish(root)
    taken = [word for entry in entries for word in LISTED[entry]]
    assert told(less, (*taken, *words, *ALWAYS, *PATHS)) == []
    page = "".join(less["public_report.html"].decode().split())
    assert (f"另有{left}项任务按规定不予公开" in page) == bool(left)
    assert ("按参数 public 不公开的任务3项：2、3、4。" in said) == bool(left)
    assert sum(json.loads(less["manifest.json"])["counts"].values()) == 5 - left


def test_word_that_is_in_a_finished_file_stops_the_pack(root: Path, pack: Pack) -> None:
    """Words of the program's own stand in every page; what stood there before still does."""
    before = files(root / "outputs/2023/Q3-public")
    withhold(root, words=("公开版",))
    done = run_command(root, "report", "-q", "3", "--audience", "public", "-f", "html")
    assert done.returncode == 1
    assert "中有不公开的文字“公开版”，整份没有放入成果目录" in done.stderr
    assert files(root / "outputs/2023/Q3-public") == before


def test_word_found_nowhere_is_told(root: Path, pack: Pack) -> None:
    """A misspelt one would publish what it was to withhold."""
    withhold(root, words=("密没有",))
    assert (
        "public.words 中的“密没有”在任务表和报表中都没有出现，请核对写法。"
        in (publish(root, formats=("html",))[1])
    )


def test_public_pack_says_what_it_is(pack: Pack) -> None:
    """One report in three formats, the page at a glance, three tables, a front page."""
    assert set(pack) == {
        "index.html", "manifest.json", "public_report.html", "public_report.pdf",
        "public_report.docx", "notebooks/public_report.ipynb", "at_a_glance.html",
        "at_a_glance.png", "data/tasks.csv", "data/milestones.csv", "data/targets.csv",
    }  # fmt: skip
    for name in ("public_report.html", "at_a_glance.html", "index.html"):
        page = pack[name].decode()
        assert "示例数据" in page
        assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/", "")
    assert "（公开版）" in pack["public_report.html"].decode()
    glance = "".join(pack["at_a_glance.html"].decode().split())
    assert "<strong>5</strong>项任务" in glance
    # One lags; of another the text is that of the task beside it, and proves nothing.
    assert "公开的任务中，进展文字2段没有列出" in glance
    assert told(pack, ("项任务按规定不予公开",)) == []


def test_same_bytes_again_and_the_offices_pack_is_untouched(
    root: Path, offices: Pack, pack: Pack
) -> None:
    """Made afresh each is the same, beside the other or not."""
    withhold(root)
    again = publish(root, "--force", "--cold")[0]
    assert [name for name in pack if again[name] != pack[name]] == []
    done = run_command(
        root, "report", "-q", "3", "--jobs", "1", "-f", "html", "-f", "xlsx", "--force"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    now = pack_of(root)
    changed = {name for name in now.keys() | offices if now.get(name) != offices.get(name)}
    # The manifest names the parameters by their hash, which the tests here have changed.
    assert changed <= {"manifest.json"}


def test_public_pack_of_the_same_data_is_reused(root: Path, pack: Pack) -> None:
    """Nothing is executed or set again, whatever was withheld in between."""
    withhold(root)
    assert "新生成0份，沿用1份" in publish(root)[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--audience", "city"), "--audience 应为 offices、public 之一，收到的是“city”。"),
        (("--audience", "public", "-u", "市统计局"),
         "公开版只有全体单位的一份，不能指定单位、责任领导或者其他报告。"),
        (("--audience", "public", "-f", "xlsx"),
         "公开版的格式应为 html、pdf、docx 之一，收到的是“xlsx”。"),
        (("--audience", "public", "--date", "2023-11-08"),
         "公开版不另定日期：日期随同一季度的内部材料。"),
    ],
)  # fmt: skip
def test_what_the_public_pack_has_not_is_refused(
    root: Path, arguments: tuple[str, ...], said: str
) -> None:
    """One sentence each."""
    done = run_command(root, "report", "-q", "3", *arguments)
    assert (done.returncode, done.stderr.strip()) == (2, f"错误：{said}")


def test_public_pack_is_no_edition(root: Path) -> None:
    """What is frozen is the offices' own; the sentence says how the public's comes back."""
    done = run_command(root, "release", "-q", "3", "--audience", "public")
    assert done.returncode == 2
    assert done.stderr.startswith("错误：公开版不单独定版：定版的是内部材料，")
    assert not (root / "editions").exists()


def test_front_page_leads_to_each_task(pack: Pack) -> None:
    """Every task's link ends at its row; the page at a glance stands by itself."""
    page = BeautifulSoup(pack["index.html"], "html.parser")
    report = BeautifulSoup(pack["public_report.html"], "html.parser")
    links = [str(a["href"]) for a in page.select(".task a")]
    assert links == [f"public_report.html#task-00{number}" for number in range(1, 6)]
    assert all(report.find(id=link.partition("#")[2]) for link in links)
    groups = [h.get_text() for h in page.select(".group h2")]
    assert groups == ["公开版", "一图读懂", "数据", "全部任务"]
    assert page.h1 is not None
    assert page.h1.get_text() == "2023年第三季度（公开版）"


def test_entry_that_names_nothing_is_refused(root: Path) -> None:
    """Withholding nothing in its place would publish it; the check of parameters says so too."""
    withhold(root, "市财政")
    for command in (("report", "-q", "3", "--audience", "public"), ("params", "--check")):
        done = run_command(root, *command)
        assert done.returncode == 2
        assert "public.withhold 中的“市财政”不是任务、单位或字段" in done.stderr
    withhold(root)
