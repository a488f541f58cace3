"""A change written down by options or by asking: whole and checked, or not at all."""

import shutil
from pathlib import Path

import pytest
from plan.builders import Row, tabbed
from typer.testing import CliRunner

from reporting.assess.amending.amend import draft, write_amendment
from reporting.assess.assess import assess
from reporting.cli import change, returns  # noqa: F401
from reporting.cli.app import app
from reporting.errors import UsageError
from reporting.periods import Period
from reporting.plan.read import read_checked, read_plan
from reporting.plan.write import register_tasks
from reporting.project.editions import ASSESSMENT, edition_folder
from reporting.project.params import read_params
from reporting.returns.reading.read import no_returns

ROOT = Path(__file__).parents[3]
ROWS: list[Row] = [
    ("实施甲行动。", "新建口袋公园6个。", "二季度，累计建成3个。四季度，累计建成6个。", "张三",
     "市城管局", "/"),
    ("", "改造公厕20座。", "二季度，累计改造8座。三季度，累计改造12座。", "张三", "市城管局", "/"),
    ("", "加装电梯30部。", "二季度，累计加装16部。四季度，累计加装30部。", "李四", "市住建局", "/"),
]  # fmt: skip
HEAD = "# 某市2024年参数\n"
CALENDAR = "calendar: # 日历\n" + "".join(
    f"  {q}: {{due: 2024-{3 * q + 1 if q < 4 else 12:02}-20, publish: 2024-12-28}}  # 第{q}季度\n"
    for q in (1, 2, 3, 4)
)
TEXT = f"""{HEAD}year: 2024
table: table.txt
status: status
{CALENDAR}masthead: {{city: 某市, place: 市, issuing_office: 某府, title: 通报, issue_number: '1'}}
# 末尾的话
"""
RENAME = [
    "change", "--year", "2024", "--kind", "rename", "--from", "3", "--unit", "市城管局",
    "--to", "市城管执法局", "--decision", "府办〔2024〕8号", "--reason", "机构改革：第二批",
]  # fmt: skip
ENTRY = (
    "- {kind: rename, from: 3, unit: 市城管局, to: 市城管执法局, decision: 府办〔2024〕8号, "
    "reason: 机构改革：第二批}"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project of three tasks and two lead units, to work in."""
    for name in ("params", "notebooks"):
        (tmp_path / name).mkdir()
    (tmp_path / "params/2024.yml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "table.txt").write_text(tabbed(ROWS), encoding="utf-8")
    register_tasks(tmp_path, read_checked(tmp_path, read_params(tmp_path, 2024)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, typed: str = "") -> tuple[int, str]:
    """Run a command; gives its exit code and what it said, its refusal included."""
    result = CliRunner().invoke(app, list(arguments), input=typed)
    refusal = str(result.exception) if isinstance(result.exception, UsageError) else ""
    return result.exit_code, result.output + refusal


def text(root: Path) -> str:
    return (root / "params/2024.yml").read_text(encoding="utf-8")


def release(root: Path, quarter: int) -> None:
    """Freeze what later quarters read of an edition."""
    year = read_params(root, 2024)
    plan = read_plan(root, year)
    rounds = [no_returns(root, year, plan, q) for q in range(1, quarter + 1)]
    city = assess(plan, rounds, year, Period(year=2024, quarter=quarter))
    folder = edition_folder(root, city.period, 1)
    folder.mkdir(parents=True)
    (folder / ASSESSMENT).write_text(city.model_dump_json(), encoding="utf-8")


def test_change_is_written_below_what_is_there_and_tells_whom_it_touches(project: Path) -> None:
    """One line more; every comment stays; tasks, units and sheets are named."""
    run("sheets", "--quarter", "3", "--year", "2024")
    code, said = run(*RENAME)
    assert code == 0, said
    assert text(project) == f"{TEXT}changes:\n  {ENTRY}\n"
    assert said.splitlines() == [
        "单位更名：市城管局更名为市城管执法局，自2024年第三季度起",
        "涉及任务2项：2024-001“新建口袋公园6个。”、2024-002“改造公厕20座。”",
        "涉及报送单位2个：市城管局、市城管执法局",
        "第3季度空白表已经发出，须重新发出1份：市城管执法局；不再需要1份：市城管局"
        "（make sheets Q=3）",
        "第4季度空白表尚未发出，须发出1份：市城管执法局；不再需要1份：市城管局（make sheets Q=4）",
        f"已写入 params/2024.yml 第{len(TEXT.splitlines()) + 2}行：{ENTRY}",
    ]


def test_only_the_sheets_that_a_change_touches_are_written_again(project: Path) -> None:
    """The renamed unit's new one comes, its stale one goes, the other unit's stays as it is."""
    run("sheets", "--quarter", "3", "--year", "2024")
    folder = project / "outputs/2024/Q3/sheets"
    other = folder / "市住建局.xlsx"
    then = other.stat().st_mtime_ns
    run(*RENAME)
    _, said = run("sheets", "--quarter", "3", "--year", "2024")
    assert {path.stem for path in folder.glob("*.xlsx")} == {"市住建局", "市城管执法局"}
    assert other.stat().st_mtime_ns == then
    assert "已写入空白报送表1份，另有1份与上次相同，没有重写" in said
    assert "须重新发出的：市城管执法局.xlsx" in said
    assert "已不再需要、已经删除的：市城管局.xlsx" in said


def test_lowered_figure_touches_the_sheets_that_ask_for_it(project: Path) -> None:
    """The goal and its last step are one figure; the third quarter asks for neither."""
    entry = {"kind": "target", "from": 3, "task": "2024-001", "target": "口袋公园", "was": 6,
             "value": 5, "decision": "批复", "reason": "用地"}  # fmt: skip
    touched = draft(project, 2024, entry)
    assert [task.task_id for task in touched.tasks] == ["2024-001"]
    assert [(q.quarter, q.again, q.gone) for q in touched.quarters] == [
        (3, (), ()), (4, ("市城管局",), ()),
    ]  # fmt: skip
    assert text(project) == TEXT


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "rename", "--from", "3", "--unit", "市城管局"],
         "单位更名（rename）应写明 to；"),
        (["--kind", "rename", "--from", "3", "--unit", "市无局", "--to", "市新局"],
         "应为任务表中的单位，没有“市无局”；"),
        (["--kind", "move", "--from", "3", "--task", "2024-001", "--unit", "市住建局",
          "--to", "市数据局"], "任务2024-001的牵头单位是市城管局，不是“市住建局”；"),
        (["--kind", "cancel", "--from", "夏天", "--task", "2024-001"],
         "应为季度 1 至 4 或日期，实为“夏天”；"),
        (["--kind", "cancel", "--from", "2025-03-01", "--task", "2024-001"],
         "from 应在2024年之内，实为 2025-03-01；"),
        (["--kind", "target", "--from", "3", "--task", "2024-001", "--target", "公园",
          "--was", "许多", "--value", "5"], "应为数字，实为“许多”；"),
        (["--kind", "drop", "--from", "3", "--task", "2024-001"], "实为“drop”；"),
    ],
)  # fmt: skip
def test_change_that_does_not_fit_is_not_written(
    options: list[str], said: str, project: Path
) -> None:
    """One sentence that ends by saying so; the file is as it was."""
    both = ["--decision", "纪要", "--reason", "因"]
    code, told = run("change", "--year", "2024", *options, *both)
    assert code != 0
    assert f"{said}这项调整没有写入。" in told
    assert text(project) == TEXT


def test_second_change_is_held_against_the_first(project: Path) -> None:
    """The same again, and one that contradicts it."""
    run(*RENAME)
    then = text(project)
    assert "changes 第1项（第13行）已是这项调整；这项调整没有写入。" in run(*RENAME)[1]
    other = ["--task", "2024-001", "--unit", "市城管局", "--to", "市住建局"]
    code, said = run(*RENAME[:4], "move", "--from", "4", *other, *RENAME[-4:])
    assert code != 0
    assert "第1项（第13行）和第2项（第14行）互相矛盾：到第四季度时任务2024-001的牵头单位是" in said
    assert text(project) == then


def test_change_before_a_released_quarter_is_not_written(project: Path) -> None:
    """What was published stands; from the next quarter on it may be changed."""
    for quarter in (1, 2, 3):
        release(project, quarter)
    code, said = run(*RENAME)
    assert code != 0
    assert "自第三季度起，但第三季度已经发布，最后一版中没有这项调整" in said
    assert text(project) == TEXT
    code, said = run(*[*RENAME[:6], "4", *RENAME[7:]])
    assert (code, "第3季度" in said) == (0, False)


def test_change_is_asked_for_in_chinese(project: Path) -> None:
    """A wrong number is asked again; what the kind needs is asked, and no more."""
    typed = "77\n9\n3\n2024-002\n3\n4\n\n延期批复\n征地\ny\n"
    code, said = run("change", "--year", "2024", typed=typed)
    assert code == 0, said
    assert "9. 延期（postpone）" in said
    assert said.count("类别（1至11）") == 2
    assert "应为1至11的数字，实为“77”。" in said
    assert "原来的单位" not in said
    assert text(project).splitlines()[-1] == (
        "  - {kind: postpone, from: 3, task: 2024-002, was: 3, quarter: 4, decision: 延期批复, "
        "reason: 征地}"
    )


def test_parted_unit_is_asked_for_part_by_part(project: Path) -> None:
    """Each new unit with its tasks, until none is named."""
    typed = "3\n2024-08-15\n市城管局\n市园林局\n2024-001\n\n机构改革方案\n分设\n\n"
    code, said = run("change", "--year", "2024", typed=typed)
    assert code == 0, said
    assert text(project).splitlines()[-1] == (
        "  - {kind: part, from: 2024-08-15, unit: 市城管局, parts: {市园林局: [2024-001]}, "
        "decision: 机构改革方案, reason: 分设}"
    )


def test_change_that_is_not_confirmed_is_not_written(project: Path) -> None:
    """Whom it touches is said before the question."""
    typed = "7\n3\n2024-002\n纪要\n取消\nn\n"
    code, said = run("change", "--year", "2024", typed=typed)
    assert code == 0
    assert said.index("涉及任务1项：2024-002") < said.index("写入 params/2024.yml？")
    assert said.endswith("没有写入。\n")
    assert text(project) == TEXT


def test_option_without_a_kind_is_refused(project: Path) -> None:
    """Half by options and half by asking would be neither."""
    assert "用选项写调整应给出 --kind（rename、" in run("change", "--unit", "市城管局")[1]


def test_file_that_changed_meanwhile_is_not_overwritten(project: Path) -> None:
    """Somebody has saved it in an editor."""
    entry = {"kind": "cancel", "from": 3, "task": "2024-002", "decision": "纪要", "reason": "因"}
    amendment = draft(project, 2024, entry)
    (project / "params/2024.yml").write_text(f"{TEXT}# 又一句\n", encoding="utf-8")
    with pytest.raises(UsageError, match="刚才有改动，这项调整没有写入"):
        write_amendment(project, amendment)
    assert text(project) == f"{TEXT}# 又一句\n"


def whole(project: Path) -> None:
    """Add to a project what its parameters and packs name besides the table."""
    shutil.copytree(ROOT / "notebooks", project / "notebooks", dirs_exist_ok=True)
    (project / "status").mkdir()


def test_parameters_are_checked_with_plan_editions_and_days(project: Path) -> None:
    """What may be odd is a note; what does not fit is refused."""
    whole(project)
    code, said = run("params", "--check", "--year", "2024")
    assert code == 0, said
    assert "说明：2024年第一季度的报送截止日期2024年4月20日是星期六" in said
    assert "params/2024.yml 可用：任务3项，调整0项，更正读法0处。" in said
    run(*RENAME)
    for quarter in (1, 2, 3):
        release(project, quarter)
    assert run("params", "--check", "--year", "2024")[0] == 0
    entry = ENTRY.replace("from: 3", "from: 2").replace("市城管局", "市住建局").replace(
        "市城管执法局", "市住建管理局"
    )  # fmt: skip
    (project / "params/2024.yml").write_text(f"{text(project)}  {entry}\n", encoding="utf-8")
    code, said = run("params", "--check", "--year", "2024")
    assert code != 0
    assert "第14行的 changes 第2项（单位更名）自第二季度起，但第二季度已经发布" in said
    assert "应写明 --check" in run("params")[1]


def test_parameters_that_declare_a_missing_notebook_are_refused(project: Path) -> None:
    """Before any run asks for it."""
    whole(project)
    declared = "reports: [{notebook: acton.ipynb, each: action}]\n"
    (project / "params/2024.yml").write_text(TEXT + declared, encoding="utf-8")
    code, said = run("params", "--check", "--year", "2024")
    assert code != 0
    assert "没有 notebook：应有 notebooks/acton.ipynb，实际没有；" in said
