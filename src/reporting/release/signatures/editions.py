"""The signature of an edition: beside its record, which holds the digest of every other file."""

from collections.abc import Iterator
from pathlib import Path

from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.periods import Period
from reporting.project.editions import EDITIONS, edition_folder, frozen_numbers, frozen_periods
from reporting.release.codes import finding
from reporting.release.record import RECORD, SIGNATURE
from reporting.release.signatures.programs import Look, State, look, sign
from reporting.system.files import read_if_there

SIGNERS = f"{EDITIONS}/signers"
"""Who may sign, where the project says so."""


def signed(root: Path, record: bytes, key: str) -> tuple[bytes, Look]:
    """Sign a record; give the signature, and what whoever verifies will see of it.

    Raises
    ------
    InputRefused
        The key cannot sign, or is none of those who may.
    """
    signature = sign(record, key)
    found = look(record, signature, signers_of(root))
    if found.state is State.UNKNOWN:
        raise InputRefused(f"所用的密钥不在 {SIGNERS} 所列的签名人之中，没有定版。")
    if found.state is State.BAD:
        raise InputRefused("签名没有成功：签出的签名通不过核对，没有定版。")
    return signature, found


def signers_of(root: Path) -> Path | None:
    """Find the project's list of who may sign."""
    path = root / SIGNERS
    return path if path.is_file() else None


def look_at(root: Path, period: Period, number: int, signers: Path | None = None) -> Look | None:
    """Look at an edition's signature; None where it bears none."""
    folder = edition_folder(root, period, number)
    record, signature = (read_if_there(folder / name) for name in (RECORD, SIGNATURE))
    if record is None or signature is None:
        return None
    return look(record, signature, signers or signers_of(root))


def check_signature(
    root: Path, period: Period, number: int, signers: Path | None = None
) -> Iterator[Finding]:
    """Name a signature that is no good, or that is missing where there should be one.

    There should be one wherever the office says who signs, but before it signed the first time;
    and always where somebody who verifies says whose signature is to be expected.
    """
    path = edition_folder(root, period, number) / SIGNATURE
    name = path.relative_to(root).as_posix()
    found = look_at(root, period, number, signers)
    if found is None:
        if signers or (signers_of(root) and _signed_before(root, period, number)):
            yield finding("REL-UNSIGNED", file=name)
    elif found.state is State.BAD:
        yield finding("REL-SIGNATURE", file=name)
    elif found.state is State.UNKNOWN:
        yield finding("REL-SIGNER", file=name, found=found.key or "密钥不明")


def _signed_before(root: Path, period: Period, number: int) -> bool:
    return any(
        (edition_folder(root, earlier, other) / SIGNATURE).is_file()
        for earlier in frozen_periods(root)
        for other in frozen_numbers(root, earlier)
        if (earlier.year, earlier.quarter, other) < (period.year, period.quarter, number)
    )


def words_of(found: Look | None) -> str:
    """Say of a signature that is no fault what it is, for a terminal."""
    if found is None:
        return "没有签名。"
    if found.state is State.UNTESTED:
        return f"有签名，未能核对：{found.lacks}。"
    if found.by:
        return f"签名有效，签名人：{found.by}（{found.key}）。"
    return f"签名有效，公钥指纹：{found.key}（没有签名人名单，请与公布的指纹比对）。"
