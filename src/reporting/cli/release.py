"""Commands of the release step: freeze, compare, hand out."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.app import app
from reporting.cli.project import (
    Quarter,
    Wait,
    Year,
    open_period,
    open_project,
    print_findings,
    tell_waiting,
)
from reporting.cli.replies.command import Answering, Json
from reporting.cli.replies.output import OUT, say
from reporting.project.roots import pack_folder

if TYPE_CHECKING:
    from reporting.assess.values import Assessment, Change, Edition, Move
    from reporting.periods import Period
    from reporting.project.params import Params
    from reporting.project.reports import Declaration


@app.command(cls=Answering)
def release(
    quarter: Quarter,
    year: Year = 2023,
    accept: Annotated[
        str, typer.Option("--accept", help="Why errors of the returns may stand.")
    ] = "",
    audience: Annotated[str, typer.Option("--audience", help="offices; the public's has none.")] = (
        "offices"
    ),
    jobs: Annotated[int, typer.Option("--jobs", help="Reports made at once.")] = 0,
    key: Annotated[
        str, typer.Option("--sign", help="Key to sign with: a file, or a name GnuPG knows.")
    ] = "",
    packed: Annotated[bool, typer.Option("--zip", help="Pack the edition into a zip.")] = False,
    wait: Wait = False,
    as_json: Json = False,
) -> None:
    """Freeze the quarter's pack as an edition, once it was made a second time alike."""
    from reporting.errors import ExitCode, InputRefused, UsageError
    from reporting.release.freeze import freeze
    from reporting.release.remake import remaker

    if audience != "offices":
        raise UsageError(
            "公开版不单独定版：定版的是内部材料，公开版由同样的输入用 report --audience public "
            "逐字节重新生成。"
        )
    root, params, period = open_period(year, quarter)
    pack = pack_folder(root, year, quarter)
    try:
        frozen = freeze(
            root, params, quarter, pack, accept=accept, remake=remaker(jobs), key=key,
            waiting=tell_waiting if wait else None,
        )  # fmt: skip
    except InputRefused as refusal:
        OUT.refuse(refusal)
        if not as_json:
            print_findings(refusal.findings)
        raise typer.Exit(ExitCode.FAILED) from None
    print_findings(frozen.findings)
    say(f"已定版：{period.label}第{frozen.number}版，共{frozen.files}个文件。")
    say(f"封签：{frozen.seal}，印在通报的封面和页脚。")
    say(f"版本记录的校验码：{frozen.record}，请另行保存。")
    say(f"签名：{frozen.signature}")
    say(f"文件夹：{frozen.folder}")
    archive = _export(root, period, frozen.number, None) if packed else ""
    OUT.give(
        year=year, quarter=quarter, number=frozen.number, folder=frozen.folder, files=frozen.files,
        seal=frozen.seal, record=frozen.record, signature=frozen.signature, archive=archive,
    )  # fmt: skip


@app.command(cls=Answering)
def export_edition(
    quarter: Quarter,
    year: Year = 2023,
    edition: Annotated[
        int | None, typer.Option("--edition", help="Number of the edition; the last by default.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the zip; beside the edition by default.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Pack an edition into a zip, to be handed out."""
    from reporting.project.editions import frozen_numbers

    root, _, period = open_period(year, quarter)
    number = max(frozen_numbers(root, period), default=1) if edition is None else edition
    archive = _export(root, period, number, out)
    OUT.give(year=year, quarter=quarter, number=number, archive=archive)


@app.command(cls=Answering)
def diff(
    quarter: Quarter,
    start: Annotated[int, typer.Option("--from", help="Edition to compare with.")],
    end: Annotated[
        int | None, typer.Option("--to", help="Edition to compare; today's inputs by default.")
    ] = None,
    year: Year = 2023,
    as_json: Json = False,
) -> None:
    """List what changed since an edition, fact by fact."""
    from reporting.assess.editions.make import with_editions
    from reporting.exhibits.headlines import headlines
    from reporting.project.reports import all_reports

    root, params, period = open_period(year, quarter)
    before = _edition(root, period, start)
    after = _edition(root, period, end) if end is not None else _today(root, params, quarter)
    reports = all_reports(params.reports)
    edited = _edited(root, period, start, end, reports)
    found = with_editions(_bare(after), _bare(before), edited, say=headlines, reports=reports)
    edition = found.editions[-1] if found.editions else None
    OUT.give(year=year, quarter=quarter, start=start, end=end, edition=edition)
    name = f"第{end}版" if end is not None else "现有数据"
    say(f"{period.label}：{name}与第{start}版相比")
    for line in change_lines(edition, period):
        say(line)


@app.command(cls=Answering)
def distribute(quarter: Quarter, year: Year = 2023, as_json: Json = False) -> None:
    """Write one zip for each whom reports are made for, and the list of who gets what."""
    from reporting.exhibits.headlines import headlines
    from reporting.pipeline import assess_period
    from reporting.release.distribute import LIST, parcels, write_list
    from reporting.release.handout import published_files, write_parcels

    root, params = open_project(year, quarter)
    files = published_files(pack_folder(root, year, quarter))
    found = list(parcels(assess_period(root, params, quarter, say=headlines), files))
    target = pack_folder(root, year, quarter) / "distribute"
    write_parcels(target, found, write_list(found))
    say(f"已写入分发包{len(found)}个，收件清单见 {LIST}：{target}")
    OUT.give(
        year=year, quarter=quarter, folder=str(target), parcels=[one.path for one in found],
        list=LIST,
    )  # fmt: skip


def _export(root: Path, period: "Period", number: int, out: Path | None) -> str:
    from reporting.project.editions import quarter_folder
    from reporting.release.keeping.archive import export_edition

    target = quarter_folder(root, period) if out is None else out
    archive = str(export_edition(root, period, number, target))
    say(f"压缩包：{archive}")
    return archive


def _edition(root: Path, period: "Period", number: int) -> "Assessment":
    from reporting.assess.frozen import read_frozen
    from reporting.errors import UsageError
    from reporting.project.editions import frozen_numbers

    numbers = frozen_numbers(root, period)
    if number not in numbers:
        have = "、".join(map(str, numbers)) or "没有任何版本"
        raise UsageError(f"{period.label}没有第{number}版，现有：{have}。")
    return read_frozen(root, period, number)


def _today(root: Path, params: "Params", quarter: int) -> "Assessment":
    from reporting.pipeline import assess_period

    return assess_period(root, params, quarter)


def _edited(
    root: Path, period: "Period", start: int, end: int | None, reports: "Sequence[Declaration]"
) -> "tuple[Change, ...]":
    """Name the notebooks and their files that changed between two editions, or since one."""
    from reporting.assess.frozen import edited
    from reporting.project.editions import INPUTS, edition_folder

    after = root if end is None else edition_folder(root, period, end) / INPUTS
    before = edition_folder(root, period, start) / INPUTS
    return edited(after, before, period, reports)


def _bare(assessment: "Assessment") -> "Assessment":
    return assessment.model_copy(update={"editions": ()})


def change_lines(edition: "Edition | None", period: "Period") -> Iterable[str]:
    """Say what an edition changes: each cause with its facts, and under it the ratings it moved."""
    if edition is None:
        yield "没有变动。"
        return
    from reporting.assess.editions.causes import causes

    for cause in causes(edition, period.quarter):
        for change in cause.changes:
            yield _fact_line(change, period)
        if not cause.changes:
            yield "没有找到对应的数据变动："
        yield from _move_lines(cause.moves, period)
    for one in edition.headlines:
        yield f"总体情况（{one.subject.name}）：{one.old or '（空）'} → {one.new or '（空）'}"


def _fact_line(change: "Change", period: "Period") -> str:
    head = " ".join(p for p in (change.kind, change.unit, change.task) if p)
    places = "，".join(dict.fromkeys(w for w in (change.old_where, change.new_where) if w))
    words = f"{change.old or '（空）'} → {change.new or '（空）'}"
    return f"{head} {change.named(period)}：{words}" + (f"（{places}）" if places else "")


def _move_lines(moves: "Sequence[Move]", period: "Period") -> Iterable[str]:
    """Say what ratings moved; a unit's own where the task's rating over all units stays."""
    from reporting.periods import Period

    whole = {(move.task_id, move.quarter) for move in moves if move.unit is None}
    for move in moves:
        if move.unit is None or (move.task_id, move.quarter) not in whole:
            head = " ".join(part for part in (move.unit, move.task) if part)
            then = Period(year=period.year, quarter=move.quarter or period.quarter)
            when = "" if then == period else then.short_label
            yield f"  {head} {when}核定结果：{move.old or '无'} → {move.new or '无'}"
