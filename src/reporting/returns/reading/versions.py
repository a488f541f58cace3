"""Several returns of one unit: which follows which, what joins, and what must be chosen.

Nothing that can be read is left out for want of an order: rows that only one return has, or in
which all agree, are taken; where they differ, both are shown and neither is taken.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from reporting.findings import HELD, Finding
from reporting.returns.layout import COLUMNS, OPINION, PROGRESS, ROUND_NAME, SIGNATURE
from reporting.returns.promises.values import PromiseAnswer
from reporting.returns.rules import finding
from reporting.returns.values import Actual, Closed, ClosedBy, ProgressRow, Return
from reporting.workbooks.cells import Book, split_address

_TEXTS = tuple(
    spec.field for spec in COLUMNS[PROGRESS] if spec.fill and spec.field not in SIGNATURE
)
_OWED = frozenset(
    {"RET-EMPTY", "RET-SIGNATURE", "RET-ACTUAL-EMPTY", "RET-ROW-MISSING",
     "RET-EXTRA-MISSING", "RET-EXTRA-COLUMN"}
)  # fmt: skip
"""What one of two joined returns does not owe when the other has it."""
_MOST_PLACES = 8


def round_of(book: Book) -> tuple[int, str]:
    """Return which submission a workbook is, and the digest of the one it corrects.

    A copy that was sent back says so; one of which only the opinions are left is a second one.
    """
    return submission(book.names.get(ROUND_NAME, ""), corrected=book.sheet(OPINION) is not None)


def submission(mark: str, *, corrected: bool) -> tuple[int, str]:
    """Read the mark of a copy; without one, only opinions tell a correction."""
    number, _, corrects = mark.strip('"').partition("|")
    if number.isascii() and number.isdigit() and len(number) < 4:
        return int(number) + 1, corrects
    return (2 if corrected else 1), ""


def settle_versions(items: Iterable[Return]) -> tuple[list[Return], list[Finding]]:
    """Keep one return a unit, and say how it came of several."""
    by_unit: dict[str, list[Return]] = {}
    for item in items:
        by_unit.setdefault(item.unit, []).append(item)
    kept: list[Return] = []
    findings: list[Finding] = []
    for group in by_unit.values():
        item, notes = _settle(group)
        kept.append(item)
        findings += notes
    return kept, findings


def _settle(group: Sequence[Return]) -> tuple[Return, list[Finding]]:
    first = {item.sha256: item for item in reversed(group)}
    different = [item for item in group if item is first[item.sha256]]
    notes = [
        _same_file(item, first[item.sha256]) for item in group if item is not first[item.sha256]
    ]
    last, earlier, beside = _last_round(different)
    item, more = _latest_or_joined(last) if len(last) > 1 else (last[0], [])
    if beside:
        item, joined = _with_the_rest(item, beside)
        more = [*more, joined]
    item = _since_the_first(item, [*last, *beside], different)
    before = [_followed(item, last) for last in earlier]
    if len(group) > 1:
        item = item.model_copy(update={"files": tuple(one.file for one in group)})
    return _with_closed(item, earlier), notes + more + before


def _since_the_first(item: Return, parts: Sequence[Return], items: Sequence[Return]) -> Return:
    """Say with which submissions a return began, which are those that may have been late."""
    lines = [_line([part], items)[-1] for part in parts]
    if len(parts) == 1 and not parts[0].corrects:
        return item
    days = [first.reported_on for first in lines if first.reported_on]
    first_day = max(days, default=None) if len(days) == len(lines) else None
    began = {
        "firsts": tuple(dict.fromkeys(first.corrects or first.sha256 for first in lines)),
        "first_reported_on": first_day,
    }
    late = any(f.code == "RET-LATE" for first in lines for f in first.findings)
    told = (f for f in item.findings if late or f.code != "RET-LATE")
    return item.model_copy(update=began | {"findings": tuple(told)})


def _same_file(item: Return, first: Return) -> Finding:
    return finding("RET-DUPLICATE-SAME", file=item.file, unit=item.unit, found=first.file)


def _last_round(items: Sequence[Return]) -> tuple[list[Return], list[Return], list[Return]]:
    """Part those of the last round from those that they replace, and from those beside them.

    A return that no copy corrects is beside the last round where it answers what neither that
    nor what that corrects does: the half of another division, which nobody had to correct.
    """
    corrected = {item.corrects for item in items}
    open_ends = [item for item in items if item.sha256 not in corrected] or list(items)
    highest = max(item.round for item in open_ends)
    last = [item for item in open_ends if item.round == highest]
    known = frozenset().union(*(_answered(item) for item in _line(last, items)))
    beside = [item for item in open_ends if item not in last and not _answered(item) <= known]
    gone = [item for item in items if item not in last and item not in beside]
    return last, gone, beside


def _line(last: Sequence[Return], items: Sequence[Return]) -> list[Return]:
    """Return the last of a round and all that they correct, one after another."""
    by_digest = {item.sha256: item for item in items}
    line: list[Return] = []
    todo = list(last)
    while todo:
        item = todo.pop()
        if item not in line:
            line.append(item)
            todo += [by_digest[item.corrects]] if item.corrects in by_digest else []
    return line


def _followed(item: Return, before: Return) -> Finding:
    """Say what a later submission changed, what it left open and what is new in it."""
    changed = [place for row in item.rows for place in _changes(row, before)]
    known = set(_opinions(before))
    now = _opinions(item)
    left = sum(identity in known for identity in now)
    places = "、".join(changed[:_MOST_PLACES]) + ("等" if len(changed) > _MOST_PLACES else "")
    parts = [f"改{len(changed)}处（{places}）" if changed else "未作改动"]
    parts.append(f"原有意见办结{len(known) - left}处、仍有{left}处")
    parts.append(f"新出现{len(now) - left}处")
    return finding(
        "RET-VERSION",
        file=item.file,
        unit=item.unit,
        expected=f"第{item.round}次报送，取代“{_short(before)}”",
        found="，".join(parts),
    )


def _opinions(item: Return) -> dict[tuple[str, ...], Finding]:
    """Return what a unit must correct or answer, once each."""
    return {_identity(f): f for f in item.findings if f.severity in HELD}


def _with_closed(item: Return, earlier: Sequence[Return]) -> Return:
    """Mark the opinions on earlier submissions that this one leaves no more."""
    now = _opinions(item)
    known = {key: found for before in earlier for key, found in _opinions(before).items()}
    closed = [
        Closed(opinion=found, by=_closed_by(item, found))
        for key, found in known.items()
        if key not in now
    ]
    return item.model_copy(update={"closed": tuple(closed)}) if closed else item


def _closed_by(item: Return, opinion: Finding) -> ClosedBy:
    place = opinion.sheet, opinion.cell
    said = (f for f in item.findings if f.code == "RET-CONFIRMED")
    answered = any((f.sheet, f.cell) == place for f in said)
    return ClosedBy.ANSWERED if answered else ClosedBy.CORRECTED


def _changes(row: ProgressRow, before: Return) -> list[str]:
    """Return the cells of a row that say something else than before."""
    old = next((r for r in before.rows if r.milestone_id == row.milestone_id), None)
    names = [n for n in _TEXTS if getattr(row, n) != getattr(old, n, None)]
    places = [f"{row.sheet}!{row.cells[n]}" for n in names if n in row.cells]
    places += [f"{row.sheet}清空{_label(n)}" for n in names if n not in row.cells and old]
    places += _extra_changes(row, old)
    figures = {a.target_id: a.value for a in old.actuals} if old else {}
    for actual in row.actuals:
        if actual.value != figures.get(actual.target_id) and not actual.same_as:
            places.append(_place(row, actual))
    return places


def _extra_changes(row: ProgressRow, old: ProgressRow | None) -> list[str]:
    """Return the cells of the office's own columns that say something else than before."""
    now, then = row.extra_texts, old.extra_texts if old else {}
    places = [f"{row.sheet}!{one.cell}" for one in row.extra if one.text != then.get(one.name)]
    return places + [f"{row.sheet}清空{name}" for name in then if name not in now]


def _label(name: str) -> str:
    return next(spec.label for spec in COLUMNS[PROGRESS] if spec.field == name)


def _identity(noted: Finding) -> tuple[str, ...]:
    return noted.code, noted.sheet, noted.cell, noted.task_id, noted.expected


def _latest_or_joined(items: Sequence[Return]) -> tuple[Return, list[Finding]]:
    """Take the one with the latest date where it answers all that the others do; else join."""
    dates = sorted((item.reported_on for item in items if item.reported_on), reverse=True)
    latest = [item for item in items if dates and item.reported_on == dates[0]]
    if len(latest) == 1 and len(dates) == len(items):
        others = [item for item in items if item is not latest[0]]
        if all(_answered(other) <= _answered(latest[0]) for other in others):
            return latest[0], [_dated(latest[0], items)]
    return _joined(items)


def _dated(item: Return, items: Sequence[Return]) -> Finding:
    found = f"{len(items)}份（{'、'.join(map(_short, items))}）"
    said = "以填报日期最晚的一份为准"
    return finding("RET-DUPLICATE", file=item.file, unit=item.unit, expected=said, found=found)


def _answered(item: Return) -> frozenset[str]:
    return frozenset(row.milestone_id for row in item.rows if _has_texts(row))


def _has_texts(row: ProgressRow) -> bool:
    return bool(row.extra) or any(getattr(row, name) not in ("", None) for name in _TEXTS)


def _joined(items: Sequence[Return]) -> tuple[Return, list[Finding]]:
    """Join several returns, row by row."""
    rows: list[ProgressRow] = []
    disputed: list[ProgressRow] = []
    doubts: list[Finding] = []
    for milestone_id in dict.fromkeys(row.milestone_id for item in items for row in item.rows):
        said = [r for item in items for r in item.rows if r.milestone_id == milestone_id]
        answers = [row for row in said if _has_texts(row)] or said[:1]
        differing = _differing(answers)
        if differing is not None:
            doubts.append(differing)
            disputed += answers
            continue
        row, more = _with_figures(answers[0], said)
        rows.append(row)
        doubts += more
    answered, differing_answers = _joined_answers(items)
    doubts += differing_answers
    joined = items[0].model_copy(
        update={
            "rows": tuple(rows),
            "answers": tuple(answered),
            "disputed": tuple(disputed),
            "findings": (*_findings(items), *doubts),
            "is_sample": any(item.is_sample for item in items),
            "reported_on": max((i.reported_on for i in items if i.reported_on), default=None),
        }
    )
    return joined, [_joined_note(items)]


def _joined_note(items: Sequence[Return]) -> Finding:
    found = f"{len(items)}份报送表（{'、'.join(map(_short, items))}）"
    return finding("RET-JOINED", file=items[0].file, unit=items[0].unit, found=found)


def _joined_answers(items: Sequence[Return]) -> tuple[list[PromiseAnswer], list[Finding]]:
    """Take what is said of each promised step once; where it differs, none is taken."""
    answers: list[PromiseAnswer] = []
    doubts: list[Finding] = []
    for promise_id in dict.fromkeys(one.promise_id for item in items for one in item.answers):
        every = [a for item in items for a in item.answers if a.promise_id == promise_id]
        said = [one for one in every if one.outcome is not None] or every[:1]
        if len({(one.outcome, one.on) for one in said}) == 1:
            answers.append(said[0])
            continue
        shown = "与".join(
            f"“{one.outcome}{one.on or ''}”（{one.file.rsplit('/', 1)[-1]}）" for one in said
        )
        first = said[0]
        doubts.append(
            finding(
                "RET-VERSIONS-DIFFER",
                file=first.file,
                sheet=first.sheet,
                cell=first.cells["outcome"],
                unit=first.unit,
                task_id=first.task_id,
                found=shown,
            )
        )
    return answers, doubts


def _with_the_rest(item: Return, beside: Sequence[Return]) -> tuple[Return, Finding]:
    """Add to the last round what only those beside it answer; where both do, the later holds."""
    rest, _ = _latest_or_joined(beside) if len(beside) > 1 else (beside[0], [])
    answered = _answered(item)
    rows, doubts = [], []
    for milestone_id in dict.fromkeys(row.milestone_id for row in (*item.rows, *rest.rows)):
        said = [r for r in (*item.rows, *rest.rows) if r.milestone_id == milestone_id]
        if milestone_id in answered or len(said) == 1:
            rows.append(said[0])
            continue
        row, more = _with_figures(said[-1] if _has_texts(said[-1]) else said[0], said)
        rows.append(row)
        doubts += more
    replaced = {place for row in rest.rows if row.milestone_id in answered for place in _lines(row)}
    standing = tuple(f for f in rest.findings if _line_of(f.sheet, f.cell) not in replaced)
    together = [item, rest.model_copy(update={"findings": standing})]
    open_still = (row for row in rest.disputed if row.milestone_id not in answered)
    answers, more = _joined_answers([item, rest])
    joined = item.model_copy(
        update={
            "rows": tuple(rows),
            "answers": tuple(answers),
            "disputed": (*item.disputed, *open_still),
            "findings": (*_findings(together), *doubts, *more),
            "is_sample": item.is_sample or rest.is_sample,
        }
    )
    return joined, _joined_note([item, *beside])


def _lines(row: ProgressRow) -> set[tuple[str, int]]:
    """Return the sheets and lines that a row was read from."""
    cells = (*row.cells.values(), *(one.cell for one in row.extra))
    places = (place.rpartition("!") for place in cells)
    return {_line_of(sheet or row.sheet, cell) for sheet, _, cell in places}


def _line_of(sheet: str, cell: str) -> tuple[str, int]:
    return sheet, split_address(cell.partition(":")[0])[0] if cell else 0


def _differing(rows: Sequence[ProgressRow]) -> Finding | None:
    """Return the finding that two answers to one question differ in their words."""
    first = rows[0]
    for other in rows[1:]:
        for name in _TEXTS:
            one, two = getattr(first, name), getattr(other, name)
            if one != two:
                said = [(first, one, first.cells.get(name)), (other, two, other.cells.get(name))]
                return _to_choose(first, first.cells.get(name) or _any_cell(first), said)
        if (differing := _differing_extra(first, other)) is not None:
            return differing
    return None


def _differing_extra(first: ProgressRow, other: ProgressRow) -> Finding | None:
    """Return the finding that two rows differ in a column of the office's own."""
    found = [{one.name: one for one in row.extra} for row in (first, other)]
    for name in dict.fromkeys((*found[0], *found[1])):
        pair = [values.get(name) for values in found]
        texts = [one.text if one else "" for one in pair]
        if texts[0] != texts[1]:
            cells = [one.cell if one else "" for one in pair]
            said = zip((first, other), texts, cells, strict=True)
            return _to_choose(first, cells[0] or _any_cell(first), said)
    return None


def _any_cell(row: ProgressRow) -> str:
    return next((row.cells[name] for name in _TEXTS if name in row.cells), "")


def _with_figures(
    row: ProgressRow, said: Sequence[ProgressRow]
) -> tuple[ProgressRow, list[Finding]]:
    """Hold the figures of a row against those of the other returns; what differs is no value."""
    actuals, doubts = [], []
    for actual in row.actuals:
        every = [(r, a) for r in said for a in r.actuals if a.target_id == actual.target_id]
        given = [(other, a) for other, a in every if _figure(a) is not None]
        if any(_figure(a) != _figure(actual) for _, a in given):
            own = [] if _figure(actual) is not None else [(row, actual)]
            shown = [(r, _figure(a), _place(r, a)) for r, a in (*own, *given)]
            if not actual.same_as:
                doubts.append(_to_choose(row, actual.cell, shown, sheet=actual.sheet))
            actual = actual.model_copy(update={"value": None, "held": None})
        actuals.append(actual)
    return row.model_copy(update={"actuals": tuple(actuals)}), doubts


def _figure(actual: Actual) -> Decimal | None:
    return actual.held if actual.value is None else actual.value


def _to_choose(
    row: ProgressRow,
    cell: str,
    said: Iterable[tuple[ProgressRow, Any, str | None]],
    *,
    sheet: str = "",
) -> Finding:
    shown = "与".join(_quoted(at, value, place or "") for at, value, place in said)
    return finding(
        "RET-VERSIONS-DIFFER",
        file=row.file,
        sheet=sheet or row.sheet,
        cell=cell,
        unit=row.unit,
        task_id=row.task_id,
        found=shown,
    )


def _quoted(row: ProgressRow, value: Any, place: str) -> str:
    said = "（空）" if value in ("", None) else value
    return f"“{said}”（{f'{_short(row)} {place}'.strip()}）"


def _place(row: ProgressRow, actual: Actual) -> str:
    return f"{actual.sheet or row.sheet}!{actual.cell}"


def _findings(items: Sequence[Return]) -> Iterable[Finding]:
    """Give the findings of all returns, but what one owes and another has."""
    owed = [{_identity(f) for f in item.findings if f.code in _OWED} for item in items]
    common = frozenset.intersection(*map(frozenset, owed))
    for at, item in enumerate(items):
        for noted in item.findings:
            if noted.code not in _OWED or (at == 0 and _identity(noted) in common):
                yield noted


def _short(item: Return | ProgressRow) -> str:
    return item.file.rsplit("/", 1)[-1]
