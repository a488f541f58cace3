"""Commands of the plan step: read the task table, start a year."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reporting.cli.app import app
from reporting.cli.project import shown
from reporting.cli.replies.command import Answering, Json
from reporting.cli.replies.output import OUT, say
from reporting.errors import ExitCode

if TYPE_CHECKING:
    from reporting.errors import InputRefused
    from reporting.plan.read import Reading
    from reporting.plan.starting.folder import LaidOut
    from reporting.project.params import Params


@app.command(cls=Answering)
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
    as_json: Json = False,
) -> None:
    """Read the task table: CSV tables, a page and a workbook to check the reading on."""
    from reporting.project.params import read_params
    from reporting.project.roots import find_root, plan_folder
    from reporting.publish.remembered.planned import look

    root = find_root()
    params = read_params(root, year)
    decided = _decisions(same or [], new or [])
    path = table or root / params.table
    out = out or shown(plan_folder(root, year), root)
    before = look(root, params, out, table=path, decided=decided)
    # A reply tells what the table holds, so it is read.
    if not as_json and (said := before.said()) is not None:
        say(said)
        say(f"{out} 中的文件未重写：原表、参数、核对内容和程序都没有变化。")
        return
    # What reads and writes takes libraries that an unchanged plan has no use for.
    from reporting.plan.write import summary

    reading, written, received = _plan(root, params, out, table, decided)
    said = summary(reading.plan)
    say(said)
    if received:
        say(received)
    say(f"已写入 {out}：{'、'.join(path.name for path in written)}")
    OUT.found(reading.plan.findings)
    OUT.give(
        year=year, tasks=len(reading.plan.tasks), milestones=len(reading.plan.milestones),
        targets=len(reading.plan.targets), units=len(reading.plan.units), folder=str(out),
        files=[path.name for path in written],
    )  # fmt: skip
    before.keep(said, written, look(root, params, out, table=path, decided=decided))


def _plan(
    root: Path, params: "Params", out: Path, table: Path | None, decided: dict[int, str]
) -> "tuple[Reading, tuple[Path, ...], str]":
    """Read the table and write what it says; gives what was read, written and received."""
    from reporting.errors import InputRefused
    from reporting.plan.checklist.keep import find_filled
    from reporting.plan.read import read_checked
    from reporting.plan.write import register_tasks, write_plan
    from reporting.project.params import checklist_path
    from reporting.system.own_fonts import font_files, usable

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
    written = write_plan(reading, out, kept_at, usable(font_files(root)))
    received = f"已收到 {filled.path} 中填写的核对内容，存为 {kept_at}。" if filled.moving else ""
    return reading, written, received


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


@app.command(cls=Answering)
def init(
    year: Annotated[int, typer.Option("--year", help="Year to start.")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Folder of a new project.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--table", help="Task table: docx, xlsx, html or txt.")
    ] = None,
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
    as_json: Json = False,
) -> None:
    """Lay a project out in a folder, start a year from its table, or both.

    With a table: parameters, folders and the quality report. Without one: a project's folder,
    whose parameters are to be filled in. Exit 1 when something stood there and was left.
    """
    from reporting.errors import UsageError
    from reporting.plan.starting.folder import lay_out

    root = _folder_to_start(folder, new=table is None)
    if table is not None:
        started = _start_year(root, table, year, city=city, place=place, last=last)
        laid = lay_out(root, year, started=True) if folder is not None else None
        OUT.give(**started, **_files(laid))
        if laid is not None:
            _tell_laid_out(root, laid)
        return
    if last is not None:
        raise UsageError("--from 应与 --table 同用。")
    laid = lay_out(root, year, city=city, place=place)
    OUT.give(year=year, **_files(laid))
    _tell_laid_out(
        root,
        laid,
        f"下一步：填好 params/{year}.yml，把任务分解表放在其中 table 所写的位置，"
        f"再运行 make plan，或者 reporting plan --year {year}。",
    )


def _folder_to_start(folder: Path | None, *, new: bool) -> Path:
    """Give the folder that was named, else the project around, else, for a new one, this one."""
    from reporting.errors import UsageError
    from reporting.project.roots import chosen_project, enclosing_project, find_root

    named = chosen_project()
    if folder is not None and named is not None and named[0] == "--project":
        raise UsageError("init 写了文件夹的，不要再写 --project。")
    if folder is None and not new:
        return find_root()
    here = Path.cwd().resolve()
    root = folder.resolve() if folder else named[1] if named else enclosing_project(here) or here
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} 应是文件夹，实为文件。")
    return root


def _start_year(
    root: Path, table: Path, year: int, *, city: str | None, place: str | None, last: int | None
) -> dict[str, Any]:
    from reporting.assess.followup.carried import before_year
    from reporting.errors import InputRefused
    from reporting.plan.fit.carried import carried_path
    from reporting.plan.start import start_year
    from reporting.plan.write import PAGE, summary

    before = None if last is None else before_year(root, last)
    try:
        started = start_year(root, table, year, city=city, place=place, before=before)
    except InputRefused as refused:
        _print_findings(refused)
        raise
    say(summary(started.plan))
    say(f"任务分解表：{started.table}")
    say(f"参数文件：{started.params}（请核对日历、刊头和别名）")
    if before is not None:
        say(
            f"沿用{last}年：单位别名{len(before.params.aliases)}个、词语{len(before.params.words)}个、"
            f"责任领导{len(before.leaders)}位"
        )
        where = carried_path(root, year).relative_to(root).as_posix()
        say(f"结转事项{len(before.carried)}项：{where}（请逐项核对是否续办）")
    say(f"报送表文件夹：{started.status}/Q1至Q4")
    say(f"读取核对页：{started.report}/{PAGE}（请逐项核对）")
    OUT.found(started.plan.findings)
    return {
        "year": year, "tasks": len(started.plan.tasks), "table": started.table,
        "params": started.params, "status": started.status, "report": started.report,
        "carried": None if before is None else len(before.carried),
    }  # fmt: skip


def _files(laid: "LaidOut | None") -> dict[str, Any]:
    return {} if laid is None else {"written": laid.written, "kept": laid.kept}


def _tell_laid_out(root: Path, laid: "LaidOut", then: str = "") -> None:
    """Say what was written and what was left; exit 1 where something was."""
    say(f"项目文件夹：{root}")
    if laid.written:
        say(f"已写入：{'、'.join(laid.written)}")
    if laid.kept:
        said = f"已有的没有改动：{'、'.join(laid.kept)}"
        say(said) if OUT.as_json else typer.echo(said, err=True)
    if then:
        say(then)
    if laid.kept:
        raise typer.Exit(ExitCode.FAILED)


def _print_findings(refused: "InputRefused") -> None:
    """List what was noticed before a table was refused; the sentence itself comes after."""
    if OUT.as_json:
        return
    for finding in refused.findings:
        place = f"{finding.where} " if finding.where else ""
        typer.echo(f"{finding.severity.label} {place}{finding.code}：{finding.message}", err=True)


@app.command(cls=Answering)
def template(
    name: Annotated[str, typer.Argument(help="Its name, e.g. report/report.css.")],
    as_json: Json = False,
) -> None:
    """Copy a template of the package into the project's templates/, to be edited there."""
    from reporting.documents.overriding.files import copy_template
    from reporting.project.roots import find_root
    from reporting.system.own_templates import FOLDER

    root = find_root()
    path = copy_template(root, name)
    OUT.give(file=path.relative_to(root).as_posix())
    say(f"已复制到 {FOLDER}/{name}，改好后重新出报告；删去即恢复软件自带的样子。")
