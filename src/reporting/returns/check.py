"""Write what a check of a quarter's returns gives: pages, lists, copies for the units."""

from collections.abc import Sequence
from pathlib import Path

from reporting.plan.values import Plan
from reporting.project.decisions import write_decisions
from reporting.project.params import Params
from reporting.returns.opinions import Opinion
from reporting.returns.pages import check_json, check_page, reminder_page
from reporting.returns.sheets.remind import reminder_book, reminders
from reporting.returns.sheets.results import filled_decisions, results_book
from reporting.returns.sheets.sendback import write_copies
from reporting.returns.values import Returns
from reporting.system.files import write_whole

SENDBACK = "sendback"
CHECK_PAGE = "核对结果.html"
CHECK_BOOK = "核对结果.xlsx"
CHECK_JSON = "核对结果.json"
REMINDERS = "催报名单"


def take_decisions(root: Path, params: Params, quarter: int, out: Path) -> int:
    """Take what the office filled into the last check's workbook into the year's decisions."""
    filled = filled_decisions(out / SENDBACK / CHECK_BOOK, quarter)
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
) -> None:
    """Write pages, JSON, reminder list and annotated copies under ``out/sendback``."""
    folder = out / SENDBACK
    write_copies(root, returns, folder, opinions)
    owed = reminders(returns, plan, params)
    write_whole(folder / CHECK_PAGE, check_page(returns, opinions))
    write_whole(folder / CHECK_BOOK, results_book(returns))
    write_whole(folder / CHECK_JSON, check_json(returns, opinions).encode())
    write_whole(folder / f"{REMINDERS}.html", reminder_page(returns, owed))
    write_whole(folder / f"{REMINDERS}.xlsx", reminder_book(returns, owed))
