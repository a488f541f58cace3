"""Write what a check of a quarter's returns gives: pages, lists, copies for the units."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from reporting.plan.values import Plan
from reporting.project.decisions import write_decisions
from reporting.project.params import Params
from reporting.project.receipts import read_receipts
from reporting.returns.issued import issued_of
from reporting.returns.office import news
from reporting.returns.office.board import board_note, unit_lines
from reporting.returns.office.letters import FOLDER, write_letters
from reporting.returns.office.pages import (
    Places,
    check_json,
    check_page,
    check_results,
    reminder_page,
)
from reporting.returns.office.places import (
    CHECK_BOOK,
    CHECK_JSON,
    CHECK_PAGE,
    SENDBACK,
    SHEETS,
)
from reporting.returns.office.remind import (
    NAME,
    Reminders,
    reminder_book,
    reminders,
    unknown_recipients,
)
from reporting.returns.office.results import filled_decisions, results_book
from reporting.returns.office.today import Today, today
from reporting.returns.opinions import Opinion
from reporting.returns.sheets.blank import file_stem
from reporting.returns.sheets.sendback import SentBack, write_copies
from reporting.returns.sheets.written import CopyMemory
from reporting.returns.values import Returns
from reporting.system.files import read_if_there, write_changed
from reporting.system.own_fonts import font_files, usable


def take_decisions(root: Path, params: Params, quarter: int, out: Path) -> int:
    """Take what the office filled into the last check's workbook into the year's decisions."""
    filled = filled_decisions(out / SENDBACK / CHECK_BOOK, quarter, params.rating.scale)
    if filled:
        write_decisions(root, params, filled)
    return len(filled)


def write_check(
    root: Path,
    params: Params,
    plan: Plan,
    returns: Returns,
    out: Path,
    opinions: Sequence[Opinion] = (),
    *,
    on: date | None = None,
    memory: CopyMemory | None = None,
) -> tuple[str, ...]:
    """Write board, JSON, reminder list, drafts of mail and annotated copies to ``out/sendback``.

    Parameters
    ----------
    on : date, optional
        The day by which reminders go; else that of the parameters, or of the last receipt.
    memory : CopyMemory, optional
        Knows what the copies of the last check were made from.

    Returns
    -------
    tuple of str
        What is new since the last check, a line each.
    """
    folder = out / SENDBACK
    copies = write_copies(root, returns, folder, opinions, memory)
    now = today(on, params, returns.quarter, read_receipts(root, params.year))
    lines = unit_lines(returns, plan, params, now)
    places = _places(root, folder, copies, (name for line in lines for name in line.files))
    notes = (board_note(lines), now.said)
    results = check_results(returns, opinions, lines)
    own = usable(font_files(root))
    page = check_page(returns, opinions, lines, notes, places, own)
    said = news.news(read_if_there(folder / CHECK_JSON), results)
    write_changed(folder / CHECK_PAGE, page)
    write_changed(folder / CHECK_BOOK, results_book(returns, lines, "".join(notes), places.copies))
    write_changed(folder / CHECK_JSON, check_json(results).encode())
    write_changed(folder / news.NAME, news.written(said))
    _write_reminders(root, params, plan, returns, now, out, copies)
    return said


def _write_reminders(
    root: Path,
    params: Params,
    plan: Plan,
    returns: Returns,
    now: Today,
    out: Path,
    copies: Sequence[SentBack],
) -> None:
    folder, quarter = out / SENDBACK, returns.quarter
    issued = [one for u in plan.lead_units for one in issued_of(root, params.year, u, quarter)]
    told = reminders(returns, plan, params, now, issued)
    if wrong := unknown_recipients(params, plan):
        told = told.model_copy(update={"notes": (*told.notes, wrong)})
    write_changed(folder / f"{NAME}.html", reminder_page(returns, told, usable(font_files(root))))
    write_changed(folder / f"{NAME}.xlsx", reminder_book(told))
    attached = _attached(out, told, copies)
    write_letters(folder / FOLDER, told, params, now.day, attached)


def _places(root: Path, folder: Path, copies: Sequence[SentBack], names: Iterable[str]) -> Places:
    """Tell where the pages lead: to files of the project only, by the way from their folder."""
    inside = folder.resolve().is_relative_to(root.resolve())
    there = {name: _standing(root, name) for name in names} if inside else {}
    return Places(
        copies={copy.file or copy.unit: copy.path.name for copy in copies},
        files={
            name: Path(os.path.relpath(path, folder)).as_posix()
            for name, path in there.items()
            if path is not None
        },
    )


def _standing(root: Path, name: str) -> Path | None:
    """Return the file of a name, or the archive that it stands in."""
    path = root / name
    return next((p for p in (path, *path.parents) if p != root and p.is_file()), None)


def _attached(
    out: Path, told: Reminders, copies: Sequence[SentBack]
) -> Mapping[str, dict[str, bytes]]:
    """Give what goes with each letter: the unit's copies, and its blank sheet if it sent none."""
    found: dict[str, dict[str, bytes]] = {}
    for one in told.owed:
        own = (copy.path for copy in copies if copy.unit == one.unit)
        found[one.unit] = {path.name: path.read_bytes() for path in own}
        blank = read_if_there(out / SHEETS / f"{file_stem(one.unit)}.xlsx")
        if one.state in ("未报送", "未读入") and blank is not None:
            found[one.unit][f"{file_stem(one.unit)}（空白报送表）.xlsx"] = blank
    return found
