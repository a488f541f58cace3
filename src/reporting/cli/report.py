"""Commands of the report step."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.app import app
from reporting.cli.project import Quarter, Wait, Year, open_project, shown, tell_waiting
from reporting.cli.replies.command import Answering, Json
from reporting.cli.replies.output import OUT, say

if TYPE_CHECKING:
    from datetime import date

    from reporting.publish.options import Audience, Options
    from reporting.publish.progress import Silent
    from reporting.publish.reports import Report
    from reporting.publish.run import Outcome

Port = Annotated[int, typer.Option("--port", help="Port of the page, on this computer only.")]


@app.command(cls=Answering)
def report(
    quarter: Annotated[int, typer.Option("--quarter", "-q", help="Quarter, 1 to 4.")],
    year: Annotated[int, typer.Option("--year", help="Year of the plan.")] = 2023,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", "-u", help="Only this lead unit's report.")
    ] = None,
    leader: Annotated[
        list[str] | None, typer.Option("--leader", "-l", help="Only this leader's report.")
    ] = None,
    reports: Annotated[
        list[str] | None,
        typer.Option("--report", help="Only these reports, by notebook: action_report."),
    ] = None,
    each: Annotated[
        list[str] | None, typer.Option("--each", help="Of --report only the one for this name.")
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="html, pdf, docx, pptx, xlsx.")
    ] = None,
    renderer: Annotated[str, typer.Option(help="typst or quarto.")] = "",
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", help="Cores to keep busy; all by default.")
    ] = 0,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder of the pack.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make every report again.")] = False,
    cold: Annotated[bool, typer.Option("--cold", help="Start every kernel afresh.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be made, and why.")
    ] = False,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Dask scheduler, e.g. tcp://10.0.0.1:8786.")
    ] = "",
    edition_date: Annotated[
        str, typer.Option("--date", help="Date of the quarter's next edition, e.g. 2023-11-08.")
    ] = "",
    audience: Annotated[
        str, typer.Option("--audience", help="offices (default) or public.")
    ] = "offices",
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Stop at the first report that fails.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Print the log as it is written.")
    ] = False,
    wait: Wait = False,
    as_json: Json = False,
) -> None:
    """Publish a quarter's pack; exit 1 when a report failed."""
    from reporting.errors import ExitCode
    from reporting.project.roots import STATE, find_root
    from reporting.publish.log import RunLog
    from reporting.publish.options import Options
    from reporting.publish.run import publish

    root = find_root()
    options = Options(
        year=year, quarter=quarter, units=tuple(unit or ()), leaders=tuple(leader or ()),
        reports=tuple(reports or ()), each=tuple(each or ()),
        formats=tuple(formats or ()), renderer=renderer, jobs=jobs,
        output=output.absolute() if output else None,
        force=force, cold=cold, dry_run=dry_run, scheduler=scheduler,
        edition_date=_day(edition_date), audience=_audience(audience),
        fail_fast=fail_fast,
    )  # fmt: skip
    log = RunLog(root / STATE / "log", f"{year}{options.pack_name}", _echo if verbose else None)
    try:
        outcome = publish(
            root, options, show=_display(verbose or as_json), log=log,
            waiting=tell_waiting if wait else None,
        )  # fmt: skip
    except KeyboardInterrupt:
        OUT.error = "已中断；已生成的报告留待下次直接使用，重新运行同一命令即可完成。"
        if not as_json:
            typer.echo(OUT.error, err=True)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    for line in _plan(outcome) if dry_run else _summary(outcome, root):
        say(line)
    _give(outcome, options)
    raise typer.Exit(outcome.exit_code)


@app.command(cls=Answering)
def watch(
    quarter: Quarter,
    year: Year = 2023,
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="html, pdf, docx, pptx, xlsx.")
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", help="Cores to keep busy; all by default.")
    ] = 0,
    audience: Annotated[
        str, typer.Option("--audience", help="offices (default) or public.")
    ] = "offices",
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Stop at the first report that fails.")
    ] = False,
    port: Port = 8000,
    as_json: Json = False,
) -> None:
    """Stay, make anew what each save touches, and show it; Ctrl-C ends it."""
    from reporting.language.visible import visible
    from reporting.publish.options import Options, completed
    from reporting.watching.values import Kind, Told
    from reporting.watching.watch import watch as follow

    root, params = open_project(year, quarter)
    options = Options(
        year=year, quarter=quarter, formats=tuple(formats or ()), jobs=jobs,
        audience=_audience(audience), fail_fast=fail_fast,
    )  # fmt: skip
    completed(options, params)
    last: list[Told] = []
    runs = 0

    def tell(told: Told) -> None:
        nonlocal runs
        if not as_json:
            say(visible(told.text))
        runs += told.kind is Kind.DONE
        last[:] = [told]

    with suppress(KeyboardInterrupt):
        follow(root, options, port=port, tell=tell, opened=_tell_address)
    say("已停止。")
    OUT.give(year=year, quarter=quarter, runs=runs, last=last[0].text if last else "")


def _tell_address(address: str) -> None:
    say(f"网页：{address}（只在本机能看；保存文件后自动更新，按 Ctrl-C 停止）")


def _give(outcome: "Outcome", options: "Options") -> None:
    failed = {failure.report_id for failure in outcome.failures}

    def state(report: "Report") -> str:
        return "failed" if report.report_id in failed else "reused" if report.reused else "made"

    OUT.give(
        year=options.year, quarter=options.quarter, audience=str(options.audience),
        is_sample=outcome.is_sample, dry_run=options.dry_run, folder=str(outcome.folder),
        reports=[
            {
                "report_id": one.report_id, "state": state(one), "reason": one.reason,
                "artifacts": () if one.report_id in failed else one.artifacts,
            }
            for one in outcome.reports
        ],
        failures=outcome.failures, severities=outcome.severities, remarks=outcome.remarks,
        log=str(outcome.log),
    )  # fmt: skip


def _audience(words: str) -> "Audience":
    from reporting.errors import UsageError
    from reporting.publish.options import Audience

    if words not in list(Audience):
        raise UsageError(f"--audience 应为 {'、'.join(Audience)} 之一，收到的是“{words}”。")
    return Audience(words)


def _day(words: str) -> "date | None":
    from datetime import date

    from reporting.errors import UsageError

    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise UsageError(f"--date 应为日期（如 2023-11-08），收到的是“{words}”。") from None


def _echo(line: str) -> None:
    from reporting.publish.progress import say

    say(line, aside=True)


def _display(verbose: bool) -> "Silent":
    import sys

    from reporting.publish.progress import Silent, display

    return Silent() if verbose else display(terminal=sys.stdout.isatty())


def _plan(outcome: "Outcome") -> list[str]:
    """Say of every report whether it would be made, and why."""
    from reporting.publish import progress

    lines = [
        f"{'沿用' if item.reused else '生成'}　{progress.shown(item.report_id)}　{item.reason}"
        for item in outcome.reports
    ]
    made = len(outcome.made)
    return [*lines, f"共{len(outcome.reports)}份：将生成{made}份，沿用{len(outcome.reused)}份。"]


def _summary(outcome: "Outcome", root: Path) -> list[str]:
    from reporting.findings import Severity
    from reporting.publish import progress

    sample = "（示例数据）" if outcome.is_sample else ""
    counts = f"新生成{len(outcome.made)}份，沿用{len(outcome.reused)}份"
    if outcome.failures:
        counts += f"，未生成{len(outcome.failures)}份"
    lines = [f"{outcome.period_label}材料{sample}：{counts}，用时{outcome.seconds:.1f}秒。"]
    words = {str(severity): severity.label for severity in Severity}
    noted = "、".join(
        f"{words[name]}{outcome.severities[name]}条" for name in words if name in outcome.severities
    )
    if noted:
        lines.append(f"数据核对：{noted}，已在报告的数据说明中列出。")
    lines += outcome.remarks
    for failure in outcome.failures:
        kept = f"出错的 notebook 保存在 {failure.kept}。" if failure.kept else ""
        lines.append(f"未生成 {progress.shown(failure.report_id)}：{failure.error}{kept}")
    if outcome.failures:
        lines.append(f"详细记录：{shown(outcome.log, root)}")
    lines.append(f"成果目录：{shown(outcome.folder / 'index.html', root)}")
    return lines
