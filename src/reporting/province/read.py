"""The editions of a province's offices, one office after another: proved first, then counted.

Of each only what is counted is kept; the files of an edition are let go before the next is read.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from reporting.assess.editions.seal import printed
from reporting.assess.province.count import late_tasks, own_words, tally_of
from reporting.assess.province.values import OfficeLine, Province, Released
from reporting.assess.values import Assessment, Masthead, SubjectKind
from reporting.errors import InputRefused
from reporting.findings import Finding
from reporting.periods import Period
from reporting.project.editions import (
    ASSESSMENT,
    EDITIONS,
    edition_folder,
    frozen_numbers,
    frozen_periods,
)
from reporting.project.province import Office, ProvinceParams
from reporting.province.codes import finding
from reporting.province.doubles import without_doubles
from reporting.publish.manifest import MANIFEST, Manifest
from reporting.publish.survey import task_counts
from reporting.release.integrity import check_edition
from reporting.release.record import PACK, RECORD, EditionRecord, read_record
from reporting.system.digests import digest
from reporting.system.faults import said
from reporting.values import Value

TASKS = f"{PACK}data/tasks.csv"
"""The table of an edition in which each task's rating stands."""


class Read(Value):
    """What one office's folder gave."""

    line: OfficeLine
    findings: tuple[Finding, ...] = ()


class Refused(Exception):
    """An edition is not counted; holds the finding that says why."""

    def __init__(self, why: Finding, released: Released | None = None) -> None:
        super().__init__(why.message)
        self.why, self.released = why, released


def read_province(root: Path, params: ProvinceParams, quarter: int) -> Province:
    """Read the last edition of the quarter of every office, in the order of the parameters.

    An office without one that can be counted has its line all the same, and a finding.
    """
    period = Period(year=params.year, quarter=quarter)
    read = [read_office(root, office, period) for office in params.offices]
    offices, doubled = without_doubles([one.line for one in read])
    found = (found for one in read for found in one.findings)
    return Province(
        period=period,
        masthead=_masthead(params, quarter),
        each=params.each,
        offices=offices,
        findings=(*found, *doubled),
    )


def _masthead(params: ProvinceParams, quarter: int) -> Masthead:
    head = params.masthead
    return Masthead(
        city=head.city, place=head.place, issuing_office=head.issuing_office, title=head.title,
        issue_number=head.issue_number.format(quarter=quarter),
        publish_date=params.calendar[quarter],
    )  # fmt: skip


def read_office(root: Path, office: Office, period: Period) -> Read:
    """Prove and count the last edition of one office's quarter."""
    line = OfficeLine(name=office.name)
    try:
        project = _project(root / office.folder, office, period)
        number = _last(project, office, period)
        return _counted(project, root / office.folder, office, period, number)
    except Refused as refused:
        line = line.model_copy(update={"released": refused.released})
        why = refused.why
    except OSError as error:
        why = finding("PROV-READ", expected=f"文件夹 {office.folder} ", found=_words(error))
    return Read(line=line, findings=(why.model_copy(update={"unit": office.name}),))


# --- where the editions are -------------------------------------------------------------------


def _project(folder: Path, office: Office, period: Period) -> Path:
    """Find the folder that holds ``editions/``."""
    if not folder.is_dir():
        raise Refused(finding("PROV-FOLDER", expected=office.folder))
    if (folder / EDITIONS).is_dir():
        return folder
    if folder.name == EDITIONS:
        return folder.parent
    if _is_public(folder, period):
        raise Refused(finding("PROV-PUBLIC", expected=period.label))
    if (folder / "params").is_dir():
        # A project that has not released anything yet.
        return folder
    raise Refused(finding("PROV-EDITIONS", expected=office.folder))


def _last(project: Path, office: Office, period: Period) -> int:
    """Find the last edition of the quarter."""
    if numbers := frozen_numbers(project, period):
        return numbers[-1]
    if _is_public(project, period):
        raise Refused(finding("PROV-PUBLIC", expected=period.label))
    others = "、".join(other.label for other in frozen_periods(project))
    found = f"现有：{others}" if others else "还没有定版"
    raise Refused(finding("PROV-NONE", expected=period.label, found=found))


def _is_public(folder: Path, period: Period) -> bool:
    """Tell whether a folder holds the public's pack of the quarter, itself or where it is made."""
    made = folder / "outputs" / str(period.year) / f"Q{period.quarter}-public"
    packs = (Manifest.read(place / MANIFEST) for place in (folder, made))
    return any(
        (pack.year, pack.quarter) == (period.year, period.quarter) and _for_everybody(pack)
        for pack in packs
        if pack is not None
    )


def _for_everybody(pack: Manifest) -> bool:
    return all(report.kind is SubjectKind.PUBLIC for report in pack.reports)


# --- an edition -------------------------------------------------------------------------------


def _counted(project: Path, given: Path, office: Office, period: Period, number: int) -> Read:
    folder = edition_folder(project, period, number)
    try:
        _prove(project, period, number)
        data = (folder / RECORD).read_bytes()
        record = read_record(data, RECORD)
        _expect_own(record, period, number)
        assessment = Assessment.model_validate_json(_proved(folder, record, ASSESSMENT))
        table = _proved(folder, record, TASKS)
    except (InputRefused, ValidationError, OSError) as error:
        found = _words(error)
        raise Refused(finding("PROV-READ", expected=f"第{number}版", found=found)) from None
    place = f"{office.folder.rstrip('/')}/{folder.relative_to(given).as_posix()}"
    released = Released(
        number=number, issued_on=assessment.issued_on, city=assessment.subject.name,
        issuing_office=assessment.masthead.issuing_office, folder=place, record=digest(data),
        tasks=digest(table), seal=printed(record.seal), is_sample=assessment.is_sample,
    )  # fmt: skip
    _expect_fitting(assessment, released, office, period)
    _expect_one_story(assessment, record, table, released)
    line = OfficeLine(
        name=office.name, released=released, tally=tally_of(assessment),
        late=late_tasks(assessment), written=task_counts(assessment),
        words=own_words(assessment),
    )  # fmt: skip
    return Read(line=line, findings=tuple(_beside(office, record, released)))


def _prove(project: Path, period: Period, number: int) -> None:
    faults = check_edition(project, period, number)
    if faults:
        first, more = faults[0], len(faults) - 1
        words = f"{first.file} {first.message}".strip()
        words += f"（另有{more}处，请用 make verify 核验）" if more else ""
        raise Refused(finding("PROV-DAMAGED", expected=str(number), found=words))


def _expect_own(record: EditionRecord, period: Period, number: int) -> None:
    """Expect the edition to be of the quarter and of the number that its folder says."""
    if (record.period, record.number) != (period, number):
        found = f"{record.period.label}第{record.number}版"
        raise Refused(finding("PROV-PERIOD", expected=f"{period.label}第{number}版", found=found))
    if _for_everybody(record.manifest):
        raise Refused(finding("PROV-PUBLIC", expected=period.label))


def _proved(folder: Path, record: EditionRecord, name: str) -> bytes:
    """Read a file of an edition once more; it still is what was proved."""
    data = (folder / name).read_bytes()
    known = {item.path: item.sha256 for item in record.files}
    if known.get(name) != digest(data):
        raise InputRefused(f"{name} 在核验以后被改动。")
    return data


def _words(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{said(error)}。"
    if isinstance(error, ValidationError):
        return f"{ASSESSMENT} 由另一版本的软件写出，本软件不能读，请用较新的软件。"
    return str(error)


def _expect_fitting(
    assessment: Assessment, released: Released, office: Office, period: Period
) -> None:
    """Expect an edition to be of the office and of the quarter by its contents as well."""
    if assessment.period != period:
        why = finding("PROV-PERIOD", expected=period.label, found=assessment.period.label)
        raise Refused(why, released)
    if released.city != office.called:
        raise Refused(finding("PROV-OTHER", expected=office.called, found=released.city), released)


def _expect_one_story(
    assessment: Assessment, record: EditionRecord, table: bytes, released: Released
) -> None:
    """Expect record and table of tasks to say what is counted."""
    for wrong in _contradictions(assessment, record, table):
        raise Refused(finding("PROV-FIGURES", expected=str(record.number), found=wrong), released)


def _contradictions(assessment: Assessment, record: EditionRecord, table: bytes) -> Iterator[str]:
    if task_counts(assessment) != record.manifest.counts:
        yield f"{RECORD} 的 counts 与 {ASSESSMENT} 不同"
    rows = csv.DictReader(io.StringIO(table.decode(), newline=""))
    grades = {row.get("task_id"): row.get("grade") for row in rows}
    rated = {rating.task_id: str(rating.grade) for rating in assessment.task_ratings()}
    if grades != rated:
        yield f"{TASKS} 的 grade 与 {ASSESSMENT} 不同"


def _beside(office: Office, record: EditionRecord, released: Released) -> Iterator[Finding]:
    """Tell what an edition that is counted says of itself."""
    number = str(released.number)
    if released.is_sample:
        yield finding("PROV-SAMPLE", expected=number, unit=office.name)
    if record.accepted and record.accepted.findings:
        found = str(len(record.accepted.findings))
        yield finding("PROV-ACCEPTED", expected=number, found=found, unit=office.name)
