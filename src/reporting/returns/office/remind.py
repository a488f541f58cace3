"""The reminder list (催报名单): which units owe what, and how pressing it is."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from openpyxl import Workbook

from reporting.findings import Finding, Severity
from reporting.periods import Period, full_date
from reporting.plan.values import Plan
from reporting.project.params import Params
from reporting.returns.layout import SAMPLE_MARK, Asked, asked
from reporting.returns.office.today import Today
from reporting.returns.rules import RULES
from reporting.returns.values import Returns
from reporting.values import Value
from reporting.workbooks.saving import save_book
from reporting.workbooks.style import cell_at, dress_list, put

NAME = "催报名单"
COLUMNS = (
    ("序号", 6.0), ("程度", 8.0), ("单位", 24.0), ("情况", 13.0), ("应报行数", 9.0),
    ("应更正处数", 9.0), ("应答复处数", 9.0), ("欠报内容", 52.0), ("应报日期", 16.0),
    ("逾期天数", 9.0), ("需要做什么", 40.0),
)  # fmt: skip
_STATES = ("未报送", "未读入", "需更正", "需答复")
"""What may be owed, the most first."""
_ACTIONS = {
    "未报送": "请填写下发的报送表并报送。",
    "未读入": "已收到的文件未能读入，请按核对意见重新报送。",
    "需更正": "请按核对意见更正标红的单元格、答复标紫的单元格后重新报送。",
    "需答复": "请按核对意见核实标紫的单元格，答复或者更正后重新报送。",
}
_MOST_PLACES = 10


class Degree(StrEnum):
    """How pressing it is."""

    REMIND = "提醒"
    CHASE = "催报"
    SUPERVISE = "督办"
    UNKNOWN = "未定"


class Reminder(Value):
    """One unit that owes something; ``late`` is by how many days, None where that is not known."""

    unit: str
    degree: Degree
    state: str
    rows: int
    errors: int
    asked: int
    owed: str
    due: str
    late: int | None
    action: str

    def cells(self, number: int) -> tuple[int | str, ...]:
        """Return the row of the list."""
        late = "" if self.late is None else self.late
        return (
            number, str(self.degree), self.unit, self.state, self.rows or "", self.errors or "",
            self.asked or "", self.owed, self.due, late, self.action,
        )  # fmt: skip


class Reminders(Value):
    """The list, and what is to be known of it; ``waiting`` units owe, but not for long enough."""

    year: int
    quarter: int
    owed: tuple[Reminder, ...]
    waiting: tuple[str, ...]
    notes: tuple[str, ...]
    is_sample: bool

    @property
    def title(self) -> str:
        """The title of the list."""
        return f"{Period(year=self.year, quarter=self.quarter).label}{NAME}"


def reminders(
    returns: Returns, plan: Plan, params: Params, now: Today, issued: Iterable[Asked] = ()
) -> Reminders:
    """List the units that owe: a return, then a corrected one, then an answer.

    Parameters
    ----------
    now : Today
        The day that decides how pressing it is; nobody is listed long before the due day.
    issued : iterable of Asked
        What the workbooks asked that were sent out: it may be more than what runs this quarter.
    """
    # Of several that were sent out, the fullest.
    sent = sorted(issued, key=lambda one: (len(one.rows) + len(one.promises), one.edition))
    questions = {one.unit: one for one in sent if one.quarter == returns.quarter}
    owing = tuple(
        one
        for unit in plan.lead_units
        if (one := _owing(unit, returns, questions.get(unit) or asked(plan, unit, returns.quarter)))
    )
    dates = params.calendar[returns.quarter]
    degree = _degree(now.day, dates.due, dates.supervise, params.remind_before)
    late = None if now.day is None else max(0, (now.day - dates.due).days)
    told = {"degree": degree, "late": late, "due": full_date(dates.due)}
    listed = tuple(one.model_copy(update=told) for one in owing) if degree else ()
    waiting = () if degree else tuple(one.unit for one in owing)
    return Reminders(
        year=returns.year,
        quarter=returns.quarter,
        owed=tuple(sorted(listed, key=lambda one: _STATES.index(one.state))),
        waiting=waiting,
        notes=(_note(listed, waiting), f"{now.said}{_dates_note(params, returns.quarter)}"),
        is_sample=returns.is_sample,
    )


def _degree(day: date | None, due: date, supervise: date | None, before: int) -> Degree | None:
    """Tell how pressing it is on a day; None while it is too early to speak of it."""
    if day is None:
        return Degree.UNKNOWN
    if day > due:
        return Degree.SUPERVISE if supervise and day > supervise else Degree.CHASE
    return Degree.REMIND if day >= due - timedelta(days=before) else None


def _owing(unit: str, returns: Returns, questions: Asked) -> Reminder | None:
    """Say what a unit owes; None for nothing."""
    found = [f for f in returns.all_findings if f.unit == unit and f.code != "RET-MISSING"]
    errors = [f for f in found if f.severity is Severity.ERROR]
    doubts = [f for f in found if f.severity is Severity.CONFIRM]
    absent = unit in returns.missing
    if absent:
        state = "未读入" if unit in returns.received or errors else "未报送"
    elif errors:
        state = "需更正"
    elif doubts:
        state = "需答复"
    else:
        return None
    return Reminder(
        unit=unit, degree=Degree.UNKNOWN, state=state,
        rows=len(questions.rows) + len(questions.promises) if absent else 0,
        errors=0 if absent else len(errors), asked=0 if absent else len(doubts),
        owed=_whole(questions, found) if absent else _parts(errors, doubts),
        due="", late=None, action=_ACTIONS[state],
    )  # fmt: skip


def _whole(questions: Asked, found: Sequence[Finding]) -> str:
    """Say what a return owes that was not read."""
    asked = {row.task_id: row.number for row in questions.rows}
    asked |= {promise.task_id: promise.number for promise in questions.promises}
    tasks = "、".join(asked[task_id] for task_id in sorted(asked))
    rows = len(questions.rows)
    said = f"报送表全部{rows}行（任务{tasks}）" if rows else f"承诺措施办理情况（任务{tasks}）"
    came = [f"已收到“{f.file.rsplit('/', 1)[-1]}”：{RULES[f.code].title}" for f in found if f.file]
    return "；".join([*came[:_MOST_PLACES], said])


def _parts(errors: Sequence[Finding], doubts: Sequence[Finding]) -> str:
    """Name the cells to correct, and those to answer."""
    both = (("更正", errors), ("答复", doubts))
    return "；".join(f"{word}{len(some)}处：{_places(some)}" for word, some in both if some)


def _places(some: Sequence[Finding]) -> str:
    named = [f"{_place(f)}（{RULES[f.code].title}）" for f in some[:_MOST_PLACES]]
    return "、".join(named) + ("等" if len(some) > _MOST_PLACES else "")


def _place(noted: Finding) -> str:
    if noted.cell:
        return f"{noted.sheet}!{noted.cell}"
    return f"“{noted.file.rsplit('/', 1)[-1]}”" if noted.file else f"“{noted.sheet}”表"


def _note(owed: Sequence[Reminder], waiting: Sequence[str]) -> str:
    """Say in one line how many owe what; the counts add up."""
    if waiting:
        return f"尚未到提醒日期，暂不催报；尚有{len(waiting)}个单位待报送、更正或者答复。"
    if not owed:
        return "各单位均已按要求报送。"
    counts = {state: sum(one.state == state for one in owed) for state in _STATES}
    parts = "、".join(f"{state}{count}个" for state, count in counts.items() if count)
    return f"{owed[0].degree}：共{len(owed)}个单位，{parts}。"


def _dates_note(params: Params, quarter: int) -> str:
    """Print by which dates the degrees go."""
    dates = params.calendar[quarter]
    first = full_date(dates.due - timedelta(days=params.remind_before))
    said = f"{first}起提醒，{full_date(dates.due)}后催报"
    if dates.supervise is None:
        return f"{said}；参数文件没有写明督办日期（supervise），不列督办。"
    return f"{said}，{full_date(dates.supervise)}后督办。"


def unknown_recipients(params: Params, plan: Plan) -> str:
    """Name the recipients in the parameters that are no lead units; empty for none."""
    unknown = [unit for unit in params.recipients if unit not in plan.lead_units]
    return f"参数文件 recipients 中的{'、'.join(unknown)}不是牵头单位。" if unknown else ""


def reminder_book(told: Reminders) -> bytes:
    """Return the list as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = NAME
    put(cell_at(sheet, 1, 1), told.title)
    mark = f"（{SAMPLE_MARK}）" if told.is_sample else ""
    put(cell_at(sheet, 2, 1), "".join(told.notes) + mark)
    for column, (label, _) in enumerate(COLUMNS, 1):
        put(cell_at(sheet, 3, column), label)
    for row, reminder in enumerate(told.owed, 4):
        for column, value in enumerate(reminder.cells(row - 3), 1):
            put(cell_at(sheet, row, column), value)
    dress_list(sheet, [wide for _, wide in COLUMNS], len(told.owed))
    return save_book(book)
