"""Annotated copies to send back: faulty cells marked, a summary sheet in front."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from reporting.findings import HELD, Finding, Severity
from reporting.periods import Period
from reporting.returns.layout import (
    ANSWER,
    OPINION,
    OPINION_AUTHOR,
    OPINION_COLUMNS,
    ROUND_NAME,
)
from reporting.returns.opinions import PREVIEW, PREVIEW_COLUMNS, Opinion, by_unit
from reporting.returns.reading.extras import reply_in, told_in
from reporting.returns.reading.files import read_again
from reporting.returns.reading.names import renamed_sheets
from reporting.returns.reading.versions import submission
from reporting.returns.rules import RULES
from reporting.returns.sheets.blank import file_stem
from reporting.returns.sheets.written import CopyMemory, own_files, put_written
from reporting.returns.values import Closed, ClosedBy, Returns
from reporting.system.digests import digest, digest_of
from reporting.values import Value
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import address, split_address
from reporting.workbooks.editing.comments import Notes, commented_cells, put_comments
from reporting.workbooks.editing.graft import (
    keep_styles,
    open_styles,
    put_in_front,
    put_name,
    read_name,
    sheet_parts,
)
from reporting.workbooks.editing.package import Package
from reporting.workbooks.editing.sheet import Place, edited_sheet, read_sheet_text
from reporting.workbooks.editing.styles import Styles
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import cell_at, dress_block, dress_list, font, put, whole_or_text

_MARKS = {
    Severity.ERROR: PatternFill("solid", fgColor="F6B8B2"),
    Severity.CONFIRM: PatternFill("solid", fgColor="E3CBEE"),
    Severity.WARNING: PatternFill("solid", fgColor="FFE08A"),
    Severity.NOTE: PatternFill("solid", fgColor="CFE2F3"),
}
_FRAMES = {
    Severity.ERROR: "A61C1C",
    Severity.CONFIRM: "6F3289",
    Severity.WARNING: "B07A00",
    Severity.NOTE: "2F6DA8",
}
_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_WANTED = {
    Severity.ERROR: "请更正“错误”各处后重新报送",
    Severity.CONFIRM: "请核实“待确认”各处，答复或者更正后重新报送，此前不予采用",
    Severity.WARNING: "请核实“提醒”各处，确有出入的，更正后重新报送",
    Severity.NOTE: "各处“说明”请知悉，读取有误的，更正后重新报送",
}
"""What the unit is asked to do, by the worst of what was found."""
CLOSED = "前次核对意见中已经办结的"
CLOSED_COLUMNS = ("序号", "办理", "所在表", "所在格", "原列问题", "原意见")
"""Heads of their own: what is closed is not read as something to be answered."""
_COLUMNS = tuple(
    zip((*OPINION_COLUMNS, ANSWER), (6.0, 14.0, 14.0, 10.0, 16.0, 70.0, 26.0), strict=True)
)


class SentBack(Value):
    """One copy, and what it answers: the file, or the unit where no file of it was read."""

    path: Path
    unit: str
    file: str = ""


def by_file(returns: Returns) -> dict[str, list[Finding]]:
    """Group the findings that concern a file by it, in the order of the files."""
    groups: dict[str, list[Finding]] = {}
    for finding in returns.all_findings:
        if finding.file:
            groups.setdefault(finding.file, []).append(finding)
    return groups


def write_copies(
    root: Path,
    returns: Returns,
    folder: Path,
    opinions: Sequence[Opinion] = (),
    memory: CopyMemory | None = None,
) -> tuple[SentBack, ...]:
    """Write an annotated copy of each return; copies of before are removed.

    A copy says how each of the unit's tasks will be rated; a unit of which nothing can be read
    is told that alone. A copy is named by its unit, or by its file where the unit is not known.
    Files that this program did not write, or that somebody changed since, are neither removed
    nor replaced.

    Parameters
    ----------
    memory : CopyMemory, optional
        Knows what the copies of an earlier check were made from; by default each is made anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before, memory = own_files(folder), memory or CopyMemory()
    standing = {digest(content): content for content in before.values()}
    written: dict[str, bytes] = {}
    sent: list[SentBack] = []
    asked = list(_copies(root, returns, opinions))
    made_from = [one for _, _, one, _ in asked]
    copies = memory.copies(made_from, standing, lambda at: asked[at][3]())
    for (unit, file, _, _), copy in zip(asked, copies, strict=True):
        stem = file_stem(unit or Path(file).stem)
        name = _free_name(folder, stem, ending(copy), written, before)
        written[name] = copy
        sent.append(SentBack(path=folder / name, unit=unit, file=file))
    put_written(folder, written, before)
    return tuple(sent)


def _copies(
    root: Path, returns: Returns, opinions: Sequence[Opinion]
) -> Iterator[tuple[str, str, str, Callable[[], bytes]]]:
    """Give every copy with its unit and file: file by file, then units without one.

    Each comes with the hash of what it is made from, and with what makes it.
    """
    period = Period(year=returns.year, quarter=returns.quarter)
    told = by_unit(opinions)
    read = {item.file: item for item in returns.returns}
    answered = {item.unit for item in returns.returns}
    groups = by_file(returns) | {
        item.file: [f for f in returns.all_findings if f.file == item.file]
        for item in returns.returns
        if item.unit in told or item.closed
    }
    for file, findings in groups.items():
        item = read.get(file)
        unit = item.unit if item else next((f.unit for f in findings if f.unit), "")
        # Of several files of a unit the one that was read is answered with what it leads to.
        said = told.pop(unit, []) if item or unit not in answered else []
        closed = item.closed if item else ()
        data = read_again(root / file)
        made_from = _hash_of(data, period, findings, said, closed)
        yield unit, file, made_from, partial(annotate, data, findings, period, said, closed)
    for unit, said in told.items():
        if unit not in returns.missing and all(opinion.is_good for opinion in said):
            continue
        found = [f for f in returns.findings if f.unit == unit]
        made_from = _hash_of(b"", period, found, said, ())
        yield unit, "", made_from, partial(_summary, found, period, {}, said)


def _hash_of(data: bytes, period: Period, *parts: Sequence[Value]) -> str:
    """Hash a file, and what a copy of it says."""
    said = [[value.model_dump_json() for value in part] for part in parts]
    return digest_of([digest(data), period.label, said])


def _free_name(
    folder: Path, stem: str, suffix: str, written: Collection[str], before: Collection[str]
) -> str:
    name, count = f"{stem}{suffix}", 1
    while name in written or (name not in before and (folder / name).exists()):
        count += 1
        name = f"{stem}（{count}）{suffix}"
    return name


def annotate(
    data: bytes,
    findings: Sequence[Finding],
    period: Period,
    opinions: Sequence[Opinion] = (),
    closed: Sequence[Closed] = (),
) -> bytes:
    """Return a workbook with its faulty cells marked and a summary in front.

    The unit's own package is edited: what is neither marked nor commented stays as it was sent.
    One that was refused, or cannot be edited, is answered by the summary alone.
    """
    if any(_is_refusal(finding) for finding in findings):
        return _summary(findings, period, {}, opinions)
    try:
        return _annotated(data, findings, period, opinions, closed)
    except Exception:  # odd packages fail in every way; the summary still goes out
        return _summary(findings, period, {}, opinions)


def ending(copy: bytes) -> str:
    """Return the ending by which a copy opens: a workbook with macros has one of its own."""
    return ".xlsm" if Package(copy).has_macros else ".xlsx"


def _is_refusal(finding: Finding) -> bool:
    return finding.code.startswith("RET-FILE-") and finding.severity in HELD


def _summary(
    findings: Sequence[Finding],
    period: Period,
    named: Mapping[str, str],
    opinions: Sequence[Opinion],
    closed: Sequence[Closed] = (),
    number: int = 1,
) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(OPINION, 0)
    unit = next((o.unit for o in opinions), "") or next((f.unit for f in findings if f.unit), "")
    title = f"{unit}　{period.label}".strip("　")
    _write_summary(sheet, findings, title, named, _closed_words(closed, findings, number))
    row = _write_closed(sheet, 4 + max(1, len(findings)), closed)
    _write_opinions(sheet, row, opinions)
    return save_book(book)


def _annotated(
    data: bytes,
    findings: Sequence[Finding],
    period: Period,
    opinions: Sequence[Opinion],
    closed: Sequence[Closed],
) -> bytes:
    package = Package(data)
    parts = sheet_parts(package)
    styles = open_styles(package)
    number = submission(read_name(package, ROUND_NAME), corrected=OPINION in parts)[0]
    told = told_in(open_book(data)) if OPINION in parts else ()
    titles = [name for name in parts if name != OPINION]
    named = _named(data, findings, titles)
    groups = _by_sheet(findings, named)
    for title in titles:
        _mark_sheet(package, parts[title], styles, groups.get(title, {}), told)
    summary = _summary(findings, period, named, opinions, closed, number)
    put_in_front(package, styles, OPINION, summary)
    put_name(package, ROUND_NAME, f"{number}|{digest(data)}")
    keep_styles(package, styles)
    copy = package.packed()
    open_book(copy)  # what cannot be read again is not sent,
    ending(copy)  # nor what does not say of which kind it is
    return copy


def _named(data: bytes, findings: Sequence[Finding], titles: Sequence[str]) -> dict[str, str]:
    """Return the names of sheets by those that findings use.

    These leave out white space that may have got into a name, and know a table by its usual one.
    """
    named = {title.strip(): title for title in reversed(titles)} | {t: t for t in titles}
    if any(f.sheet and f.sheet not in named for f in findings):
        named |= {usual: name for name, usual in renamed_sheets(open_book(data)).items()}
    return named


def _by_sheet(
    findings: Sequence[Finding], named: Mapping[str, str]
) -> dict[str, dict[Place, list[Finding]]]:
    """Group findings by the sheet as it is really named, and by their first cell."""
    groups: dict[str, dict[Place, list[Finding]]] = {}
    for finding in findings:
        if finding.sheet in named and finding.cell:
            place = split_address(finding.cell.partition(":")[0])
            groups.setdefault(named[finding.sheet], {}).setdefault(place, []).append(finding)
    return groups


def _mark_sheet(
    package: Package,
    part: str,
    styles: Styles,
    groups: Mapping[Place, Sequence[Finding]],
    told: Sequence[str],
) -> None:
    """Mark and comment the cells of one sheet, and clear the marks of an earlier copy."""
    if not package.is_editable(part):
        return
    earlier = commented_cells(package, part, OPINION_AUTHOR)
    if not (groups or earlier):
        return
    sheet = read_sheet_text(package.read(part))
    marks: dict[Place, list[Finding]] = {}
    for place, group in groups.items():
        marks.setdefault(sheet.home(*place), []).extend(group)
    texts = {address(*place): _said(group) for place, group in marks.items()}
    notes = Notes(OPINION_AUTHOR, texts, partial(reply_in, told=told))
    drawing = put_comments(package, part, sheet.legacy, notes)
    restyle: dict[Place, Callable[[int], int]] = {
        place: partial(styles.unmarked, fills=_FILLS) for place in earlier
    }
    restyle |= {place: partial(_marked, styles, _worst(group)) for place, group in marks.items()}
    package.write(part, edited_sheet(sheet, restyle, legacy=drawing))


def _marked(styles: Styles, severity: Severity, style: int) -> int:
    return styles.marked(styles.unmarked(style, _FILLS), _fill_of(severity), _FRAMES[severity])


def _fill_of(severity: Severity) -> str:
    return str(_MARKS[severity].fgColor.rgb)[-6:]


_FILLS = frozenset(map(_fill_of, _MARKS))


def _said(findings: Sequence[Finding]) -> str:
    return "\n".join(f"【{f.severity.label}】{f.message}" for f in findings)


def _worst(findings: Sequence[Finding]) -> Severity:
    return min((f.severity for f in findings), key=_RANK.__getitem__, default=Severity.NOTE)


def _write_summary(
    sheet: Worksheet,
    findings: Sequence[Finding],
    named: str,
    titles: Mapping[str, str],
    before: str,
) -> None:
    counts = [
        f"{severity.label}{sum(f.severity is severity for f in findings)}处"
        for severity in Severity
    ]
    worst = _worst(findings)
    wanted = f"{_WANTED[worst]}；单元格可点击跳转" if findings else "没有需要更正的内容"
    put(cell_at(sheet, 1, 1), f"{named}报送表核对意见")
    put(cell_at(sheet, 2, 1), f"{before}{'、'.join(counts)}。{wanted}。")
    for column, (label, _) in enumerate(_COLUMNS, 1):
        put(cell_at(sheet, 3, column), label)
    ordered = sorted(findings, key=lambda f: _RANK[f.severity])
    for row, finding in enumerate(ordered, 4):
        values: tuple[int | str, ...] = (
            row - 3, finding.severity.label, finding.sheet, finding.cell,
            RULES[finding.code].title, finding.message,
        )  # fmt: skip
        for column, value in enumerate(values, 1):
            put(cell_at(sheet, row, column), value)
        _dress_row(sheet, row, finding, titles.get(finding.sheet))
    dress_list(sheet, [wide for _, wide in _COLUMNS], len(ordered))
    sheet.protection.sheet = True


def _closed_words(closed: Sequence[Closed], findings: Sequence[Finding], number: int) -> str:
    """Say of a further submission how many opinions it closed, and how many are open."""
    if number < 2:
        return ""
    ways = (f"{by}{sum(one.by is by for one in closed)}处" for by in ClosedBy)
    left = sum(finding.severity in HELD for finding in findings)
    return f"第{number}次报送：前次意见{'、'.join(ways)}，未结{left}处。"


def _write_closed(sheet: Worksheet, row: int, closed: Sequence[Closed]) -> int:
    """List the opinions of before that are closed; return the row after them."""
    if not closed:
        return row
    put(cell_at(sheet, row + 1, 1), CLOSED)
    cell_at(sheet, row + 1, 1).font = font(size=12, bold=True)
    for column, label in enumerate(CLOSED_COLUMNS, 1):
        put(cell_at(sheet, row + 2, column), label)
    for at, one in enumerate(closed, row + 3):
        told = one.opinion
        values: tuple[int | str, ...] = (
            at - row - 2, str(one.by), told.sheet, told.cell, RULES[told.code].title, told.message,
        )  # fmt: skip
        for column, value in enumerate(values, 1):
            put(cell_at(sheet, at, column), value)
    dress_block(sheet, row + 2, [wide for _, wide in _COLUMNS][: len(CLOSED_COLUMNS)], len(closed))
    return row + 3 + len(closed)


def _write_opinions(sheet: Worksheet, row: int, opinions: Sequence[Opinion]) -> None:
    """Say under the findings how each task will be rated, the worst first."""
    if not opinions:
        return
    put(cell_at(sheet, row + 1, 1), PREVIEW)
    cell_at(sheet, row + 1, 1).font = font(size=12, bold=True)
    ordered = [*(o for o in opinions if not o.is_good), *(o for o in opinions if o.is_good)]
    for column, label in enumerate(PREVIEW_COLUMNS, 1):
        put(cell_at(sheet, row + 2, column), label)
    for at, opinion in enumerate(ordered, row + 3):
        values: tuple[int | str, ...] = (
            whole_or_text(opinion.number), opinion.self_rating, opinion.grade,
            f"{opinion.sheet} {opinion.cell}".strip(), opinion.rule, opinion.sentence,
        )  # fmt: skip
        for column, value in enumerate(values, 1):
            put(cell_at(sheet, at, column), value)
    widths = [wide for _, wide in _COLUMNS][: len(PREVIEW_COLUMNS)]
    dress_block(sheet, row + 2, widths, len(ordered))


def _dress_row(sheet: Worksheet, row: int, finding: Finding, title: str | None) -> None:
    cell_at(sheet, row, 2).fill = _MARKS[finding.severity]
    cell_at(sheet, row, 2).alignment = Alignment(horizontal="center", vertical="top")
    cell_at(sheet, row, len(_COLUMNS)).protection = Protection(locked=False)
    if finding.cell and title:
        cell = cell_at(sheet, row, 4)
        place = f"'{title.replace(chr(39), chr(39) * 2)}'!{finding.cell}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
