"""Drafts of mail to the units that owe something; nothing is sent.

A draft is the same bytes whenever it is written: its date is the day of the check, its boundary
a digest of what it holds, and it has no id.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from reporting.language.visible import one_line
from reporting.periods import Period, full_date
from reporting.project.params import Params
from reporting.returns.office.remind import Degree, Reminder, Reminders
from reporting.returns.sheets.blank import file_stem
from reporting.returns.sheets.written import own_files, put_written
from reporting.system.digests import digest

FOLDER = "催报函"
LIST = "催报函清单.json"
_CHINA = timezone(timedelta(hours=8))
_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_OPENINGS = {
    Degree.REMIND: "报送日期将至，请抓紧办理",
    Degree.CHASE: "报送日期已过，请立即办理",
    Degree.SUPERVISE: "经催报仍未办结，现予督办，请立即办理并说明原因",
}


def write_letters(
    folder: Path,
    told: Reminders,
    params: Params,
    day: date | None,
    attached: Mapping[str, Mapping[str, bytes]],
) -> tuple[Path, ...]:
    """Write a draft for each unit that is listed; drafts of before are removed.

    Without a day nobody can be told how late it is, and none is written.

    Parameters
    ----------
    attached : mapping
        Files to attach, by unit and name.
    """
    if day is None and not folder.exists():
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    before = own_files(folder, LIST)
    written: dict[str, bytes] = {}
    for one in told.owed if day else ():
        name = f"{one.degree}_{file_stem(one.unit)}.eml"
        if name in before or not (folder / name).exists():  # what the office wrote itself stays
            assert day is not None
            written[name] = letter(one, told, params, day, attached.get(one.unit, {}))
    put_written(folder, written, before, LIST)
    return tuple(folder / name for name in written)


def letter(
    one: Reminder, told: Reminders, params: Params, day: date, attached: Mapping[str, bytes]
) -> bytes:
    """Return the draft to one unit."""
    label = Period(year=told.year, quarter=told.quarter).label
    text = _text(one, label, params, day, attached)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"【{one.degree}】{label}任务报送表：{one_line(one.unit)}{one.state}"
    message["Date"] = format_datetime(datetime(day.year, day.month, day.day, tzinfo=_CHINA))
    if address := params.recipients.get(one.unit):
        message["To"] = address
    message["X-Unsent"] = "1"  # programs that know it open the file as a draft
    message.set_content(text, cte="base64")
    for name, data in attached.items():
        message.add_attachment(
            data, maintype=_WORKBOOK[0], subtype=_WORKBOOK[1], filename=one_line(name)
        )
    if attached:
        message.set_boundary(f"=_{digest(b''.join([text.encode(), *attached.values()]))[:40]}")
    return message.as_bytes()


def _text(
    one: Reminder, label: str, params: Params, day: date, attached: Mapping[str, bytes]
) -> str:
    late = f"，已逾期{one.late}天" if one.late else ""
    files = [f"附件：{'、'.join(map(one_line, attached))}"] if attached else []
    lines = [
        f"{one_line(one.unit)}：",
        "",
        f"{label}《政府工作报告》任务报送表应于{one.due}前报送{late}。{_OPENINGS[one.degree]}。",
        f"截至{full_date(day)}，你单位尚欠：{one.owed}。",
        one.action,
        "",
        *files,
        params.masthead.issuing_office,
        full_date(day),
    ]
    return "\n".join(lines) + "\n"
