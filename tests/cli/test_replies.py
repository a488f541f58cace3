"""What commands answer another program: one document each, as its schema says, whatever happens."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from commanding import run_command

from cli.conftest import Answers
from reporting.cli.app import app
from reporting.cli.replies.values import REPLIES
from reporting.errors import ExitCode

CODES = {
    "plan": 0, "plan again": 0, "plan, no year": 2, "params": 0,
    "params, unasked": 2, "sheets": 0, "sheets, no quarter": 2, "check": 0, "decide": 0,
    "decide, no cell": 2, "backtest, none": 2, "distribute, none": 2, "report, failed": 1,
    "report": 0, "report, dry": 0, "report, no quarter": 2, "report, no option": 2,
    "report, no number": 2, "why": 0, "why, no task": 2, "report, busy": 3, "release, busy": 3,
    "release, public": 2, "release": 0, "release again": 1, "export-edition": 0,
    "export-edition, none": 2, "diff": 0, "diff, none": 2, "distribute": 0, "verify": 0,
    "verify, looked at": 0, "verify, none": 1, "backtest": 0, "verify, damaged": 1,
    "verify, damaged, looked at": 1, "backtest, damaged": 1, "check, errors": 1, "receive": 0,
    "receive, no day": 2, "change, unasked": 2, "change": 0, "init": 0, "init, again": 2,
    "template": 0, "template, again": 2, "watch": 0, "watch, no port": 2, "province": 0,
    "province, no quarter": 2, "province, damaged": 1,
}  # fmt: skip
"""Every command, and at least one way to each exit code that it can give."""


def test_exit_codes(answers: Answers) -> None:
    assert {name: answer.code for name, answer in answers.items()} == CODES


def test_every_command_is_gone_through(answers: Answers) -> None:
    """Every one that prints anything of its own; its schema is printed by another."""
    registered = {
        one.name or str(getattr(one.callback, "__name__", "")).replace("_", "-")
        for one in app.registered_commands
    }
    assert registered - {"schema"} == {answer.command for answer in answers.values()}
    assert registered - {"schema"} == set(REPLIES)


@pytest.mark.parametrize("name", CODES)
def test_reply_is_as_its_schema_says(answers: Answers, name: str) -> None:
    answer = answers[name]
    schema = REPLIES[answer.command].model_json_schema(mode="serialization")
    jsonschema.validate(answer.reply, schema)
    assert answer.reply["command"] == answer.command
    assert answer.reply["exit_code"] == answer.code
    assert answer.reply["ok"] is (answer.code == 0)
    assert "错误：" not in answer.err
    stopped = answer.reply["result"] is None
    assert stopped is bool(answer.reply["error"])
    assert not stopped or answer.code


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("report, no quarter", "命令缺少 --quarter/-q，用法见 --help。"),
        ("report, no option", "命令没有选项 --quartal，用法见 --help。"),
        ("sheets, no quarter", "季度应为 1、2、3 或 4，收到的是“5”。"),
        ("release, busy", "另一个定版过程正在进行，请等它结束后再运行，或者加 --wait"),
        ("change, unasked", "--json 不逐项询问：应给出 --kind"),
        ("release again", "本季度材料不能定版，原因如下。"),
    ],
)
def test_a_fault_is_a_sentence(answers: Answers, name: str, sentence: str) -> None:
    assert sentence in answers[name].reply["error"]


def test_results_hold_what_was_done(answers: Answers) -> None:
    """One of each command, so that no field is filled with another's value."""
    result = {name: answer.reply["result"] for name, answer in answers.items()}
    assert result["plan"]["tasks"] == 2
    assert result["plan again"] == result["plan"], "what is known is read again, not left out"
    assert result["sheets"]["fresh"] == ["市金融工作局.xlsx", "市统计局.xlsx"]
    assert {one["state"] for one in result["report"]["reports"]} == {"made", "reused"}
    failed = {one["report_id"]: one for one in result["report, failed"]["reports"]}
    assert failed["unit/市统计局"]["state"] == "failed"
    assert failed["unit/市统计局"]["artifacts"] == []
    assert result["report, failed"]["failures"][0]["error"] == "第3格出错。"
    assert [one["state"] for one in result["report, dry"]["reports"]] == ["reused"] * 5
    assert (result["watch"]["runs"], result["watch"]["quarter"]) == (1, 3)
    assert result["watch"]["last"].startswith("新生成0份，沿用5份，")
    assert (result["why"]["task_id"], result["release"]["number"]) == ("2023-002", 1)
    assert result["release"]["archive"].endswith(".zip")
    assert result["diff"] == {"year": 2023, "quarter": 3, "start": 1, "end": None, "edition": None}
    assert len(result["distribute"]["parcels"]) == 5 - 1
    assert result["verify"]["holds"] is True
    assert result["verify"]["compared"] > 0
    assert result["verify, damaged"]["holds"] is False
    assert [one["holds"] for one in result["backtest, damaged"]["proofs"]] == [False]
    assert result["receive"]["received_on"] == "2023-10-18"
    assert "市数据局" in result["change"]["entry"]
    assert result["init"]["params"] == "params/2024.yml"


def test_findings_of_what_is_refused_are_in_the_reply(answers: Answers) -> None:
    assert [one["code"] for one in answers["release again"].reply["findings"]] == ["REL-SAME"]
    assert {one["code"] for one in answers["verify, damaged"].reply["findings"]}


def test_check_keeps_the_keys_that_it_had(answers: Answers) -> None:
    """They are those of the file that the check writes."""
    reply = answers["check"].reply
    path = Path(reply["result"]["folder"])
    assert path.name == "sendback"
    kept = {"year", "quarter", "returns", "missing", "is_sample", "counts", "units", "findings",
            "opinions"}  # fmt: skip
    assert kept <= reply.keys()
    assert (reply["year"], reply["quarter"], reply["returns"]) == (2023, 3, 2)
    assert {line["unit"] for line in reply["units"]} == {"市统计局", "市金融工作局"}
    errors = answers["check, errors"].reply
    assert errors["counts"]["error"] == len(
        [one for one in errors["findings"] if one["severity"] == "error"]
    )


def test_what_is_printed_to_people_is_in_the_lines(answers: Answers) -> None:
    lines = answers["report"].reply["lines"]
    assert lines[0].startswith("2023年第三季度材料（示例数据）：新生成1份，沿用4份")
    assert lines[-1] == "成果目录：outputs/2023/Q3/index.html"


def test_schema_is_printed_for_one_command_or_all(tmp_path: Path) -> None:
    one = run_command(tmp_path, "schema", "report")
    every = run_command(tmp_path, "schema")
    assert json.loads(every.stdout)["report"] == json.loads(one.stdout)
    assert json.loads(one.stdout)["properties"]["exit_code"]["description"].startswith("0 done;")
    assert set(json.loads(every.stdout)) == set(REPLIES)
    wrong = run_command(tmp_path, "schema", "raport")
    assert (wrong.returncode, wrong.stdout) == (ExitCode.USAGE, "")
    assert wrong.stderr.startswith("错误：没有命令“raport”，现有：plan、")


def test_without_json_faults_go_to_people(tmp_path: Path) -> None:
    """With it the same sentence is all of the standard output."""
    plain = run_command(tmp_path, "report", "--quarter", "3")
    assert (plain.returncode, plain.stdout) == (2, "")
    answered = run_command(tmp_path, "report", "--quarter", "3", "--json")
    assert (answered.returncode, answered.stderr) == (2, "")
    assert plain.stderr == f"错误：{json.loads(answered.stdout)['error']}\n"


def test_questions_that_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the input is no traceback, and no answer either."""
    for name in ("params", "notebooks"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    done = run_command(tmp_path, "change")
    assert done.returncode == ExitCode.INTERRUPTED
    assert done.stderr.splitlines()[-1] == "没有回答，已停止，什么也没有写入。"
    assert list((tmp_path / "params").iterdir()) == []


def test_help_lists_every_exit_code(tmp_path: Path) -> None:
    told = " ".join(run_command(tmp_path, "--help").stdout.split())
    assert "Exit codes: 0 done; 1 " in told
    assert all(f" {code:d} " in told for code in ExitCode)
