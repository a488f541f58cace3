"""Understand what people type: numbers with units, percentages, dates. Strict about meaning."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from reporting.language.numerals import figure
from reporting.language.periods import read_period
from reporting.language.phrases import answer_words
from reporting.language.quantities import amount_of
from reporting.language.units import converted
from reporting.periods import Period, full_date
from reporting.plan.values import Target
from reporting.workbooks.cells import Cell, squeeze

_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)(.*)", re.DOTALL)
# Commas part a number by threes; anywhere else they are a slip, or part two numbers.
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,])")
_LONGEST_NUMBER = 200
# The signs that word processors put in place of a hyphen typed before a number.
_MINUS = re.compile("^[\u2212\u2013](?=[\\d.])")
_TWO_NUMBERS = re.compile(r"\d[\s,]+[\d.]")
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_COMPACT_DATE = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_LOST_ZERO = re.compile(r"\d{1,2}\.[1-3]")
_CLOCK = re.compile(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
PERCENT = "%"
LARGE_SHARE = 10
NEAR = 2


@dataclass(frozen=True)
class Typed:
    """A reading: its value (None when there is none) and the code of what was noticed."""

    value: Decimal | date | None
    code: str = ""
    expected: str = ""
    found: str = ""


def fold(text: str) -> str:
    """Bring full-width signs to half width and take white space away at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def is_nothing(text: str) -> bool:
    """Tell whether a text is typed in place of an empty cell: a stroke, 无.

    Examples
    --------
    >>> is_nothing(" — "), is_nothing("暂无。"), is_nothing("无人机项目")
    (True, True, False)
    """
    return answer_words.NOTHING.fullmatch(squeeze(text).rstrip("。.")) is not None


def split_power(unit: str) -> tuple[int, str]:
    """Split a unit of measure into its power of ten and its base: 亿元 is (8, 元).

    Examples
    --------
    >>> split_power("万人次"), split_power("家")
    ((4, '人次'), (0, '家'))
    """
    match = answer_words.POWER.match(unit)
    if match is None:
        return 0, unit
    word = match[0]
    power = _POWERS.get(word)
    if power is None:
        power = _POWERS[word[0]] + _POWERS[word[1:]]
    return power, unit[match.end() :]


def decimal_of(text: str) -> Decimal | None:
    """Read a number; None when it is none or beyond anything counted here."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > Decimal("1e15"):
        return None
    return value


def read_number(cell: Cell, target: Target, *, shown_unit: str = "") -> Typed:
    """Read an actual figure in the target's own unit.

    ``shown_unit`` is the unit of measure beside it, where that is not the target's any more.
    """
    if cell.raised:
        # The mark of a footnote would be one more digit.
        said = f"{cell.value.strip()}（其中有上标或者下标）"
        return Typed(None, "RET-ACTUAL-TEXT", target.unit, said)
    if shown_unit and cell.style not in ("percent", "date", "month"):
        return _read_text_number(cell.value.strip() + shown_unit, target)
    if cell.numeric:
        value = decimal_of(cell.value)
        if value is None:
            return Typed(None, "RET-ACTUAL-TEXT", target.unit, cell.value)
        if cell.style == "percent":
            return _shown_as_percent(value, target)
        if cell.style in ("date", "month"):
            return Typed(None, "RET-ACTUAL-TEXT", target.unit, "日期")
        return _bare(value, target)
    return _read_text_number(cell.value, target)


def _shown_as_percent(value: Decimal, target: Target) -> Typed:
    """Take what the sheet shows as per cent; a rate of completion is no amount."""
    if _is_percent(target):
        return Typed(value * 100)
    return Typed(None, "RET-ACTUAL-UNIT", target.unit, f"{figure(value * 100)}%")


def _is_percent(target: Target) -> bool:
    return fold(target.unit) == PERCENT


def _bare(value: Decimal, target: Target) -> Typed:
    """Take a number without a unit; of a fraction for per cent two things may be meant."""
    if not _is_percent(target):
        return Typed(value)
    read = value * 100
    is_share = 0 < abs(value) <= 1 and target.value >= LARGE_SHARE
    if is_share or _is_near(read, target.value):
        both = f"{figure(value)}（按表头单位即{figure(value)}%，也可能是{figure(read)}%）"
        return Typed(value, "RET-ACTUAL-PERCENT", target.unit, both)
    return Typed(value)


def _is_near(value: Decimal, plan: Decimal) -> bool:
    """Tell whether a figure is of its plan's size, whichever way it goes."""
    return 0 < abs(plan) <= abs(value) * NEAR and abs(value) <= abs(plan) * NEAR


def _read_text_number(text: str, target: Target) -> Typed:
    # The signs of an area and a volume are no mark of a footnote.
    text = text.replace("m²", "m2").replace("m³", "m3")
    rough = answer_words.ROUGH.fullmatch(fold(text).rstrip("。"))
    if rough and (rough["head"] or rough["some"] or rough["tail"]):
        exact = _read_text_number(rough["number"] + rough["unit"], target)
        if isinstance(exact.value, Decimal):
            return Typed(exact.value, "RET-ACTUAL-ROUGH", target.unit, text.strip())
    match = _NUMBER.fullmatch(_without_thousands(text))
    value = decimal_of(match[1]) if match else None
    if match is None or value is None:
        return _in_words(text, target) or Typed(None, "RET-ACTUAL-TEXT", target.unit, text.strip())
    suffix = match[2]
    if not suffix:
        return _bare(value, target)
    if converted(value, suffix, target.unit) == value:
        return Typed(value)
    if answer_words.IN_TWO_SCALES.search(suffix) and (read := _in_words(text, target)):
        return read
    return _convert(value, fold(suffix), target, text.strip())


def _in_words(text: str, target: Target) -> Typed | None:
    """Read a figure in Chinese signs, or in two scales: 二百家, 3亿5000万元; and say so."""
    if len(text) > _LONGEST_NUMBER or any(unicodedata.category(sign) == "No" for sign in text):
        return None
    amount = amount_of(fold(text))
    read = amount and converted(*amount, target.unit)
    return None if read is None else _meant(read, target, text.strip())


def _meant(read: Decimal, target: Target, text: str) -> Typed:
    """Take a figure that was reckoned over only where it can be meant."""
    plan = abs(target.value)
    if plan and read and not plan / 100 <= abs(read) <= plan * 100:
        return Typed(None, "RET-ACTUAL-UNIT", target.unit, text)
    said = f"“{text}”（读作{figure(read)}{target.unit}）"
    return Typed(read, "RET-ACTUAL-CONVERTED", target.unit, said)


def read_answer(text: str, target: Target) -> Typed:
    """Read a figure that was written into an answer."""
    return _read_text_number(text, target)


def _without_thousands(text: str) -> str:
    """Write a number without what parts its thousands; empty when it is not one number.

    Examples
    --------
    >>> _without_thousands("1，234.5 亿元"), _without_thousands("3，2"), _without_thousands("12 15")
    ('1234.5亿元', '', '')
    """
    # A number in a circle or set high would become a digit beside the others; a text as long
    # as a page is no number, and its commas need no counting.
    if len(text) > _LONGEST_NUMBER or any(unicodedata.category(sign) == "No" for sign in text):
        return ""
    plain_text = _MINUS.sub("-", fold(text)).rstrip("。")
    joined = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), plain_text)
    return "" if _TWO_NUMBERS.search(joined) else re.sub(r"[\s,]", "", joined)


def _convert(value: Decimal, suffix: str, target: Target, text: str) -> Typed:
    """Take a number with another unit only when the result can be meant."""
    power, base = split_power(suffix)
    unit = suffix if base else f"{suffix}{split_power(target.unit)[1]}"
    read = converted(value, unit, target.unit) if power or base else None
    if read is not None:
        return _meant(read, target, text)
    known = not base or re.fullmatch(r"[%\w]{1,4}", base)
    return Typed(None, "RET-ACTUAL-UNIT" if known else "RET-ACTUAL-TEXT", target.unit, text)


def read_date(cell: Cell, period: Period, *, date1904: bool = False, is_day: bool = False) -> Typed:
    """Read a date; without a year it is the nearest to the quarter's end, and that is said.

    ``is_day`` asks for a day: a month alone is none.
    """
    sample = f"{period.year}-10-18"
    if cell.numeric:
        found = _serial(cell.value, date1904=date1904)
        text = cell.value.removesuffix(".0")
        found = found or _text_date(text)
    else:
        text = _CLOCK.sub("", fold(cell.value))
        found = _text_date(text)
    if found is not None and cell.style == "month" and found.day == 1:
        # Only the month was typed; that it begins with its first day is the program's doing.
        text, found = f"{found.year}年{found.month}月", None
    if found is not None and _FIRST <= found <= _LAST:
        return Typed(found)
    shown = text if cell.style == "month" else cell.value.strip()
    partial = None if is_day and not answer_words.DAY.fullmatch(text) else _nearest(text, period)
    # A sheet keeps 10.20 as 10.2: whether that is the second or the twentieth is lost.
    if partial is not None and not (cell.numeric and _LOST_ZERO.fullmatch(text)):
        return Typed(partial, "RET-DATE-YEAR", full_date(partial), shown)
    return Typed(None, "RET-DATE-TEXT", sample, shown)


def _nearest(text: str, period: Period) -> date | None:
    """Complete a date by the plan's year or the next: the fourth quarter is told in January."""
    whole = (_partial_date(text, year) for year in (period.year, period.year + 1))
    return min(filter(None, whole), key=lambda day: abs(day - period.date_end), default=None)


def _serial(text: str, *, date1904: bool) -> date | None:
    value = decimal_of(text)
    if value is None or not 1 <= value < 75_000:
        return None
    found = (date(1904, 1, 1) if date1904 else date(1899, 12, 30)) + timedelta(days=int(value))
    return found if _FIRST <= found <= _LAST else None


def _text_date(text: str) -> date | None:
    match = answer_words.FULL_DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    return _date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _partial_date(text: str, year: int) -> date | None:
    if match := answer_words.DAY.fullmatch(text):
        return _date(year, int(match[1]), int(match[2]))
    if match := answer_words.MONTH.fullmatch(text):
        written = int(match[1]) if match[1] else year
        month = int(match[2])
        return _date(written, month, monthrange(written, month)[1]) if 1 <= month <= 12 else None
    if match := answer_words.QUARTER.fullmatch(text):
        month = 3 * ("一二三四".find(match[2]) + 1 or int(match[2]))
        written = int(match[1] or year)
        return _date(written, month, monthrange(written, month)[1])
    return _in_time_words(text, year)


def _in_time_words(text: str, year: int) -> date | None:
    """Read the day that words for a time end with: 三季度末, 国庆前, 年底."""
    words = text.removesuffix("完成")
    time = read_period(words, 0, year)
    if time is None or time.end < len(words) or time.recurrent:
        return None
    if time.month is not None and time.day is None and time.point:
        return _date(year, time.month, monthrange(year, time.month)[1])
    if time.rule in ("feast", "month", "months", "year") or time.day:
        return None
    return Period(year=year, quarter=time.quarters[-1]).date_end


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
