"""Commands of the returns step: blank sheets, the check."""

import json
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.app import app
from reporting.cli.project import Quarter, Year, open_project
from reporting.cli.replies.command import Answering, Json
from reporting.cli.replies.output import OUT, say
from reporting.findings import Finding, Severity
from reporting.project.roots import pack_folder

if TYPE_CHECKING:
    from rich.console import Console

    from reporting.plan.values import Plan
    from reporting.project.decisions import Decision
    from reporting.project.params import Params
    from reporting.publish.remembered.checked import Checks
    from reporting.returns.office.told import Told
    from reporting.returns.values import Returns


@app.command(cls=Answering)
def sheets(
    quarter: Quarter,
    year: Year = 2023,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the workbooks.")] = None,
    as_json: Json = False,
) -> None:
    """Write the blank return workbooks of a quarter, one for each lead unit."""
    from reporting.pipeline import open_before, read_before
    from reporting.plan.changes import plan_at
    from reporting.plan.read import read_checked
    from reporting.plan.write import register_tasks
    from reporting.project.workdays import calendar_notes
    from reporting.returns.issued import keep_all_issued
    from reporting.returns.sheets.blank import write_sheets

    root, params = open_project(year, quarter)
    reading = read_checked(root, params)
    previous = read_before(root, params, reading.plan, quarter)
    left = open_before(root, params, reading.plan, quarter)
    plan = plan_at(reading.plan, params.changes, quarter)
    target = out or pack_folder(root, year, quarter) / "sheets"
    done = write_sheets(plan, params, quarter, previous, target, left)
    keep_all_issued(root, plan, quarter, left, params.returns.columns)
    register_tasks(root, reading)
    for line in (*done.told(target), *calendar_notes(params, quarter)):
        say(line)
    if params.contact.missing:
        say(
            f"提示：params/{year}.yml 的 contact 没有写 {'、'.join(params.contact.missing)}，"
            "空白报送表中没有相应的联系人或者报送地址。"
        )
    if left:
        rows = sum(len(one.overdue) for one in left.values())
        steps = sum(len(one.promises) for one in left.values())
        say(
            f"以前季度到期尚未办结的事项{rows}行、承诺的措施{steps}项，"
            f"已一并列入{len(left)}个单位的报送表。"
        )
    OUT.give(year=year, quarter=quarter, folder=str(target), **done.model_dump())


@app.command(cls=Answering)
def check(
    quarter: Quarter,
    year: Year = 2023,
    status: Annotated[
        Path | None, typer.Option("--status", help="Folder of the returns to check.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for pages and copies to send back.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--date", help="The day reminders are for, like 2023-10-21.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check a quarter's returns; exit 1 when there are errors."""
    from reporting.errors import ExitCode
    from reporting.publish.remembered.checked import checks_of
    from reporting.returns.office.places import CHECK_JSON, SENDBACK

    day = _day(on, "日期") if on else None
    root, params = open_project(year, quarter)
    target = out or pack_folder(root, year, quarter)
    checks = checks_of(root, params, quarter, target, status, day)
    told, decided = checks.said(checks.look()), 0
    if told is None:
        told, decided = _checked(checks)
    if as_json:
        written = json.loads((target / SENDBACK / CHECK_JSON).read_bytes())
        found = written.pop("findings")
        OUT.give_beside(**written)
        OUT.found(Finding.model_validate(finding) for finding in found)
    else:
        _print_findings(told)
    for line in filter(None, (told.rated, told.summary)):
        say(line)
    if decided:
        say(f"已采用核对结果中填写的决定{decided}项。")
    say(f"核对结果、催报名单、催报函草稿和退回件：{target / SENDBACK}")
    for line in told.news:
        say(line)
    OUT.give(folder=str(target / SENDBACK), adopted=decided, news=told.news)
    if told.has_errors:
        raise typer.Exit(ExitCode.FAILED)


def _checked(checks: "Checks") -> "tuple[Told, int]":
    """Read and check a quarter's returns; gives what is to be said, and how many decisions came."""
    # What reads and writes takes libraries that an unchanged quarter has no use for.
    from reporting.assess.opinions import opinions
    from reporting.pipeline import check_period
    from reporting.plan.changes import plan_at
    from reporting.plan.read import read_plan
    from reporting.plan.values import Plan
    from reporting.returns.check import take_decisions, write_check
    from reporting.returns.office.told import tell
    from reporting.returns.receipts import register_arrived

    root, params, quarter = checks.root, checks.params, checks.quarter
    decided = take_decisions(root, params, quarter, checks.out)
    looked = checks.look()
    readings, copies = checks.readings(looked), checks.copies(looked)
    table = readings.remember(0, Plan, lambda: read_plan(root, params))
    returns, city = check_period(
        root, params, table, quarter, status=checks.status,
        remember=readings.remember, memory_of=readings.memory_of,
    )  # fmt: skip
    checks.keep_readings(looked, readings)
    if checks.status is None:
        register_arrived(root, params, returns)
    plan, rated = plan_at(table, params.changes, quarter), opinions(city)
    new = write_check(root, params, plan, returns, checks.out, rated, on=checks.on, memory=copies)
    told = tell(returns, rated, params.rating.scale, new)
    checks.keep(looked, told, copies)
    return told, decided


@app.command(cls=Answering)
def decide(
    quarter: Quarter,
    year: Year = 2023,
    unit: Annotated[str, typer.Option("--unit", help="Lead unit whose return it is.")] = "",
    cell: Annotated[str, typer.Option("--cell", help="Sheet and cell: 指标!K6.")] = "",
    accept: Annotated[bool, typer.Option("--accept", help="Take what was typed.")] = False,
    refuse: Annotated[
        bool, typer.Option("--refuse", help="Refuse to put off what was promised.")
    ] = False,
    value: Annotated[str, typer.Option("--set", help="Take this figure instead.")] = "",
    grade: Annotated[str, typer.Option("--rate", help="Rate it with this grade.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who decided.")] = "",
    on: Annotated[str, typer.Option("--date", help="When, like 2023-10-25.")] = "",
    as_json: Json = False,
) -> None:
    """Decide about a doubtful cell; without ``--cell`` each one is asked about."""
    from reporting.cli.decide import Answer, ask, decided
    from reporting.pipeline import check_period
    from reporting.project.decisions import write_decisions

    root, params, plan = _open(year, quarter)
    returns, _ = check_period(root, params, plan, quarter)
    answer = Answer(
        accept=accept, refuse=refuse, value=value, grade=grade, reason=reason, by=by, on=on
    )
    scale = params.rating.scale
    if cell:
        found: tuple[Decision, ...] = (decided(returns, unit, cell, answer, scale),)
    else:
        found = _doubtful(returns, unit) if as_json else ask(returns, scale, unit)
    path = str(write_decisions(root, params, found)) if found else ""
    if found:
        say(f"已记录决定{len(found)}项：{path}")
    OUT.give(path=path, decisions=found)


def _doubtful(returns: "Returns", unit: str) -> "tuple[Decision, ...]":
    """Give what is to be decided to a program, which nobody asks; nothing is decided."""
    from reporting.cli.decide import doubtful

    open_ = [finding for finding, _ in doubtful(returns, unit)]
    OUT.found(open_)
    say(f"需要作决定的待确认内容{len(open_)}处；--json 不逐处询问，请用 --unit、--cell 逐项决定。")
    return ()


@app.command(cls=Answering)
def receive(
    files: Annotated[list[Path], typer.Argument(help="What came: workbooks, or a zip of them.")],
    quarter: Quarter,
    year: Year = 2023,
    received: Annotated[
        str | None, typer.Option("--received", help="The day it came, like 2023-10-18.")
    ] = None,
    channel: Annotated[
        str, typer.Option("--channel", help="How it came: 邮件, 纸质, 电话…")
    ] = "邮件",
    as_json: Json = False,
) -> None:
    """File returns that came into a quarter's folder, and register when they came."""
    from reporting.returns.receipts import receive as file_all

    root, params = open_project(year, quarter)
    day = _day(received, "收到日期") if received else date.today()
    filed = file_all(root, params, quarter, files, day, channel)
    for receipt in filed:
        say(f"已收存：{receipt.file}")
    say(f"收存{len(filed)}份，收到日期{day.isoformat()}；其余已在文件夹中的未重复收存。")
    OUT.give(year=year, quarter=quarter, received_on=day, files=[one.file for one in filed])


def _day(text: str, what: str) -> date:
    """Read a day that was given on the command line."""
    from reporting.errors import UsageError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{what}应如 2023-10-18，实为“{text}”。") from None


def _open(year: int, quarter: int | None = None) -> "tuple[Path, Params, Plan]":
    from reporting.plan.read import read_plan

    root, params = open_project(year, quarter)
    return root, params, read_plan(root, params)


def _print_findings(told: "Told") -> None:
    """Print a table on a terminal, plain lines elsewhere; typed words are never markup."""
    from rich.console import Console

    console = Console()
    if console.is_terminal:
        _print_table(console, told)
        return
    for row in told.rows:
        say(row.line)


def _print_table(console: "Console", told: "Told") -> None:
    from rich.table import Table
    from rich.text import Text

    colours = {
        Severity.ERROR: "red",
        Severity.CONFIRM: "magenta",
        Severity.WARNING: "yellow",
        Severity.NOTE: "blue",
    }
    table = Table(expand=True)
    for label, share in (("单位", 3), ("程度", None), ("位置", 2), ("任务", None), ("说明", 8)):
        table.add_column(label, overflow="fold", ratio=share, no_wrap=share is None)
    for unit, group in groupby(told.rows, key=lambda row: row.unit):
        rows = list(group)
        for at, row in enumerate(rows):
            table.add_row(
                Text(unit if at == 0 else ""),
                Text(row.severity.label, colours[row.severity]),
                Text(row.place),
                Text(row.task),
                Text(row.message),
                end_section=at == len(rows) - 1,
            )
    if table.row_count:
        console.print(table)
