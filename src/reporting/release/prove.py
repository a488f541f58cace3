"""Prove an edition: its bytes are what was frozen, and its own inputs make them again."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from reporting.errors import InputRefused, ReportingError
from reporting.findings import Finding, Severity
from reporting.periods import Period
from reporting.project.editions import INPUTS, edition_folder, frozen_numbers
from reporting.project.params import read_params
from reporting.publish.manifest import MANIFEST, Manifest
from reporting.release.codes import finding
from reporting.release.compare import differing_cell, first_difference, same_members
from reporting.release.environment import environment_facts, program_of, surroundings
from reporting.release.integrity import check_edition
from reporting.release.record import PACK, RECORD, EditionRecord, folder_files, read_record
from reporting.system.files import read_if_there
from reporting.system.scratch import scratch_folder, usual_base
from reporting.values import Value

Remake = Callable[[Path, EditionRecord], Path]
"""Publishes again what a record tells of, from a project folder; returns the pack's folder."""


class Verdict(StrEnum):
    """What proving an edition comes to.

    A program is mended and its libraries are renewed while editions stay: the manifest, which
    names the program, then differs although every other file is made again byte for byte.
    """

    IDENTICAL = "逐字节一致"
    RENEWED = "成果一致、程序已更新"
    DIFFERENT = "不一致"


class Proof(Value):
    """What proving an edition found.

    ``compared`` counts the artifacts that were made again, the manifest among them; ``renewed``
    names what of the program is not what it was, where all artifacts are the same.
    """

    period: Period
    number: int
    compared: int
    findings: tuple[Finding, ...]
    renewed: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Sum the findings up."""
        if any(f.severity is Severity.ERROR for f in self.findings):
            return Verdict.DIFFERENT
        return Verdict.RENEWED if self.renewed else Verdict.IDENTICAL

    @property
    def holds(self) -> bool:
        """Tell whether every artifact is proved."""
        return self.verdict is not Verdict.DIFFERENT


def prove(
    root: Path,
    period: Period,
    number: int | None,
    remake: Remake,
    *,
    signers: Path | None = None,
    own: bool = False,
) -> Proof:
    """Prove an edition, the last one unless told.

    First its files against its own record, then, when those are intact, its artifacts against
    what its inputs make today in a scratch folder. What of the program is not what it was is
    told; of the manifest only what names the program may differ then. ``signers`` as in
    `reporting.release.integrity.check_edition`; ``own`` tells that what remakes is the program
    that the edition carries, which then has to be the one that the manifest names.

    Raises
    ------
    InputRefused
        The quarter has no edition.
    """
    numbers = frozen_numbers(root, period)
    if not numbers:
        raise InputRefused(f"{period.label}还没有定版，请先运行 make release Q={period.quarter}。")
    chosen = numbers[-1] if number is None else number
    faults = check_edition(root, period, chosen, signers)
    if faults:
        return Proof(period=period, number=chosen, compared=0, findings=faults)
    folder = edition_folder(root, period, chosen)
    record = read_record((folder / RECORD).read_bytes(), RECORD)
    remade = _remade(folder_files(folder), record, remake, own=own)
    return Proof(
        period=period, number=chosen, compared=remade.compared, findings=remade.findings,
        renewed=remade.renewed,
    )  # fmt: skip


def differences(
    files: Mapping[str, bytes], record: EditionRecord, remake: Remake
) -> tuple[Finding, ...]:
    """Make an edition's artifacts again from its files; give what comes out otherwise."""
    found: tuple[Finding, ...] = _remade(files, record, remake).findings
    return tuple(one for one in found if one.severity is Severity.ERROR)


class Remade(Value):
    """What making an edition again showed, as `Proof` has it."""

    compared: int = 0
    findings: tuple[Finding, ...]
    renewed: tuple[str, ...] = ()


def _remade(
    files: Mapping[str, bytes], record: EditionRecord, remake: Remake, *, own: bool = False
) -> Remade:
    expected = {
        name.removeprefix(PACK): data for name, data in files.items() if name.startswith(PACK)
    }
    # A whole pack is too much for a folder in memory.
    with scratch_folder(usual_base()) as scratch:
        root = scratch / "project"
        _lay_out(files, root)
        told = [] if own else list(_environment(root, record))
        try:
            pack = remake(root, record)
        except ReportingError as error:
            failed = finding("REL-REMAKE-FAILED", found=f"材料：{str(error).rstrip('。')}")
            return Remade(findings=(*told, failed))
        found = {name: read_if_there(pack / name) for name in expected}
        around = _surroundings(record, pack) if own else ()
    renewed = [name for name, _ in around] or [one.found for one in told]
    if around:
        told = [finding("REL-SURROUNDINGS", found="；".join(words for _, words in around))]
    if repacked := _repacked(expected, found):
        told.append(finding("REL-REPACKED", found="、".join(repacked)))
        renewed.append("压缩方式")
        found |= {name: expected[name] for name in repacked}
        found[MANIFEST] = _with_files_of(expected[MANIFEST], found[MANIFEST], repacked)
    made = found.get(MANIFEST)
    if renewed and made is not None:
        # An edition's own program is the one that its manifest names, or it is not its own.
        left_out = _PROGRAM - {"package"} if own else _PROGRAM
        expected[MANIFEST] = _without(expected[MANIFEST], left_out)
        found[MANIFEST] = _without(made, left_out)
    compared = _compared(expected, found)
    return Remade(compared=len(expected), findings=(*told, *compared), renewed=tuple(renewed))


def _surroundings(record: EditionRecord, pack: Path) -> tuple[tuple[str, str], ...]:
    """Tell what the edition's own program found around it, by what it wrote down itself.

    The program of today need not be able to read the project of that day.
    """
    made = Manifest.read(pack / MANIFEST)
    return surroundings(record.manifest, made) if made else ()


def _repacked(expected: Mapping[str, bytes], found: Mapping[str, bytes | None]) -> list[str]:
    """Name the containers that only their compressor made others."""
    return [
        name
        for name, data in sorted(expected.items())
        if (made := found[name]) is not None and made != data and same_members(name, data, made)
    ]


def _with_files_of(expected: bytes, made: bytes | None, names: Sequence[str]) -> bytes | None:
    """Give a manifest that was made again with what the first one says of some files."""
    try:
        was, now = json.loads(expected), json.loads(made or b"")
        kept = {item["path"]: item for item in was["artifacts"] if item["path"] in names}
        now["artifacts"] = [kept.get(item["path"], item) for item in now["artifacts"]]
    except (ValueError, TypeError, KeyError):
        return made
    return (json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


_PROGRAM = frozenset({"package", "lock", "environment", "python", "renderer", "fonts"})
"""What of a manifest names the program, and not what it made."""


def _without(manifest: bytes, names: frozenset[str]) -> bytes:
    """Leave out what names the program; the keys of the reports follow from it."""
    try:
        content = json.loads(manifest)
        kept = {name: value for name, value in content.items() if name not in names}
        kept["reports"] = [_without_key(report) for report in kept["reports"]]
    except (ValueError, AttributeError, TypeError, KeyError):
        return manifest
    return json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _without_key(report: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in report.items() if name != "key"}


def _lay_out(files: Mapping[str, bytes], root: Path) -> None:
    """Set up a project of the edition's inputs in an empty folder."""
    for name, data in files.items():
        if name.startswith(INPUTS):
            path = root / name.removeprefix(INPUTS)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _environment(root: Path, record: EditionRecord) -> Iterator[Finding]:
    params = read_params(root, record.period.year)
    now = program_of(root, params)
    for name, was, is_now in environment_facts(record.manifest, now):
        if was != is_now:
            yield finding("REL-ENVIRONMENT", found=name, expected=was[:200] or "（无差异）")


def _compared(
    expected: Mapping[str, bytes], found: Mapping[str, bytes | None]
) -> Iterator[Finding]:
    """Compare artifact by artifact; the manifest, which sums them up, comes last."""
    for name in sorted(expected, key=lambda n: (n == MANIFEST, n)):
        data = found[name]
        if data is None:
            yield finding("REL-REMAKE-FAILED", file=name, found=name)
        elif difference := first_difference(name, expected[name], data):
            said = difference.sentence
            if cell := differing_cell(expected[name], data) if name.endswith(".ipynb") else 0:
                said = f"{said.removesuffix('。')}，在笔记本的第{cell}个单元格。"
            yield finding("REL-REMAKE", file=name, expected=difference.expected, found=said)
