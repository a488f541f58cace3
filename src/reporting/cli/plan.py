"""Commands of the plan step: read the task table, start a year."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.app import app
from reporting.cli.project import shown

if TYPE_CHECKING:
    from reporting.errors import InputRefused
    from reporting.project.params import Params

Table = Annotated[Path, typer.Option("--table", help="Task table: docx, xlsx, html or txt.")]


@app.command()
def plan(
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for the tables and the page; the year's by default."),
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--table", help="Another table than the parameters name.")
    ] = None,
    year: Annotated[int, typer.Option("--year", help="Year of the plan.")] = 2023,
    same: Annotated[
        list[str] | None,
        typer.Option("--same", help="A doubtful row is this task: TASK_ID=LINE."),
    ] = None,
    new: Annotated[
        list[int] | None, typer.Option("--new", help="The doubtful row of this line is new.")
    ] = None,
) -> None:
    """Read the task table: CSV tables, a page and a workbook to check the reading on."""
    from reporting.project.params import read_params
    from reporting.project.roots import find_root, plan_folder
    from reporting.publish.planned import look

    root = find_root()
    params = read_params(root, year)
    decided = _decisions(same or [], new or [])
    path = table or root / params.table
    out = out or shown(plan_folder(root, year), root)
    before = look(root, params, out, table=path, decided=decided)
    if (said := before.said()) is not None:
        typer.echo(said)
        typer.echo(f"{out} 中的文件未重写：原表、参数、核对内容和程序都没有变化。")
        return
    said, written, received = _plan(root, params, out, table, decided)
    typer.echo(said)
    if received:
        typer.echo(received)
    typer.echo(f"已写入 {out}：{'、'.join(path.name for path in written)}")
    before.keep(said, written, look(root, params, out, table=path, decided=decided))


def _plan(
    root: Path, params: "Params", out: Path, table: Path | None, decided: dict[int, str]
) -> tuple[str, tuple[Path, ...], str]:
    """Read the table and write what it says; tells what was read, written and received."""
    from reporting.errors import InputRefused
    from reporting.plan.checklist.keep import find_filled
    from reporting.plan.read import read_checked
    from reporting.plan.write import register_tasks, summary, write_plan
    from reporting.project.params import checklist_path

    kept_at = checklist_path(params)
    own = table is None or table.resolve() == (root / params.table).resolve()
    filled = find_filled(root / kept_at, out, may_move=own)
    try:
        reading = read_checked(root, params, table=table, decided=decided, checklist=filled.path)
    except InputRefused as refused:
        _print_findings(refused)
        raise
    filled.keep()
    if table is None:
        register_tasks(root, reading)
    written = write_plan(reading, out, kept_at)
    received = f"已收到 {filled.path} 中填写的核对内容，存为 {kept_at}。" if filled.moving else ""
    return summary(reading.plan), written, received


def _decisions(same: list[str], new: list[int]) -> dict[int, str]:
    """Read what is decided of doubtful rows: by line the task, empty for a new one."""
    from reporting.errors import UsageError

    decided = dict.fromkeys(new, "")
    for words in same:
        task_id, _, line = words.partition("=")
        if not (task_id and line.isdecimal()):
            raise UsageError(f"--same 应为“任务编号=行号”（如 2023-005=12），收到的是“{words}”。")
        if int(line) in decided:
            raise UsageError(f"第{line}行指定了两次。")
        decided[int(line)] = task_id
    return decided


@app.command()
def init(
    table: Table,
    year: Annotated[int, typer.Option("--year", help="Year to start.")],
    city: Annotated[
        str | None, typer.Option("--city", help="City; that of the last year when left out.")
    ] = None,
    place: Annotated[
        str | None,
        typer.Option("--place", help="Word behind 全 (市, 县, 校); as the city's name ends."),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option("--from", help="Year whose words, names and open tasks are taken along."),
    ] = None,
) -> None:
    """Start a year: parameters, folders and the quality report of its task table."""
    from reporting.assess.followup.carried import before_year
    from reporting.errors import InputRefused
    from reporting.plan.fit.carried import carried_path
    from reporting.plan.start import start_year
    from reporting.plan.write import PAGE, summary
    from reporting.project.roots import find_root

    root = find_root()
    before = None if last is None else before_year(root, last)
    try:
        started = start_year(root, table, year, city=city, place=place, before=before)
    except InputRefused as refused:
        _print_findings(refused)
        raise
    typer.echo(summary(started.plan))
    typer.echo(f"任务分解表：{started.table}")
    typer.echo(f"参数文件：{started.params}（请核对日历、刊头和别名）")
    if before is not None:
        typer.echo(
            f"沿用{last}年：单位别名{len(before.params.aliases)}个、词语{len(before.params.words)}个、"
            f"责任领导{len(before.leaders)}位"
        )
        where = carried_path(root, year).relative_to(root).as_posix()
        typer.echo(f"结转事项{len(before.carried)}项：{where}（请逐项核对是否续办）")
    typer.echo(f"报送表文件夹：{started.status}/Q1至Q4")
    typer.echo(f"读取核对页：{started.report}/{PAGE}（请逐项核对）")


def _print_findings(refused: "InputRefused") -> None:
    """List what was noticed before a table was refused; the sentence itself comes after."""
    for finding in refused.findings:
        place = f"{finding.where} " if finding.where else ""
        typer.echo(f"{finding.severity.label} {place}{finding.code}：{finding.message}", err=True)
