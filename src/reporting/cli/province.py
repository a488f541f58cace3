"""The command of a province: one report over the editions of many offices."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.app import app
from reporting.cli.project import Quarter, Wait, Year, print_findings, shown, tell_waiting
from reporting.cli.replies.command import Answering, Json
from reporting.cli.replies.output import OUT, say

if TYPE_CHECKING:
    from reporting.province.publish import ProvinceOutcome


@app.command(cls=Answering)
def province(
    quarter: Quarter,
    year: Year = 2023,
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="html, pdf, docx, xlsx.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder of the report.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make the report again.")] = False,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Dask scheduler, e.g. tcp://10.0.0.1:8786.")
    ] = "",
    wait: Wait = False,
    as_json: Json = False,
) -> None:
    """Take the released editions of many offices together; exit 1 when one does not stand."""
    from reporting.errors import ExitCode
    from reporting.periods import expect_quarter
    from reporting.project.roots import find_root
    from reporting.province.publish import publish_province
    from reporting.publish.options import Options

    expect_quarter(quarter)
    root = find_root()
    options = Options(
        year=year, quarter=quarter, formats=tuple(formats or ()), force=force,
        output=output.absolute() if output else None, scheduler=scheduler,
    )  # fmt: skip
    done = publish_province(root, options, waiting=tell_waiting if wait else None)
    _tell(done, root)
    _give(done, options.year, options.quarter)
    raise typer.Exit(ExitCode.DONE if done.is_well else ExitCode.FAILED)


def _tell(done: "ProvinceOutcome", root: Path) -> None:
    outcome, found = done.outcome, done.province
    sample = "（示例数据）" if found.is_sample else ""
    state = "未生成" if outcome.failures else "沿用" if outcome.reused else "新生成"
    say(f"{outcome.period_label}汇总{sample}：{state}，用时{outcome.seconds:.1f}秒。")
    say(f"数字只包括：{found.extent}。")
    print_findings(found.findings)
    for line in outcome.remarks:
        say(line)
    for failure in outcome.failures:
        kept = f"出错的 notebook 保存在 {failure.kept}。" if failure.kept else ""
        say(f"未生成汇总：{failure.error}{kept}")
    if outcome.failures:
        say(f"详细记录：{shown(outcome.log, root)}")
    say(f"成果目录：{shown(outcome.folder / 'index.html', root)}")


def _give(done: "ProvinceOutcome", year: int, quarter: int) -> None:
    outcome, found = done.outcome, done.province
    OUT.give(
        year=year, quarter=quarter, is_sample=found.is_sample, folder=str(outcome.folder),
        state="failed" if outcome.failures else "reused" if outcome.reused else "made",
        offices=[
            {
                "name": one.name, "counted": one.tally is not None,
                "edition": one.released.number if one.released else None,
                "issued_on": one.released.issued_on if one.released else None,
                "record": one.released.record if one.released else "",
            }
            for one in found.offices
        ],
        failures=outcome.failures, remarks=outcome.remarks, log=str(outcome.log),
    )  # fmt: skip
