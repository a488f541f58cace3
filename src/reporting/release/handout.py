"""The files of a published pack by subject, and the parcels put in place."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from reporting.errors import InputRefused, UsageError
from reporting.release.distribute import LIST, Parcel, Sent
from reporting.release.freeze import read_manifest
from reporting.system.digests import digest
from reporting.system.files import remove_tree, write_whole

_SENT = frozenset({".html", ".pdf", ".docx"})


def published_files(pack: Path) -> tuple[Sent, ...]:
    """Read the reports that are of a part, as the manifest lists them; those of all are not sent.

    Raises
    ------
    UsageError
        There is no pack, its manifest is damaged, or a report is missing or is not what was
        published.
    """
    try:
        manifest = read_manifest(pack)
    except InputRefused as refused:
        raise UsageError(refused.findings[0].message) from None
    hashes = {item.path: item.sha256 for item in manifest.artifacts}
    found: list[Sent] = []
    for report in manifest.reports:
        if report.kind.is_whole:
            continue
        if report.state != "made":
            raise UsageError(f"{report.name}的报告没有生成，请重新运行 make report。")
        paths = [p for p in report.artifacts if PurePosixPath(p).suffix in _SENT]
        files = {path: _published(pack, path, hashes.get(path, "")) for path in paths}
        found.append(Sent(subject=report.subject, title=report.title, files=files))
    return tuple(found)


def _published(pack: Path, path: str, sha256: str) -> bytes:
    data = (pack / path).read_bytes() if (pack / path).is_file() else b""
    if digest(data) != sha256:
        raise UsageError(f"{path} 与清单不符，请重新运行 make report 后再分发。")
    return data


def write_parcels(target: Path, found: Sequence[Parcel], listing: bytes) -> None:
    """Write the parcels and their list into a folder of their own, made anew."""
    if target.exists():
        remove_tree(target)
    for parcel in found:
        write_whole(target / parcel.path, parcel.data)
    write_whole(target / LIST, listing)
