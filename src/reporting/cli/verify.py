"""Commands that prove editions: made again and compared, or only looked at."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reporting.cli.app import app
from reporting.cli.project import Quarter, Year, open_period, print_findings
from reporting.cli.replies.command import Answering, Json
from reporting.cli.replies.output import OUT, say

if TYPE_CHECKING:
    from reporting.periods import Period
    from reporting.release.prove import Proof


@app.command(cls=Answering)
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
    own: Annotated[
        bool,
        typer.Option(
            "--with-its-own-program", help="Make it again by the wheel that it carries, if trusted."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Prove an edition: make it again from its own inputs and compare every byte."""
    from reporting.errors import ExitCode, UsageError

    root, _, period = open_period(year, quarter)
    if integrity and own:
        raise UsageError("--integrity 不重新生成，不能与 --with-its-own-program 同用。")
    if integrity:
        _check_whole(root, period, edition, signers)
        return
    proof = _prove(root, period, edition, jobs, signers, own=own)
    OUT.give(**_told(root, proof, signers))
    if not proof.holds:
        raise typer.Exit(ExitCode.FAILED)


@app.command(cls=Answering)
def backtest(
    jobs: Annotated[int, typer.Option("--jobs", help="Reports made at once.")] = 0,
    as_json: Json = False,
) -> None:
    """Prove every frozen edition."""
    from reporting.errors import ExitCode, UsageError
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
    OUT.give(proofs=[_told(root, proof) for proof in proofs])
    failed = sum(not proof.holds for proof in proofs)
    say(f"共核验{len(proofs)}个版本，通过{len(proofs) - failed}个，不通过{failed}个。")
    if failed:
        raise typer.Exit(ExitCode.FAILED)


def _prove(
    root: Path,
    period: "Period",
    number: int | None,
    jobs: int,
    signers: Path | None = None,
    *,
    own: bool = False,
) -> "Proof":
    from reporting.release.program.own import prove_by_itself
    from reporting.release.prove import Verdict, prove
    from reporting.release.remake import remaker

    if own:
        proof = prove_by_itself(root, period, number, jobs, signers=signers)
    else:
        proof = prove(root, period, number, remaker(jobs), signers=signers)
    print_findings(proof.findings)
    name = f"{period.label}第{proof.number}版"
    if proof.verdict is Verdict.DIFFERENT:
        say(f"{name}：{proof.verdict}，不通过。")
        return proof
    said = f"{name}：{proof.verdict}，{proof.compared}个成果文件重新生成后逐字节相同"
    changed = f"，与定版时不同的是{'、'.join(proof.renewed)}" if proof.renewed else ""
    _tell_signature(root, period, proof.number, signers)
    if own:
        said = said.replace(name, f"{name}（用该版自带的程序）", 1)
    say(f"{said}{changed}，通过。")
    return proof


def _told(root: Path, proof: "Proof", signers: Path | None = None) -> dict[str, Any]:
    """Give a proof as replies tell it."""
    period, number = proof.period, proof.number
    return {
        "year": period.year, "quarter": period.quarter, "number": number,
        "holds": proof.holds, "verdict": str(proof.verdict), "compared": proof.compared,
        "renewed": proof.renewed,
        "signature": _signature(root, period, number, signers) if proof.holds else "",
    }  # fmt: skip


def _tell_signature(root: Path, period: "Period", number: int, signers: Path | None) -> None:
    """Say who signed, or that nobody did; what is wrong with it is a finding."""
    say(f"{period.label}第{number}版：{_signature(root, period, number, signers)}")


def _signature(root: Path, period: "Period", number: int, signers: Path | None) -> str:
    from reporting.release.signatures.editions import look_at, words_of

    return words_of(look_at(root, period, number, signers))


def _check_whole(root: Path, period: "Period", number: int | None, signers: Path | None) -> None:
    """Look whether an edition's files are what was frozen, without making them again."""
    from reporting.errors import ExitCode
    from reporting.project.editions import frozen_numbers
    from reporting.release.integrity import check_edition

    chosen = max(frozen_numbers(root, period), default=1) if number is None else number
    faults = check_edition(root, period, chosen, signers)
    print_findings(faults)
    name = f"{period.label}第{chosen}版"
    verdict = "文件不完整或者有改动" if faults else "文件与定版时一致"
    OUT.give(
        year=period.year, quarter=period.quarter, number=chosen, holds=not faults,
        verdict=verdict, compared=0, renewed=(),
        signature="" if faults else _signature(root, period, chosen, signers),
    )  # fmt: skip
    if faults:
        say(f"{name}：{verdict}，不通过。")
        raise typer.Exit(ExitCode.FAILED)
    _tell_signature(root, period, chosen, signers)
    say(f"{name}：{verdict}（没有重新生成）。")
