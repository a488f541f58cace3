"""Check a quarter's returns: read them all, and write what goes back to the units."""

from pathlib import Path

from reporting.plan.values import Plan
from reporting.project.params import Params
from reporting.project.roots import status_folder
from reporting.returns.pages import check_json, check_page, reminder_page
from reporting.returns.reading.read import read_returns
from reporting.returns.remind import reminder_book, reminders
from reporting.returns.sheets.sendback import write_copies
from reporting.returns.values import Returns
from reporting.system.files import write_whole

SENDBACK = "sendback"
CHECK_PAGE = "核对结果.html"
CHECK_JSON = "核对结果.json"
REMINDERS = "催报名单"


def read_before(root: Path, params: Params, plan: Plan, quarter: int) -> tuple[Returns, ...]:
    """Read the returns of the quarters before one, as far as there are any."""
    previous: tuple[Returns, ...] = ()
    for number in range(1, quarter):
        if status_folder(root, params, number).is_dir():
            read = read_returns(root, params, plan, number, previous=previous)
            previous = (*previous, read)
    return previous


def read_up_to(
    root: Path, params: Params, plan: Plan, quarter: int, *, status: Path | None = None
) -> Returns:
    """Read a quarter's returns held against the quarters before it."""
    previous = read_before(root, params, plan, quarter)
    return read_returns(root, params, plan, quarter, previous=previous, status=status)


def write_check(root: Path, params: Params, plan: Plan, returns: Returns, out: Path) -> None:
    """Write pages, JSON, reminder list and annotated copies under ``out/sendback``."""
    folder = out / SENDBACK
    write_copies(root, returns, folder)
    owed = reminders(returns, plan, params)
    write_whole(folder / CHECK_PAGE, check_page(returns))
    write_whole(folder / CHECK_JSON, check_json(returns).encode())
    write_whole(folder / f"{REMINDERS}.html", reminder_page(returns, owed))
    write_whole(folder / f"{REMINDERS}.xlsx", reminder_book(returns, owed))
