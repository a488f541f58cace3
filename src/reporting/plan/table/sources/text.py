"""Text files: one cell a tab-led line, or one row a line with tabs, pipes or commas."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reporting.errors import InputRefused
from reporting.language.phrases import table_words
from reporting.language.row_words import is_note, is_page_number, is_sum_line, numbered_title
from reporting.plan.parties.names import is_unit_like
from reporting.plan.table.grid import Grid, GridCell, GridRow, LooseLine, Source
from reporting.plan.table.sources.spaced import is_header, read_spaced

_PIPES = ("|", "｜", "│", "┃")
_PIPE = re.compile(r"[|｜│┃]")
_RULE = re.compile(r"[\s|｜│┃:：\-─━+┼├┤┌┐└┘┬┴=]*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"\s*[（(]?\d{1,4}[）).．、]?\s*")
_LONGEST_CELL = 200
_GARBAGE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Decode a text file; return its text and the encoding when it is not UTF-8.

    Raises
    ------
    InputRefused
        The bytes are neither UTF-8, UTF-16 with a mark nor GB18030 text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, name), "" if encoding == "utf-8-sig" else encoding
    if (wide := _unmarked(data)) is not None:
        return _decoded(data, wide, name), wide
    try:
        return _checked(data.decode("utf-8"), name), ""
    except UnicodeDecodeError as error:
        fault = error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise InputRefused(_wrong_encoding(data, fault, name)) from None
    # Nearly any bytes are some GB18030 text; a Chinese table has its commonest words.
    if not table_words.COMMON.search(text):
        raise InputRefused(_wrong_encoding(data, fault, name))
    return _checked(text, name), "GB18030"


def _unmarked(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: every other byte of its tabs and line ends is zero."""
    for encoding, tab, line in (("utf-16-le", b"\t\0", b"\n\0"), ("utf-16-be", b"\0\t", b"\0\n")):
        at = 0 if encoding.endswith("be") else 1
        ends = data.count(line) + data.count(tab)
        if (
            len(data) % 2 == 0
            and ends
            and data[at::2].count(0) >= ends > data[1 - at :: 2].count(0)
        ):
            return encoding
    return None


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise InputRefused(_wrong_encoding(data, error, name)) from None


def _wrong_encoding(data: bytes, error: UnicodeDecodeError, name: str) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    return f"{name}第{line}行：应为 UTF-8 或 GB18030 编码的文字，实际有无法识别的字节，未读取。"


def _checked(text: str, name: str) -> str:
    match = _GARBAGE.search(text)
    if match is not None:
        line = text.count("\n", 0, match.start()) + 1
        found = f"U+{ord(match[0]):04X}"
        raise InputRefused(f"{name}第{line}行：应为文字，实际有乱码字符（{found}），未读取。")
    return text


def read_text(data: bytes, name: str) -> Source:
    """Read a text file as one grid; rows of tab-led cells are ragged."""
    text, encoding = decode(data, name)
    notes = (encoding,) if encoding else ()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    lines = text.replace("\x0c", "\n").split("\n")
    tabbed = [line for line in lines if "\t" in line]
    if any("\t" in line.strip() for line in tabbed):
        led = sum(line.startswith("\t") and "\t" not in line[1:].strip() for line in tabbed)
        if 2 * led < len(tabbed):
            return _split_rows(lines, "\t", name, notes)
    elif not tabbed and sum(bool(_PIPE.search(line)) for line in lines) > 1:
        return _piped(lines, name, notes)
    elif not tabbed and name.lower().endswith(".csv"):
        return _split_rows(lines, _separator(lines), name, notes)
    elif not tabbed and (spaced := _spaced(lines, name, notes)) is not None:
        return spaced
    return _led(lines, name, notes)


def _separator(lines: list[str]) -> str:
    """Tell a comma from the semicolon that some countries' Excel writes, by the first row."""
    counts = ((line.count(","), line.count(";")) for line in lines)
    commas, semicolons = next((pair for pair in counts if max(pair) > 1), (1, 0))
    return ";" if semicolons > commas else ","


def _is_title(line: str, row: Sequence[object], header: Sequence[object]) -> bool:
    """Tell the title of a section, on a line of its own under a whole row, from its last cell."""
    title = numbered_title(line.strip(" \t\u3000#*"))
    return 1 < len(row) == len(header) and bool(title) and not is_unit_like(title)


def _is_page(line: str, *, blank: bool) -> bool:
    """Tell a page number from a figure on a line of its own: it stands apart or says so."""
    bare = line.strip()
    told = bare.startswith(("第", "-", "—", "–", "－")) or bare.endswith("页")
    return is_page_number(line) and (blank or told)


def _spaced(lines: list[str], name: str, notes: tuple[str, ...]) -> Source | None:
    """One row a line, its columns set with spaces; None when any line is not."""
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    head = next((at for at, (_, line) in enumerate(numbered) if is_header(line)), None)
    if head is None:
        return None
    below = numbered[head:]
    end = next((at for at, (_, line) in enumerate(below) if is_note(line)), len(below))
    rows = read_spaced([item for item in below[:end] if not is_page_number(item[1])])
    if rows is None:
        return None
    pages = [item for item in below[:end] if is_page_number(item[1])]
    loose = [LooseLine(number, line) for number, line in numbered[:head]]
    loose += [LooseLine(number, line, after=True) for number, line in (*pages, *below[end:])]
    return Source(name, (Grid(tuple(rows)),), tuple(loose), notes=notes)


def _led(lines: list[str], name: str, notes: tuple[str, ...]) -> Source:
    """One cell a tab-led line; a blank line before a tab-led one starts a row."""
    rows: list[list[tuple[int, list[str]]]] = []
    loose: list[LooseLine] = []
    blank, closed = True, False
    last = max((number for number, line in enumerate(lines, 1) if line.startswith("\t")), default=0)
    for number, line in enumerate(lines, 1):
        # Below a whole row, with nothing after it, a figure is the number of the page, and a
        # remark below the last one belongs to the table.
        whole = bool(rows) and 1 < len(rows[-1]) == len(rows[0])
        parted = blank or (whole and number > last)
        closed = not line.startswith("\t") and (closed or (parted and is_note(line)))
        ends = whole and not "".join(lines[number : number + 1]).strip()
        if line.startswith("\t"):
            if blank or not rows:
                rows.append([])
            rows[-1].append((number, [line[1:]]))
        elif rows and blank and not closed and _is_title(line, rows[-1], rows[0]):
            rows.append([(number, [line])])
        elif rows and line.strip() and not closed and not _is_page(line, blank=blank or ends):
            # A blank line inside a cell is the cell's own.
            rows[-1][-1][1].extend([""] * blank + [line])
        elif line.strip():
            loose.append(LooseLine(number, line, after=bool(rows)))
            continue
        blank = not line.strip() and not line.startswith("\t")
    made = tuple(
        GridRow(tuple(GridCell("\n".join(parts), number) for number, parts in row)) for row in rows
    )
    return Source(name, (Grid(made),) if made else (), tuple(loose), ragged=True, notes=notes)


def _split_rows(lines: list[str], separator: str, name: str, notes: tuple[str, ...]) -> Source:
    """One row a line; a quoted cell or a line without separator goes on."""
    rows: list[list[GridCell]] = []
    loose: list[LooseLine] = []
    closed = False
    for number, cells in _mended(list(_records(lines, separator))):
        # A remark below a whole row ends it, and so the lines of the remark.
        whole = len(cells) < 2 and bool(rows) and len(rows[-1]) == len(rows[0])
        closed = len(cells) < 2 and (closed or (whole and is_note("".join(cells))))
        if len(cells) > 1:
            rows.append([GridCell(cell, number) for cell in cells])
        elif not cells or not cells[0].strip():
            continue
        elif not rows or closed or is_page_number(cells[0]) or is_sum_line(cells[0]):
            loose.append(LooseLine(number, cells[0], after=bool(rows)))
        elif _is_title(cells[0], rows[-1], rows[0]) or len(rows[-1]) == 1:
            rows.append([GridCell(cells[0], number)])
        else:
            last = rows[-1][-1]
            rows[-1][-1] = GridCell(f"{last.text}\n{cells[0]}", last.line)
    grid = Grid(tuple(GridRow(tuple(row)) for row in rows))
    return Source(name, (grid,) if rows else (), tuple(loose), trimmed=True, notes=notes)


def _mended(records: list[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Put records together that breaks inside cells cut: as many cells as a row has."""
    counts = Counter(len(cells) for _, cells in records if len(cells) > 1)
    width = max(counts, key=lambda count: (counts[count], count), default=0)
    at = 0
    while at < len(records):
        number, cells = records[at]
        joined, end = list(cells), at + 1
        while 1 < len(joined) < width and end < min(len(records), at + _LONGEST_CELL):
            more = records[end][1]
            if _ROW_NUMBER.fullmatch(cells[0]) and more and _ROW_NUMBER.fullmatch(more[0]):
                break  # The next row, and not the rest of this one.
            joined = [*joined[:-1], f"{joined[-1]}\n{more[0] if more else ''}", *more[1:]]
            end += 1
        if len(joined) == width and len(cells) > 1:
            yield number, joined
            at = end
        else:
            yield number, cells
            at += 1


def _records(lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    text = "\n".join(lines)
    if text.count('"') % 2:
        yield from ((number, line.split(separator)) for number, line in enumerate(lines, 1))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num


def _closed(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield lines with those that go on until the pipe that closes their row."""
    opened: list[str] = []
    first = 0
    framed = _is_framed(lines)
    for number, line in enumerate(lines, 1):
        first = first if opened else number
        if framed and (opened or line.strip().startswith(_PIPES)):
            opened.append(line)
            if not line.strip().endswith(_PIPES):
                continue
            line, opened = "\n".join(opened), []
        yield first, line
    if opened:
        yield first, "\n".join(opened)


def _is_framed(lines: list[str]) -> bool:
    """Tell whether a pipe opens and closes each row, by the first that one opens."""
    head = next((line.strip() for line in lines if line.strip().startswith(_PIPES)), "")
    return len(head) > 1 and head.endswith(_PIPES)


def _piped(lines: list[str], name: str, notes: tuple[str, ...]) -> Source:
    rows: list[GridRow] = []
    groups: list[int] = []
    loose: list[LooseLine] = []
    closed = False
    rules = 0
    framed = _is_framed(lines)
    for number, line in _closed(lines):
        if _RULE.fullmatch(line):
            rules += bool(line.strip())
            continue
        if not _PIPE.search(line):
            closed = closed or is_note(line)
            if rows and not closed and _is_title(line, rows[-1].cells, rows[0].cells):
                rows.append(GridRow((GridCell(line.strip(" #*"), number),)))
                groups.append(rules)
            elif rows and not closed and not is_page_number(line):
                *before, last = rows[-1].cells
                last = GridCell(f"{last.text}\n{line}", last.line)
                rows[-1] = GridRow((*before, last))
            else:
                loose.append(LooseLine(number, line, after=bool(rows)))
            continue
        closed = False
        cells = _PIPE.split(line.strip())
        opened = line.strip()[0] in _PIPES
        if (framed or opened) and not cells[-1]:
            cells = cells[:-1]
        cells = cells[1:] if opened else cells
        rows.append(GridRow(tuple(GridCell(_BREAK.sub("\n", cell), number) for cell in cells)))
        groups.append(rules)
    made = tuple(_stripped(row) for row in _unwrapped(*_unbroken(rows, groups)))
    return Source(name, (Grid(made),) if made else (), tuple(loose), notes=notes)


def _stripped(row: GridRow) -> GridRow:
    return GridRow(tuple(GridCell(cell.text.strip(), cell.line) for cell in row.cells))


def _unbroken(rows: list[GridRow], groups: list[int]) -> tuple[list[GridRow], list[int]]:
    """Put rows together that are broken over lines: as many cells as the first row has.

    A break stands inside a cell or between two; where the count fits neither, the lines stay as
    they are, and what becomes of them is not for this module to tell.
    """
    made: list[tuple[GridRow, int]] = []
    at = 0
    while at < len(rows):
        run = _broken_run(rows, groups, at)
        whole = _put_together([rows[one] for one in run], len(rows[0].cells))
        made.append((whole or rows[at], groups[at]))
        at = run.stop if whole else at + 1
    return [row for row, _ in made], [group for _, group in made]


def _broken_run(rows: Sequence[GridRow], groups: Sequence[int], at: int) -> range:
    """Return the row with those after it that may be its rest: none has a number or is whole."""
    width, end = len(rows[0].cells), at + 1
    while (
        1 < len(rows[at].cells) < width
        and end < len(rows)
        and groups[end] == groups[at]
        and len(rows[end].cells) < width
        and not (len(rows[end].cells) > 1 and _ROW_NUMBER.fullmatch(rows[end].texts[0]))
        and not is_note(rows[end].texts[0])
        and not _is_title(rows[end].texts[0], rows[0].cells, rows[0].cells)
    ):
        end += 1
    return range(at, end)


def _put_together(run: Sequence[GridRow], width: int) -> GridRow | None:
    count = sum(len(row.cells) for row in run)
    if len(run) < 2 or width not in (count, count - len(run) + 1):
        return None
    cells = list(run[0].cells)
    for row in run[1:]:
        more = list(row.cells)
        if count != width:  # The break stands inside a cell.
            rest = more.pop(0)
            cells[-1] = replace(cells[-1], text=f"{cells[-1].text.strip()}\n{rest.text.strip()}")
        cells += more
    return GridRow(tuple(cells))


def _unwrapped(rows: list[GridRow], groups: list[int]) -> list[GridRow]:
    """Put the lines of a drawn row together, where rules part every row from the next.

    With fewer rules these only frame the table and part off its header. A line that has a
    number, or a text in every cell, is a row by itself, and so are then all others.
    """
    parted = list(pairwise(zip(groups, rows, strict=True)))
    more = [row for (before, _), (group, row) in parted if before == group]
    wrapped = all("" in map(str.strip, row.texts) for row in more) and not any(
        _ROW_NUMBER.fullmatch(row.texts[0]) for row in more
    )
    if len(set(groups)) < 3 or not more or not wrapped:
        return rows
    made: dict[int, GridRow] = {}
    for group, row in zip(groups, rows, strict=True):
        made[group] = _below(made[group], row) if group in made else row
    return list(made.values())


def _below(row: GridRow, more: GridRow) -> GridRow:
    """Add a line to a drawn row."""
    cells = [
        replace(cell, text=_continued(cell.text, added.text)) if added.text.strip() else cell
        for cell, added in zip(row.cells, more.cells, strict=False)
    ]
    return GridRow((*cells, *more.cells[len(cells) :], *row.cells[len(cells) :]))


def _continued(text: str, more: str) -> str:
    """Go on with a text: what fills its cell to the edge is broken, unless it is a name."""
    broken = text[-1:].strip() and not is_unit_like(text.rpartition("\n")[2])
    return text + more if broken else f"{text}\n{more}"
