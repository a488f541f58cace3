"""Commands of the release step: freeze, prove, compare, hand out."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.cli.app import app
from reporting.cli.project import Quarter, Year, open_project
from reporting.project.roots import pack_folder

if TYPE_CHECKING:
    from reporting.assess.values import Assessment, Change, Edition, Move
    from reporting.findings import Finding
    from reporting.periods import Period
    from reporting.project.params import Params
    from reporting.project.reports import Declaration
    from reporting.release.prove import Proof


@app.command()
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
) -> None:
    """Freeze the quarter's pack as an edition, once it was made a second time alike."""
    from reporting.errors import InputRefused, UsageError
    from reporting.release.freeze import freeze
    from reporting.release.remake import remaker

    if audience != "offices":
        raise UsageError(
            "公开版不单独定版：定版的是内部材料，公开版由同样的输入用 report --audience public "
            "逐字节重新生成。"
        )
    root, params, period = _open(year, quarter)
    pack = pack_folder(root, year, quarter)
    try:
        frozen = freeze(root, params, quarter, pack, accept=accept, remake=remaker(jobs), key=key)
    except InputRefused as refusal:
        typer.echo(f"错误：{refusal}", err=True)
        _print_findings(refusal.findings)
        raise typer.Exit(1) from None
    _print_findings(frozen.findings)
    typer.echo(f"已定版：{period.label}第{frozen.number}版，共{frozen.files}个文件。")
    typer.echo(f"封签：{frozen.seal}，印在通报的封面和页脚。")
    typer.echo(f"签名：{frozen.signature}")
    typer.echo(f"文件夹：{frozen.folder}")
    if packed:
        _export(root, period, frozen.number, None)


@app.command()
def verify(
    quarter: Quarter,
    year: Year = 2023,
    edition: Annotated[
        int | None, typer.Option("--edition", help="Number of the edition; the last by default.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", help="Reports made at once.")] = 0,
    integrity: Annotated[
        bool, typer.Option("--integrity", help="Only look whether the files are what was frozen.")
    ] = False,
    signers: Annotated[
        Path | None,
        typer.Option("--signers", exists=True, help="Who may have signed; editions/signers."),
    ] = None,
) -> None:
    """Prove an edition: make it again from its own inputs and compare every byte."""
    root, _, period = _open(year, quarter)
    if integrity:
        _check_whole(root, period, edition, signers)
        return
    proof = _prove(root, period, edition, jobs, signers)
    if not proof.holds:
        raise typer.Exit(1)


@app.command()
def export_edition(
    quarter: Quarter,
    year: Year = 2023,
    edition: Annotated[
        int | None, typer.Option("--edition", help="Number of the edition; the last by default.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the zip; beside the edition by default.")
    ] = None,
) -> None:
    """Pack an edition into a zip, to be handed out."""
    from reporting.project.editions import frozen_numbers

    root, _, period = _open(year, quarter)
    number = max(frozen_numbers(root, period), default=1) if edition is None else edition
    _export(root, period, number, out)


@app.command()
def backtest(
    jobs: Annotated[int, typer.Option("--jobs", help="Reports made at once.")] = 0,
) -> None:
    """Prove every frozen edition."""
    from reporting.errors import UsageError
    from reporting.project.editions import frozen_numbers, frozen_periods
    from reporting.project.roots import find_root

    root = find_root()
    periods = frozen_periods(root)
    if not periods:
        raise UsageError("还没有任何定版的版本，请先运行 make release。")
    proofs = [
        _prove(root, period, number, jobs)
        for period in periods
        for number in frozen_numbers(root, period)
    ]
    failed = sum(not proof.holds for proof in proofs)
    typer.echo(f"共核验{len(proofs)}个版本，通过{len(proofs) - failed}个，不通过{failed}个。")
    if failed:
        raise typer.Exit(1)


@app.command()
def diff(
    quarter: Quarter,
    start: Annotated[int, typer.Option("--from", help="Edition to compare with.")],
    end: Annotated[
        int | None, typer.Option("--to", help="Edition to compare; today's inputs by default.")
    ] = None,
    year: Year = 2023,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List what changed since an edition, fact by fact."""
    from reporting.assess.editions.make import with_editions
    from reporting.exhibits.headlines import headlines
    from reporting.project.reports import all_reports

    root, params, period = _open(year, quarter)
    before = _edition(root, period, start)
    after = _edition(root, period, end) if end is not None else _today(root, params, quarter)
    reports = all_reports(params.reports)
    edited = _edited(root, period, start, end, reports)
    found = with_editions(_bare(after), _bare(before), edited, say=headlines, reports=reports)
    edition = found.editions[-1] if found.editions else None
    if as_json:
        typer.echo(edition.model_dump_json(indent=1) if edition else "null")
        return
    name = f"第{end}版" if end is not None else "现有数据"
    typer.echo(f"{period.label}：{name}与第{start}版相比")
    for line in change_lines(edition, period):
        typer.echo(line)


@app.command()
def distribute(quarter: Quarter, year: Year = 2023) -> None:
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
    typer.echo(f"已写入分发包{len(found)}个，收件清单见 {LIST}：{target}")


def _open(year: int, quarter: int) -> "tuple[Path, Params, Period]":
    from reporting.periods import Period

    root, params = open_project(year, quarter)
    return root, params, Period(year=year, quarter=quarter)


def _print_findings(findings: "Iterable[Finding]") -> None:
    for finding in findings:
        # A file of the pack is told by its path; a place in a return or table as the check does.
        place = finding.where if finding.sheet or finding.line is not None else finding.file
        told = " ".join(part for part in (finding.severity.label, finding.unit, place) if part)
        typer.echo(f"{told}：{finding.message}")


def _export(root: Path, period: "Period", number: int, out: Path | None) -> None:
    from reporting.project.editions import quarter_folder
    from reporting.release.keeping.archive import export_edition

    target = quarter_folder(root, period) if out is None else out
    typer.echo(f"压缩包：{export_edition(root, period, number, target)}")


def _prove(
    root: Path, period: "Period", number: int | None, jobs: int, signers: Path | None = None
) -> "Proof":
    from reporting.release.prove import Verdict, prove
    from reporting.release.remake import remaker

    proof = prove(root, period, number, remaker(jobs), signers=signers)
    _print_findings(proof.findings)
    name = f"{period.label}第{proof.number}版"
    if proof.verdict is Verdict.DIFFERENT:
        typer.echo(f"{name}：{proof.verdict}，不通过。")
        return proof
    said = f"{name}：{proof.verdict}，{proof.compared}个成果文件重新生成后逐字节相同"
    changed = f"，与定版时不同的是{'、'.join(proof.renewed)}" if proof.renewed else ""
    _tell_signature(root, period, proof.number, signers)
    typer.echo(f"{said}{changed}，通过。")
    return proof


def _tell_signature(root: Path, period: "Period", number: int, signers: Path | None) -> None:
    """Say who signed, or that nobody did; what is wrong with it is a finding."""
    from reporting.release.signatures.editions import look_at, words_of

    name = f"{period.label}第{number}版"
    typer.echo(f"{name}：{words_of(look_at(root, period, number, signers))}")


def _check_whole(root: Path, period: "Period", number: int | None, signers: Path | None) -> None:
    """Look whether an edition's files are what was frozen, without making them again."""
    from reporting.project.editions import frozen_numbers
    from reporting.release.integrity import check_edition

    chosen = max(frozen_numbers(root, period), default=1) if number is None else number
    faults = check_edition(root, period, chosen, signers)
    _print_findings(faults)
    name = f"{period.label}第{chosen}版"
    if faults:
        typer.echo(f"{name}：文件不完整或者有改动，不通过。")
        raise typer.Exit(1)
    _tell_signature(root, period, chosen, signers)
    typer.echo(f"{name}：文件与定版时一致（没有重新生成）。")


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
