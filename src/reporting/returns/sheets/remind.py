"""The reminder list (催报名单): which units owe a return, or a corrected one."""

from collections import Counter

from openpyxl import Workbook

from reporting.findings import Severity
from reporting.periods import Period, full_date
from reporting.plan.values import Plan
from reporting.project.params import Params
from reporting.returns.layout import SAMPLE_MARK, asked
from reporting.returns.values import Returns
from reporting.values import Value
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import cell_at, dress_list, put

COLUMNS = (
    ("序号", 7.0),
    ("单位", 30.0),
    ("情况", 18.0),
    ("应报行数", 11.0),
    ("应更正处数", 12.0),
    ("应答复处数", 12.0),
    ("应报日期", 17.0),
    ("需要做什么", 56.0),
)


_STATES = ("未报送", "未按要求报送", "需更正", "需答复")
"""What may be owed, the most first."""


class Reminder(Value):
    """One unit that owes something."""

    unit: str
    state: str
    rows: int
    errors: int
    asked: int
    due: str
    action: str

    def cells(self, number: int) -> tuple[int | str, ...]:
        """Return the row of the list."""
        return (
            number,
            self.unit,
            self.state,
            self.rows,
            self.errors,
            self.asked,
            self.due,
            self.action,
        )


def reminders(returns: Returns, plan: Plan, params: Params) -> tuple[Reminder, ...]:
    """List the units that owe: a return, then a corrected one, then an answer."""
    due = full_date(params.calendar[returns.quarter].due)
    errors = Counter(
        (finding.unit, finding.severity)
        for finding in returns.all_findings
        if finding.code != "RET-MISSING"
    )
    owed = []
    for unit in plan.lead_units:
        rows = len(asked(plan, unit, returns.quarter).rows)
        count, doubts = errors[unit, Severity.ERROR], errors[unit, Severity.CONFIRM]
        if unit in returns.missing and count:
            state, action = "未按要求报送", "已收到文件但不能读取，请按核对意见重新报送。"
        elif unit in returns.missing and rows:
            state, action = "未报送", "请填写下发的报送表并尽快报送。"
        elif count:
            state, action = "需更正", "请按核对意见更正标红的单元格后重新报送。"
        elif doubts:
            state, action = "需答复", "请按核对意见核实标紫的单元格，答复或者更正后重新报送。"
        else:
            continue
        owed.append(
            Reminder(
                unit=unit,
                state=state,
                rows=rows,
                errors=count,
                asked=doubts,
                due=due,
                action=action,
            )
        )
    return tuple(sorted(owed, key=lambda r: _STATES.index(r.state)))


def reminder_title(returns: Returns) -> str:
    """Return the title of the list."""
    return f"{Period(year=returns.year, quarter=returns.quarter).label}催报名单"


def reminder_note(owed: tuple[Reminder, ...]) -> str:
    """Say in one line how many owe what; the counts add up."""
    if not owed:
        return "各单位均已按要求报送。"
    counts = {
        state: sum(r.state == state for r in owed) for state in dict.fromkeys(r.state for r in owed)
    }
    parts = "、".join(f"{state}{count}个" for state, count in counts.items())
    return f"共{len(owed)}个单位：{parts}。"


def reminder_book(returns: Returns, owed: tuple[Reminder, ...]) -> bytes:
    """Return the list as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "催报名单"
    put(cell_at(sheet, 1, 1), reminder_title(returns))
    mark = f"（{SAMPLE_MARK}）" if returns.is_sample else ""
    put(cell_at(sheet, 2, 1), reminder_note(owed) + mark)
    for column, (label, _) in enumerate(COLUMNS, 1):
        put(cell_at(sheet, 3, column), label)
    for row, reminder in enumerate(owed, 4):
        for column, value in enumerate(reminder.cells(row - 3), 1):
            put(cell_at(sheet, row, column), value)
    dress_list(sheet, [wide for _, wide in COLUMNS], len(owed))
    return save_book(book)
