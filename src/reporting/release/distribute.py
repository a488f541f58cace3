"""One zip for each unit and leader, holding only what is theirs, and a list of who gets what."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.periods import full_date
from reporting.project.reports import COLUMNS, PARTIES
from reporting.publish.pack.xlsx import write_annex
from reporting.system.archives import make_zip
from reporting.system.digests import digest
from reporting.system.names import safe_name
from reporting.values import Value

LIST = "分发清单.csv"
SUMS = "校验码.txt"
NOTE = "说明.txt"
_FOLDERS = {
    SubjectKind.UNIT: "units", SubjectKind.LEADER: "leaders", SubjectKind.SUPPORTING: "supporting",
}  # fmt: skip
_FORMATS = {".html": "网页", ".pdf": "打印版", ".docx": "可编辑版"}


class Sent(Value):
    """The published files of one report, by path in the pack; ``title`` is an own report's."""

    subject: Subject
    title: str = ""
    files: dict[str, bytes]


class Parcel(Value):
    """What one unit, leader or group receives: a zip's path and bytes, and the names in it."""

    subject: Subject
    path: str
    data: bytes
    names: tuple[str, ...]


def parcels(city: Assessment, reports: Iterable[Sent]) -> Iterator[Parcel]:
    """Pack the reports of each subject together, with the data that they are made from."""
    for subject, sent in _by_receiver(reports).items():
        own = slice_for(city, subject)
        members = _named(own, sent)
        members[f"{_stem(own)}数据.xlsx"] = write_annex(own)
        members[NOTE] = _note(own, tuple(members)).encode()
        members[SUMS] = sums(members).encode()
        name = f"{own.period.code}-{safe_name(subject.name)}.zip"
        yield Parcel(
            subject=subject, path=f"{_folder(subject)}/{name}",
            data=make_zip(members), names=tuple(members),
        )  # fmt: skip


def _by_receiver(reports: Iterable[Sent]) -> dict[Subject, list[Sent]]:
    """Put together what goes to the same unit, leader or group."""
    found: dict[Subject, list[Sent]] = {}
    for one in reports:
        found.setdefault(one.subject.model_copy(update={"report": ""}), []).append(one)
    return found


def _folder(subject: Subject) -> str:
    """Say in which folder a subject's parcel stands; a group's is named by its column."""
    return _FOLDERS.get(subject.kind) or f"groups/{subject.column}"


def _named(own: Assessment, sent: Iterable[Sent]) -> dict[str, bytes]:
    """Name the files as they are sent: an own report's by its title, told apart where need be."""
    members: dict[str, bytes] = {}
    for one in sent:
        stem = safe_name(one.title) if one.title else _stem(own)
        if any(f"{stem}{PurePosixPath(path).suffix}" in members for path in one.files):
            stem = f"{stem}（{one.subject.series}）"
        members |= {f"{stem}{PurePosixPath(path).suffix}": f for path, f in one.files.items()}
    return members


def sums(members: Mapping[str, bytes]) -> str:
    """List SHA-256 and name of each file, as ``sha256sum --check`` reads it."""
    return "".join(f"{digest(data)}  {name}\n" for name, data in members.items())


def _stem(own: Assessment) -> str:
    return f"{safe_name(own.subject.name)}{own.period.label}任务进展"


def _note(own: Assessment, names: Sequence[str]) -> str:
    head = own.masthead
    kinds = "、".join(own.editions[-1].kinds) if own.editions else ""
    edition = f"第{own.edition_number}版" + (f"，{kinds}" if kinds else "")
    leader = own.subject.kind is SubjectKind.LEADER
    who = f"{own.subject.name}同志" if leader else own.subject.name
    # Only a lead unit has a return to correct.
    returns = own.subject.kind is SubjectKind.UNIT
    wrong = "请将更正后的报表报送办公室" if returns else "请告知办公室"
    lines = [
        f"{who}：",
        "",
        f"现送上{own.period.label}《政府工作报告》任务进展情况（{edition}），请查阅。",
        "",
        *(f"{place}. {name}{_kind(name)}" for place, name in enumerate(names, 1)),
        "",
        f"文件是否完整，可用“{SUMS}”核对（sha256sum --check {SUMS}）。",
        f"如有出入，{wrong}，不要改动本包中的文件。",
        "",
        head.issuing_office,
        full_date(own.issued_on),
    ]
    if own.is_sample:
        lines.insert(0, "示例数据，仅供演示，不反映任何单位的真实进展。\n")
    return "\n".join(lines) + "\n"


def _kind(name: str) -> str:
    kind = _FORMATS.get(PurePosixPath(name).suffix)
    return f"（{kind}）" if kind else ""


def write_list(found: Sequence[Parcel]) -> bytes:
    """Write who gets which zip with what in it; a spreadsheet opens it as UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(["类别", "收件单位（人）", "压缩包", "内含文件", "SHA-256"])
    for parcel in found:
        writer.writerow([
            _label(parcel.subject), parcel.subject.name, parcel.path,
            "；".join(parcel.names), digest(parcel.data),
        ])  # fmt: skip
    return target.getvalue().encode("utf-8-sig")


def _label(subject: Subject) -> str:
    """Say what kind of receiver a subject is."""
    return COLUMNS[subject.column] if subject.column else PARTIES[subject.kind]
