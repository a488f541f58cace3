"""Starting a year: what is written, what is carried over, what is refused."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.errors import InputRefused, UsageError
from reporting.plan.fit.carried import Carried, carried_bytes, read_carried
from reporting.plan.read import read_plan
from reporting.plan.start import Before, params_text, start_year
from reporting.project.params import Params, read_params
from reporting.project.rating import RatingRule

from .builders import led, params

ROW = (
    "（1）实施甲行动。",
    "1. 新增企业100家。",
    "一季度，启动。四季度，累计新增100家。",
    "张三",
    "市商务局",
    "/",
)
TABLE = led([ROW])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return an empty project with a table that came from outside."""
    root = tmp_path / "project"
    (root / "params").mkdir(parents=True)
    (root / "notebooks").mkdir()
    (tmp_path / "任务表.TXT").write_text(TABLE, encoding="utf-8")
    return root


def given_table(project: Path) -> Path:
    return project.parent / "任务表.TXT"


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def with_last(project: Path, **fields: object) -> None:
    """Give the project the parameters of 2023."""
    content = params(**{"year": 2023, **fields}).model_dump(mode="json")
    text = yaml.safe_dump(content, allow_unicode=True)
    (project / "params" / "2023.yml").write_text(text, encoding="utf-8")


def test_init_writes_all_a_year_needs(project: Path) -> None:
    """Table, parameters, four folders and the report; the parameters read the table."""
    started = start_year(project, given_table(project), 2024, city="某市")
    assert files(project) == [
        "data/2024/status/Q1/.gitkeep",
        "data/2024/status/Q2/.gitkeep",
        "data/2024/status/Q3/.gitkeep",
        "data/2024/status/Q4/.gitkeep",
        "data/2024/task_table.txt",
        "data/2024/tasks.csv",
        *(f"outputs/2024/plan/{name}" for name in (
            "checks.csv", "corrections.csv", "findings.csv", "milestones.csv", "quality.html",
            "targets.csv", "tasks.csv", "units.csv", "核对表.xlsx",
        )),
        "params/2024.yml",
    ]  # fmt: skip
    assert (project / "data/2024/task_table.txt").read_text(encoding="utf-8") == TABLE
    assert (started.table, started.params) == ("data/2024/task_table.txt", "params/2024.yml")
    assert [task.task_id for task in started.plan.tasks] == ["2024-001"]
    assert started.plan.lead_units == ("市商务局",)
    read = read_params(project, 2024)
    assert (read.table, read.status) == ("data/2024/task_table.txt", "data/2024/status")
    assert read.masthead.model_dump() == {
        "city": "某市",
        "place": "市",
        "issuing_office": "某市人民政府办公室",
        "title": "《政府工作报告》任务进展通报",
        "issue_number": "2024年第{quarter}期",
    }
    assert (read.formats, read.renderer) == (("html", "pdf", "xlsx"), "typst")
    text = (project / "params/2024.yml").read_text(encoding="utf-8")
    assert "# beyond here: 严重滞后" in text


def test_calendar_keeps_off_weekends(project: Path) -> None:
    """The 20th and 28th of the next month, or the Monday after; the last is in the next year."""
    start_year(project, given_table(project), 2023, city="某市")
    calendar = read_params(project, 2023).calendar
    assert [(c.due, c.publish) for c in calendar.values()] == [
        (date(2023, 4, 20), date(2023, 4, 28)),
        (date(2023, 7, 20), date(2023, 7, 28)),
        (date(2023, 10, 20), date(2023, 10, 30)),  # the 28th is a Saturday
        (date(2024, 1, 22), date(2024, 1, 29)),  # a Saturday, a Sunday
    ]


def test_choices_of_the_last_year_are_carried_over(project: Path) -> None:
    """The same office goes on with its masthead and names; corrections belong to their year."""
    masthead = params().masthead.model_copy(
        update={"title": "通报：#1", "issue_number": "2023年第{quarter}期"}
    )
    with_last(
        project,
        masthead=masthead,
        rating=RatingRule(tolerance=2.5, far_behind=20),
        aliases={"商务局": "市商务局"},
        headers={"goal": ["任务, 内容"]},
        fonts={"title": ["方正小标宋简体"]},
        formats=["html"],
        corrections=[{"task_id": "2023-001", "field": "goal", "value": "甲", "reason": "乙"}],
    )
    start_year(project, given_table(project), 2024)
    last, read = read_params(project, 2023), read_params(project, 2024)
    assert read.masthead == masthead.model_copy(update={"issue_number": "2024年第{quarter}期"})
    for name in ("rating", "aliases", "headers", "fonts", "formats", "renderer"):
        assert getattr(read, name) == getattr(last, name)
    assert read.corrections == ()


def test_own_bands_and_words_are_carried_over(project: Path) -> None:
    """What an office calls its grades does not end with the year."""
    bands = [
        {"name": "绿灯", "up_to": 7.5, "counts_as": "达到序时进度", "colour": "#00603f"},
        {"name": "红灯", "counts_as": "严重滞后"},
    ]
    own = {"bands": bands, "grades": {"已完成": {"name": "办妥"}}}
    with_last(project, rating=RatingRule.model_validate(own))
    start_year(project, given_table(project), 2024)
    assert read_params(project, 2024).rating.scale == RatingRule.model_validate(own).scale


def test_another_city_starts_afresh(project: Path) -> None:
    """Names of one city are not another's."""
    with_last(project, aliases={"商务局": "市商务局"})
    start_year(project, given_table(project), 2024, city="乙市")
    read = read_params(project, 2024)
    assert (read.masthead.city, read.aliases) == ("乙市", {})


def test_table_in_its_place_is_used_there(project: Path) -> None:
    """A table that lies under data/<year> already is not copied."""
    table = project / "data" / "2024" / "分解表.txt"
    table.parent.mkdir(parents=True)
    table.write_text(TABLE, encoding="utf-8")
    start_year(project, table, 2024, city="某市")
    assert read_params(project, 2024).table == "data/2024/分解表.txt"
    names = sorted(path.name for path in table.parent.iterdir() if path.is_file())
    assert names == ["tasks.csv", "分解表.txt"]


@pytest.mark.parametrize(
    ("there", "named"),
    [
        ("params/2024.yml", "params/2024.yml"),
        ("data/2024/task_table.txt", "data/2024/task_table.txt"),
        ("data/2024/status/Q1/市商务局.xlsx", "data/2024/status"),
        ("outputs/2024/plan/quality.html", "outputs/2024/plan"),
    ],
)
def test_nothing_is_overwritten(project: Path, there: str, named: str) -> None:
    """What is there stays, nothing is added, and the sentence names it."""
    path = project / there
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("旧", encoding="utf-8")
    with pytest.raises(UsageError, match=f"不覆盖已有内容：2024年应尚未建立，但已有 {named}。"):
        start_year(project, given_table(project), 2024, city="某市")
    assert files(project) == [there]
    assert path.read_text(encoding="utf-8") == "旧"


def test_refused_table_leaves_nothing(project: Path) -> None:
    """A file that is no task table: refused, and the project is as it was."""
    given_table(project).write_text("甲乙丙\n丁戊己\n", encoding="utf-8")
    with pytest.raises(InputRefused):
        start_year(project, given_table(project), 2024, city="某市")
    assert files(project) == []


def test_start_without_a_table_a_city_or_a_real_year_is_refused(project: Path) -> None:
    """Each is one sentence, and nothing is written."""
    with pytest.raises(UsageError, match=r"找不到任务分解表：应有文件 .*没有\.docx，实际没有。"):
        start_year(project, project / "没有.docx", 2024, city="某市")
    with pytest.raises(UsageError, match="应有往年的参数文件或用 --city 指明城市，两者都没有。"):
        start_year(project, given_table(project), 2024)
    with pytest.raises(UsageError, match="年份应在 2000 至 2100 之间，收到的是“24”。"):
        start_year(project, given_table(project), 24, city="某市")
    assert files(project) == []


OPEN = Carried(
    task_id="2023-007", goal="新增企业90家。", lead_units=("市商务局", "市财政局"),
    leaders=("张三",), grade="严重滞后", reason="计划90家，实际40家。",
)  # fmt: skip
OTHER = OPEN.model_copy(update={"task_id": "2023-009", "goal": "改造老旧小区3个。"})


def year_before(**fields: object) -> Before:
    """Give a year with a unit renamed twice, and two tasks left open."""
    common = {"decision": "纪要", "reason": "改革"}
    changes = [
        {"kind": "rename", "from": 3, "unit": "市乙局", "to": "市丙局", **common},
        {"kind": "rename", "from": 2, "unit": "市甲局", "to": "市乙局", **common},
    ]
    words = {"本届": {"class": "own_year"}}
    last = params(year=2023, changes=changes, aliases={"甲局": "市甲局"}, words=words, **fields)
    return Before(params=last, leaders=("张三", "李四光"), carried=(OPEN, OTHER))


def test_year_before_is_taken_along(project: Path) -> None:
    """Aliases lead to the names of today; words, people and open tasks come; changes do not."""
    before = year_before()
    start_year(project, given_table(project), 2024, before=before)
    read = read_params(project, 2024)
    assert read.aliases == {"甲局": "市丙局", "市甲局": "市丙局", "市乙局": "市丙局"}
    assert (read.people, read.words) == (before.leaders, before.params.words)
    assert (read.changes, read.masthead.city) == ((), "某市")
    assert read_carried(project, 2024) == (OPEN, OTHER)


def test_open_tasks_are_named_beside_the_table_and_are_no_tasks(project: Path) -> None:
    """One is like a row of the new table, one like none; the plan has its one task."""
    started = start_year(project, given_table(project), 2024, before=year_before())
    assert [task.task_id for task in started.plan.tasks] == ["2024-001"]
    said = {f.code: (f.task_id, f.message) for f in started.plan.findings if "CARRIED" in f.code}
    assert said == {
        "PLAN-CARRIED": (
            "2024-001",
            "该任务与上年结转事项相近，请核对是否即为续办：2023-007“新增企业90家。”（上年核定为严重滞后）",
        ),
        "PLAN-CARRIED-NONE": (
            "",
            "上年结转事项应有着落，任务表中没有相近的任务（市商务局、市财政局），"
            "请核对是否续办、由谁承办：2023-009“改造老旧小区3个。”（上年核定为严重滞后）",
        ),
    }
    page = (project / "outputs/2024/plan/quality.html").read_text(encoding="utf-8")
    assert "结转事项" in page


def test_people_of_the_year_before_tell_names_apart(project: Path) -> None:
    """A cell that runs two known names together is two people."""
    rows = [(*ROW[:3], "张三李四光", *ROW[4:])]
    given_table(project).write_text(led(rows), encoding="utf-8")
    start_year(project, given_table(project), 2024, before=year_before())
    assert read_plan(project, read_params(project, 2024)).tasks[0].leaders == ("张三", "李四光")


@pytest.mark.parametrize(
    ("year", "city", "said"),
    [
        (2024, "乙市", "沿用2023年的，城市应为某市，--city 给出的是“乙市”。"),
        (2022, None, "--from 应早于2022年，收到的是“2023”。"),
    ],
)
def test_year_before_of_another_city_or_time_is_refused(
    project: Path, year: int, city: str | None, said: str
) -> None:
    """Nothing is written."""
    with pytest.raises(UsageError, match=said):
        start_year(project, given_table(project), year, city=city, before=year_before())
    assert files(project) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n", "第1行应为各列 task_id、goal"),
        (carried_bytes([OPEN]) + b"2023-010\n", "第3行应有6列、写明任务编号和目标"),
        ("任务".encode("gb18030"), "应为 UTF-8 编码的结转事项表"),
    ],
)
def test_list_of_open_tasks_that_is_none_is_refused(
    project: Path, content: bytes, said: str
) -> None:
    """One sentence with the line; the table is not read without it."""
    start_year(project, given_table(project), 2024, before=year_before())
    (project / "data/2024/carried.csv").write_bytes(content)
    with pytest.raises(InputRefused, match=f"data/2024/carried.csv .*{said}"):
        read_plan(project, read_params(project, 2024))


NAMES = st.text(alphabet="市局:#'\"\\[]{},&*!|>%@`?- \n\t\u2028\u00851年", min_size=1, max_size=8)


@settings(deadline=None)
@given(city=NAMES, short=NAMES, table=NAMES)
def test_any_words_survive_the_parameter_file(city: str, short: str, table: str) -> None:
    """Whatever signs names hold, YAML gives the same words back."""
    masthead = params().masthead.model_copy(update={"city": city, "title": table})
    last = params(
        masthead=masthead, aliases={short: city}, headers={"goal": [short]}, fonts={short: [city]}
    )
    text = params_text(2024, table, last, None)
    read = Params.model_validate(yaml.safe_load(text))
    assert read == last.model_copy(
        update={"table": table, "status": "data/2024/status", "calendar": read.calendar}
    )


def test_place_is_read_off_the_name_or_asked_for(project: Path) -> None:
    """A county is 全县, a university's name tells nothing, and a wrong word is refused."""
    assert params_text(2024, "t.txt", None, "安平县").count("place: 县") == 1
    assert "place: 校" in params_text(2024, "t.txt", None, "某某大学", "校")
    with pytest.raises(
        UsageError, match="从名称“某某大学”看不出通报中“全”字后面应是市、县还是其他"
    ):
        params_text(2024, "t.txt", None, "某某大学")
    with pytest.raises(UsageError, match=r"--place 应为 省、市、.* 之一，收到的是“大学”"):
        params_text(2024, "t.txt", None, "某某大学", "大学")
