"""Freeze the current pack as an edition: complete, sealed, never overwritten."""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

from reporting.assess.editions.make import fault_of_date
from reporting.assess.editions.seal import printed, read_seal, seal_of
from reporting.assess.values import Assessment
from reporting.errors import InputRefused, ReportingError
from reporting.exhibits.headlines import headlines
from reporting.findings import Finding, Severity
from reporting.periods import Period
from reporting.pipeline import assess_period
from reporting.project.editions import (
    ASSESSMENT,
    INPUTS,
    SEAL,
    SUMS,
    edition_folder,
    frozen_numbers,
    frozen_periods,
    quarter_folder,
)
from reporting.project.kept import declared_before, kept_files, sealed_before
from reporting.project.params import Params
from reporting.project.reports import all_reports
from reporting.project.roots import STATE
from reporting.publish.keys.program import LOCK
from reporting.publish.locks import RELEASE, Waiting, claims_of, holding
from reporting.publish.manifest import MANIFEST, Manifest
from reporting.publish.pack.tables import write_tables
from reporting.release.codes import finding
from reporting.release.environment import environment_facts, made_by, program_of
from reporting.release.integrity import check_edition, read_sums, sums_of, write_sums
from reporting.release.keeping.shared import write_shared
from reporting.release.program.commit import commit
from reporting.release.program.wheel import WHEEL, write_wheel
from reporting.release.prove import Remake, differences
from reporting.release.provenance import CRATE, write_crate
from reporting.release.record import (
    PACK,
    PROGRAM,
    RECORD,
    SIGNATURE,
    Accepted,
    EditionRecord,
    file_record,
    read_record,
    write_record,
)
from reporting.release.signatures.editions import signed, words_of
from reporting.system.digests import digest
from reporting.system.faults import said
from reporting.system.files import read_if_there, remove_tree, write_whole
from reporting.values import Value

CHECKERS = ("check.py", "check.html")
"""What checks an edition without the program: by Python, in a browser; each carries both."""


class Frozen(Value):
    """An edition that has just been frozen, and where it stands relative to the project.

    ``record`` is the digest of its record: what to keep elsewhere, to know the edition again.
    """

    number: int
    folder: str
    files: int
    seal: str
    record: str
    signature: str
    findings: tuple[Finding, ...] = ()


def freeze(
    root: Path,
    params: Params,
    quarter: int,
    pack: Path,
    *,
    accept: str = "",
    remake: Remake | None = None,
    key: str = "",
    waiting: Waiting | None = None,
) -> Frozen:
    """Freeze a pack, while no run can change it.

    Parameters
    ----------
    pack : Path
        The folder that ``reporting report`` published to.
    accept : str, optional
        Why errors of the returns that stand may stand; without it they keep the pack back.
    remake : callable, optional
        Makes the pack again from what is frozen; what comes out otherwise keeps the pack back.
    key : str, optional
        What to sign the record with: the file of a key, or a name that GnuPG knows.
    waiting : callable, optional
        Wait until nobody else works on the pack, and tell of it.

    Raises
    ------
    InputRefused
        The pack is not complete, not the inputs' own, does not come out of them a second time,
        or is nothing but an edition again; every obstacle is among its findings.
    Busy
        A run works on the pack, or another pack is being frozen.
    """
    claims = (RELEASE, *claims_of(Period(year=params.year, quarter=quarter), pack))
    with holding(root / STATE, claims, waiting):
        return _freeze(root, params, quarter, pack, accept=accept, remake=remake, key=key)


def _freeze(
    root: Path,
    params: Params,
    quarter: int,
    pack: Path,
    *,
    accept: str,
    remake: Remake | None,
    key: str,
) -> Frozen:
    period = Period(year=params.year, quarter=quarter)
    _complete_last(root, period)
    manifest = read_manifest(pack)
    obstacles = list(_obstacles(root, params, period, pack, manifest))
    if any(f.severity is Severity.ERROR for f in obstacles):
        raise InputRefused("本季度材料不能定版，原因如下。", obstacles)
    city = assess_period(root, params, quarter, say=headlines)
    number = max(frozen_numbers(root, period), default=0) + 1
    if undated := fault_of_date(city, number - 1):
        raise InputRefused(undated)
    errors = [f for f in city.findings if f.severity is Severity.ERROR]
    unchanged = list(_unchanged(root, period, number, city, manifest))
    if (errors or unchanged) and not accept.strip():
        counted = [finding("REL-ERRORS", found=str(len(errors)))] if errors else []
        raise InputRefused(
            "本季度材料不能定版，原因如下。", [*obstacles, *unchanged, *counted, *errors]
        )
    accepted = _accepted([*unchanged, *errors], accept)
    members = _members(root, params, period, number, pack, manifest, city, accepted)
    if moved := list(_moved(members, manifest, city)):
        raise InputRefused("本季度材料不能定版，原因如下。", moved)
    if remake is not None:
        _expect_same_again(members, remake)
    signature = None
    if key:
        members[SIGNATURE], signature = signed(root, members[RECORD], key)
    _write(root, period, number, members)
    return Frozen(
        number=number,
        folder=edition_folder(root, period, number).relative_to(root).as_posix(),
        files=len(members),
        seal=printed(seal_of(members[SEAL])),
        record=digest(members[RECORD]),
        signature=words_of(signature),
        findings=(*obstacles, *_resting(root, period, number)),
    )


def _resting(root: Path, period: Period, number: int) -> Iterator[Finding]:
    """Name the editions of later quarters that rest on an earlier edition of this one."""
    for later in frozen_periods(root):
        if later.year != period.year or later.quarter <= period.quarter:
            continue
        last = frozen_numbers(root, later)[-1]
        manifest = Manifest.read(edition_folder(root, later, last) / PACK / MANIFEST)
        read = {item.path for item in manifest.inputs} if manifest else frozenset[str]()
        for earlier in range(1, number):
            place = (edition_folder(root, period, earlier) / ASSESSMENT).relative_to(root)
            if place.as_posix() in read:
                yield finding(
                    "REL-RESTING", expected=str(earlier), found=f"{later.label}第{last}版"
                )


def _expect_same_again(members: Mapping[str, bytes], remake: Remake) -> None:
    """Refuse a pack that its own inputs do not make again, byte for byte."""
    record = read_record(members[RECORD], RECORD)
    if found := differences(members, record, remake):
        raise InputRefused("本季度材料不能定版，原因如下。", [finding("REL-UNSTABLE"), *found])


def _unchanged(
    root: Path, period: Period, number: int, city: Assessment, manifest: Manifest
) -> Iterator[Finding]:
    """Tell of a pack that differs from the last edition, but in nothing that it could announce."""
    if number == 1 or city.edition_number == number:
        return
    before = Manifest.read(edition_folder(root, period, number - 1) / PACK / MANIFEST)
    if before is None:
        raise InputRefused(f"第{number - 1}版的清单已损坏，请先运行 make verify 核验该版。")
    was, now = ({**made_by(m), "输入文件": m.inputs} for m in (before, manifest))
    changed = [name for name in now if was[name] != now[name]] or ["成果文件"]
    yield finding("REL-UNCHANGED", expected=str(number - 1), found="、".join(changed))


def _accepted(errors: Sequence[Finding], reason: str) -> Accepted | None:
    if not errors:
        return None
    places = (" ".join(filter(None, (f.code, f.unit, f.where))) for f in errors)
    listed = tuple(f"{place}：{f.message}" for place, f in zip(places, errors, strict=True))
    return Accepted(reason=reason.strip(), findings=listed)


def read_manifest(pack: Path) -> Manifest:
    """Read what a pack says of itself.

    Raises
    ------
    InputRefused
        There is no pack, or its manifest is damaged.
    """
    path = pack / MANIFEST
    manifest = Manifest.read(path)
    if manifest is None:
        code = "REL-MANIFEST" if path.is_file() else "REL-NO-PACK"
        raise InputRefused("本季度材料不能定版，原因如下。", [finding(code)])
    return manifest


def _obstacles(
    root: Path, params: Params, period: Period, pack: Path, manifest: Manifest
) -> Iterator[Finding]:
    yield from _unfinished(root, period)
    yield from _unmade(params, manifest)
    for item in manifest.artifacts:
        if said := _differs(pack / item.path, item.sha256):
            yield finding("REL-ARTIFACT", file=item.path, found=said)
    for item in manifest.inputs:
        if said := _differs(root / item.path, item.sha256):
            yield finding("REL-INPUT", file=item.path, found=said)
    yield from _new_inputs(root, params, period, manifest)
    yield from _stale(root, params, manifest)
    yield from _same_again(root, period, pack)


def _unfinished(root: Path, period: Period) -> Iterator[Finding]:
    for path in sorted(quarter_folder(root, period).glob(".*.partial")):
        yield finding("REL-UNFINISHED", found=path.relative_to(root).as_posix())


def _unmade(params: Params, manifest: Manifest) -> Iterator[Finding]:
    for report in manifest.reports:
        if report.state != "made":
            yield finding("REL-INCOMPLETE", found=f"{report.name}的报告")
    if SEAL not in {PACK + item.path for item in manifest.artifacts}:
        yield finding("REL-PARTIAL", found="封签")
    missing = [name for name in params.formats if name not in manifest.formats]
    if missing:
        yield finding("REL-PARTIAL", found=f"{'、'.join(missing)}格式")


def _differs(path: Path, expected: str) -> str:
    if not path.is_file():
        return "不在了"
    return "" if digest(path.read_bytes()) == expected else "有改动"


def _new_inputs(
    root: Path, params: Params, period: Period, manifest: Manifest
) -> Iterator[Finding]:
    from reporting.returns.reading.files import list_files

    known = {item.path for item in manifest.inputs}
    for path in kept_files(root, params, period.quarter):
        name = path.relative_to(root).as_posix()
        if name not in known:
            yield finding("REL-INPUT", file=name, found="新增")
    for number in range(1, period.quarter + 1):
        for arrival in list_files(root / params.status / f"Q{number}", root):
            name = arrival.path.relative_to(root).as_posix()
            if arrival.is_sound and name not in known:
                yield finding("REL-INPUT", file=name, found="新增")


def _stale(root: Path, params: Params, manifest: Manifest) -> Iterator[Finding]:
    """Compare the program and the notebooks with those the pack was made by."""
    now = program_of(root, params)
    for name, was, is_now in environment_facts(manifest, now):
        if was != is_now:
            yield finding("REL-STALE", found=name)


def _same_again(root: Path, period: Period, pack: Path) -> Iterator[Finding]:
    numbers = frozen_numbers(root, period)
    if not numbers:
        return
    before = edition_folder(root, period, numbers[-1]) / PACK / MANIFEST
    if before.is_file() and before.read_bytes() == (pack / MANIFEST).read_bytes():
        yield finding("REL-SAME", found=str(numbers[-1]))


def _members(
    root: Path,
    params: Params,
    period: Period,
    number: int,
    pack: Path,
    manifest: Manifest,
    city: Assessment,
    accepted: Accepted | None,
) -> dict[str, bytes]:
    """Collect every file of the edition, its record last."""
    made = [item.path for item in manifest.artifacts] + [MANIFEST]
    members = {PACK + name: _read(pack, name) for name in made}
    members |= {INPUTS + name: data for name, data in _inputs(root, params, period, manifest)}
    members[ASSESSMENT] = city.model_dump_json().encode()
    for name in CHECKERS:
        members[name] = (resources.files("reporting.release.checker") / name).read_bytes()
    members[PROGRAM + WHEEL] = write_wheel()
    records = [file_record(name, members[name]) for name in sorted(members)]
    members[CRATE] = write_crate(
        name=f"{city.subject.name}{period.label}《政府工作报告》任务进展情况（第{number}版）",
        issuer=city.masthead.issuing_office, published=city.issued_on,
        number=number, version=manifest.package.version, commit=commit(), files=records,
        corrections=city.plan.corrections,
    )  # fmt: skip
    before = edition_folder(root, period, number - 1) / RECORD
    record = EditionRecord(
        period=period, number=number,
        corrects=digest(before.read_bytes()) if number > 1 else "",
        seal=seal_of(members[SEAL]),
        accepted=accepted, manifest=manifest,
        files=tuple(file_record(name, members[name]) for name in sorted(members)),
    )  # fmt: skip
    return {**members, RECORD: write_record(record)}


def _moved(members: Mapping[str, bytes], manifest: Manifest, city: Assessment) -> Iterator[Finding]:
    """Name what was changed by somebody while it was collected.

    The lock keeps runs away; nothing keeps people from saving a return or a page.
    """
    listed = (("REL-ARTIFACT", PACK, manifest.artifacts), ("REL-INPUT", INPUTS, manifest.inputs))
    for code, place, files in listed:
        for item in files:
            if digest(members[place + item.path]) != item.sha256:
                yield finding(code, file=item.path, found="有改动")
    seal = read_seal(members[SEAL])
    tables = {name: digest(data) for name, data in write_tables(city).items()}
    if seal is None or seal.tables != tables:
        yield finding("REL-STALE", found="数据")


def _inputs(
    root: Path, params: Params, period: Period, manifest: Manifest
) -> Iterator[tuple[str, bytes]]:
    """Give everything the pack can be made from again, by path in the project."""
    names = [item.path for item in manifest.inputs]
    notebooks = list(dict.fromkeys(one.notebook for one in all_reports(params.reports)))
    names += notebooks
    # A project apart from the program's own folder has none.
    names += [LOCK] if (root / LOCK).is_file() else []
    numbers = frozen_numbers(root, period)
    if numbers:
        # What the edition announces is told against the one before, its notebooks and the files
        # declared for them included.
        folder = edition_folder(root, period, numbers[-1])
        compared = (folder / INPUTS / name for name in notebooks)
        before = [folder / ASSESSMENT, *(path for path in compared if path.is_file())]
        before += declared_before(folder / INPUTS, period.year)
        before += sealed_before(root, period)
        names += [path.relative_to(root).as_posix() for path in before]
    for name in dict.fromkeys(names):
        yield name, _read(root, name)


def _read(folder: Path, name: str) -> bytes:
    data = read_if_there(folder / name)
    if data is None:
        gone = finding("REL-INPUT", file=name, found="不在了")
        raise InputRefused("本季度材料不能定版，原因如下。", [gone])
    return data


def _write(root: Path, period: Period, number: int, members: Mapping[str, bytes]) -> None:
    """Write the folder beside, then rename it: that moment makes the edition."""
    folder = edition_folder(root, period, number)
    partial = folder.with_name(f".{number}.partial")
    try:
        if partial.exists():
            remove_tree(partial)
        write_shared(root, partial, members)
        partial.rename(folder)
    except OSError as error:
        raise ReportingError(
            f"第{number}版没有写成：{said(error)}，请检查 {folder.parent} "
            "的空间和权限后重新运行；没有覆盖任何已有版本。"
        ) from None
    _seal(root, period, number)


def _seal(root: Path, period: Period, number: int) -> None:
    """Write the sums of an edition that stands."""
    sums = quarter_folder(root, period) / SUMS
    known = read_sums(sums.read_bytes()) if sums.is_file() else {}
    write_whole(sums, write_sums(known | sums_of(root, period, number)))


def _complete_last(root: Path, period: Period) -> None:
    """Seal the last edition where an interruption left it without its sums.

    One whose files are not what its own record says is left for ``verify`` to name.
    """
    numbers = frozen_numbers(root, period)
    if not numbers:
        return
    sums = quarter_folder(root, period) / SUMS
    known = read_sums(sums.read_bytes()) if sums.is_file() else {}
    named = f"{numbers[-1]}/{RECORD}" in known
    if named or not os.access(quarter_folder(root, period), os.W_OK):
        return
    inside = f"{edition_folder(root, period, numbers[-1]).relative_to(root).as_posix()}/"
    faults = check_edition(root, period, numbers[-1])
    if not any(f.file.startswith(inside) and f.code != "REL-RECORD" for f in faults):
        _seal(root, period, numbers[-1])
