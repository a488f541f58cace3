"""What the sheet 自查 sees of a figure: the limits of the check, as formulas."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from reporting.language.numerals import figure, quantity
from reporting.language.plain_lists import LEAST_REASON, VERIFIED
from reporting.plan.figures.gaps import Bound
from reporting.plan.values import Target
from reporting.returns.layout import AskedTarget
from reporting.returns.reading import limits
from reporting.returns.reading.typed import LARGE_SHARE, NEAR
from reporting.returns.rules import RULES
from reporting.returns.sheets.selfcheck import formulas as f
from reporting.returns.sheets.selfcheck.answers import is_idle, is_paused, tell_errors
from reporting.returns.sheets.selfcheck.lines import Line


def reckon_figure(
    line: Line,
    question: AskedTarget,
    row: Line | None,
    before: Decimal | None,
    same: Iterable[Line],
    path: Mapping[int, Decimal],
    quarter: int,
) -> None:
    """Write what is reckoned of a figure.

    ``row`` is the line of the row that it belongs to, ``before`` its value last quarter, ``same``
    the lines above it that count the same, ``path`` the plan values of its series by quarter.
    """
    target = question.target
    _prepare(line, target, before)
    tell_errors(line)
    _tell_kind(line, target)
    is_due = question.falls_due(quarter)
    if is_due:
        _tell_owed(line, question, row)
    _tell_impossible(line, target, now=target.quarter == quarter)
    _tell_unlikely(line, target, before, limits.early_from(target, path, quarter))
    _tell_other(line, same)
    if row is not None and limits.is_percentage(target):
        paused = f.both(is_paused(row), f"{line.at('value')}>={limits.WHOLE}")
        _tell(line, "RET-PAUSED-COMPLETE", paused)
    line.formulas["short"] = _falls_short(line, target) if is_due else "0"


def _tell(line: Line, code: str, condition: str, detail: str = "") -> None:
    """Tell of a number by the title of its rule."""
    message = f.tell(condition, RULES[code].title + (f"（{detail}）" if detail else ""))
    line.formulas[f"{code} actual"] = f.of_number(line.at("value"), message)


def _doubt(line: Line, code: str, condition: str, detail: str) -> None:
    """Tell of a number that can be, unless the unit has confirmed it."""
    possible = f.both(f"{line.at('confirmed')}=0", f"{line.at('doubted')}=0", condition)
    _tell(line, code, possible, detail)


def _prepare(line: Line, target: Target, before: Decimal | None) -> None:
    typed, value, answer = line.typed("actual"), line.at("value"), line.at("answer")
    line.formulas["answer"] = f.trimmed(line.typed("answer"))
    verified = f.begins_with(answer, VERIFIED)
    longest = max(map(len, VERIFIED)) + LEAST_REASON
    line.formulas["confirmed"] = f"IF(AND({verified},LEN({f.bare(answer)})>={longest}),1,0)"
    line.formulas["typed"] = _number(typed, target)
    if limits.is_percentage(target):
        unsure = f.both(f"{line.at('confirmed')}=0", _is_fraction(line, target))
        line.formulas["value"] = f.of_number(
            line.at("typed"), f'IF({unsure},"",{line.at("typed")})'
        )
    else:
        line.formulas["value"] = line.at("typed")
    doubted = f.either(*_impossible(line, target), "FALSE")
    line.formulas["doubted"] = f"IF(ISNUMBER({value}),IF({doubted},1,0),0)"
    falls = (
        "FALSE"
        if before is None or not limits.may_not_fall(target)
        else f"{value}<{f.number(before)}"
    )
    sound = f.both(f"{line.at('doubted')}=0", f.otherwise(falls))
    line.formulas["sound"] = f.of_number(value, f'IF({sound},{value},"")')


def _number(typed: str, target: Target) -> str:
    """Take the number of a cell as its unit of measure means it."""
    shown = f"ROUND({typed}*100,10)" if limits.is_percentage(target) else '""'
    plain = f'IF({f.is_shown_as(typed, "D")},"",{typed})'
    return f.of_number(typed, f"IF({f.is_shown_as(typed, 'P')},{shown},{plain})")


def _is_fraction(line: Line, target: Target) -> str:
    """Tell whether a fraction may be meant as a percentage."""
    typed, value = line.at("typed"), line.typed("actual")
    plan = f.number(abs(target.value))
    read = f"ABS({typed}*100)"
    near = [f"{read}*{NEAR}>={plan}", f"{read}<={plan}*{NEAR}"] if target.value else ["FALSE"]
    share = f.both(f"ABS({typed})>0", f"ABS({typed})<=1")
    meant = f.either(share, f.both(*near)) if target.value >= LARGE_SHARE else f.both(*near)
    return f.both(f.otherwise(f.is_shown_as(value, "P")), meant)


def _tell_kind(line: Line, target: Target) -> None:
    """Tell of what is no number, of another unit of measure, and of an unclear answer."""
    typed, key = line.typed("actual"), "RET-ACTUAL-TEXT actual"
    other = f.either(f.otherwise(f"ISNUMBER({typed})"), f.is_shown_as(typed, "D"))
    wrong = f.both(f"NOT(ISERROR({typed}))", f.is_filled(f.trimmed(typed)), other)
    line.formulas[key] = f.tell(wrong, f"{RULES['RET-ACTUAL-TEXT'].title}（单位：{target.unit}）")
    if limits.is_percentage(target):
        title = f"{RULES['RET-ACTUAL-PERCENT'].title}（95%请填95）"
        sure = f.both(f"{line.at('confirmed')}=0", _is_fraction(line, target))
        line.formulas["RET-ACTUAL-PERCENT actual"] = f.of_number(
            line.at("typed"), f.tell(sure, title)
        )
    answer = line.at("answer")
    unclear = f.both(f.is_filled(answer), f"{line.at('confirmed')}=0")
    line.formulas["RET-ANSWER answer"] = f.tell(unclear, "答复应写“已核实无误：理由”")


def _tell_owed(line: Line, question: AskedTarget, row: Line | None) -> None:
    empty = f.is_empty(f.trimmed(line.typed("actual")))
    sound = f"NOT(ISERROR({line.typed('actual')}))"
    at_work = [f.otherwise(is_idle(row))] if row is not None else []
    message = f"{RULES['RET-ACTUAL-EMPTY'].title}（计划{question.plan_text}{question.target.unit}）"
    owed = f.both(sound, empty, *at_work)
    line.formulas["RET-ACTUAL-EMPTY actual"] = f.tell(owed, message)


def _of_other_power(line: Line, target: Target) -> list[str]:
    """Give when a number seems to be of a unit of measure a thousand times off."""
    if not limits.is_of_thousands(target):
        return []
    value, plan = line.at("value"), abs(target.value)
    ways = [f"{value}>={f.number(plan * limits.FAR_UP)}", *_far_below(line, target)]
    return [f.both(f"{value}>0", f.either(*ways))]


def _far_below(line: Line, target: Target) -> list[str]:
    if target.is_kept_low or not target.value:
        return []
    value = line.at("value")
    least = f.number(abs(target.value))
    return [f.both(f"{value}>0", f"{value}*{limits.FAR_DOWN}<={least}")]


def _out_of_range(line: Line, target: Target) -> list[str]:
    value, found = line.at("value"), []
    if not limits.may_fall(target):
        found.append(f"{value}<0")
    if limits.is_percentage(target):
        if limits.is_part_of_whole(target):
            found.append(f"{value}>{limits.WHOLE}")
        return [*found, f"ABS({value})>{limits.MOST_PERCENT}"]
    if limits.is_whole_number(target):
        found.append(f"INT({value})<>{value}")
    if target.value:
        found.append(f"ABS({value})>={f.number(abs(target.value) * limits.FAR_UP)}")
    return found


def _impossible(line: Line, target: Target) -> list[str]:
    return [*_of_other_power(line, target), *_out_of_range(line, target)]


def _tell_impossible(line: Line, target: Target, *, now: bool) -> None:
    planned = f"计划{quantity(target.value, target.unit)}"
    power = _of_other_power(line, target)
    shown = f.is_shown_as(line.typed("actual"), "P")
    if not limits.is_percentage(target):
        title = RULES["RET-ACTUAL-UNIT"].title
        value, typed = line.at("value"), line.typed("actual")
        rate = f.both(f"ISNUMBER({typed})", shown)
        other = f"IF(ISNUMBER({value}),{f.either(*power, 'FALSE')},{rate})"
        line.formulas["RET-ACTUAL-UNIT actual"] = f.tell(other, f"{title}（{planned}）")
    range_ = _out_of_range(line, target) + (_far_below(line, target) if now else [])
    if range_:
        aside = [f.otherwise(condition) for condition in power]
        _tell(line, "RET-ACTUAL-RANGE", f.both(f.either(*range_), *aside), planned)


def _tell_unlikely(
    line: Line, target: Target, before: Decimal | None, annual: Decimal | None
) -> None:
    value, unit = line.at("value"), target.unit
    far = limits.far_from(target)
    if far is not None:
        plan = quantity(target.value_high or target.value, unit)
        _doubt(line, "RET-ACTUAL-FAR", f"{value}>={f.number(far)}", f"计划{plan}")
    leap = None if before is None else limits.leap_from(target, before)
    if before is not None and leap is not None:
        above = [f"{value}>={f.number(leap)}"]
        above.append(f"{value}>{f.number((target.value_high or target.value) * 2)}")
        if target.value > 0:
            above.append(f"{value}<{f.number(target.value * limits.TIMES)}")
        _doubt(line, "RET-ACTUAL-LEAP", f.both(*above), f"上季度{figure(before)}{unit}")
    if annual is not None:
        early = f"{value}>={f.number(annual)}"
        _doubt(line, "RET-ACTUAL-EARLY", early, f"全年目标{quantity(annual, unit)}")
    if before is not None and limits.may_not_fall(target):
        lower = f"{value}<{f.number(before)}"
        _doubt(line, "RET-ACTUAL-LOWER", lower, f"上季度{figure(before)}{unit}")


def _tell_other(line: Line, same: Iterable[Line]) -> None:
    """Tell of a second number of what can have only one; the first sound one holds."""
    sound = line.at("sound")
    differs = "FALSE"
    for other in reversed(list(same)):
        first = other.at("sound")
        differs = f"IF(ISNUMBER({first}),{first}<>{sound},{differs})"
    if differs != "FALSE":
        title = RULES["RET-ACTUAL-DIFFERS"].title
        line.formulas["RET-ACTUAL-DIFFERS actual"] = f.of_number(sound, f.tell(differs, title))


def _falls_short(line: Line, target: Target) -> str:
    """Tell how many of the grades that keep the plan a number denies, the best first.

    1 where it denies all or none; of a number that cannot be, which is told aside, 0.
    """
    value = line.at("value")
    aside = [f.otherwise(condition) for condition in _far_below(line, target)]
    denied = "0"
    for many, bound in _steps(line):
        broken = "FALSE" if bound is None else f"{value}{bound.sign}{f.number(bound.value)}"
        short = f.both(f"{line.at('doubted')}=0", broken, *aside)
        denied = f"IF({short},{many},{denied})"
    return f"IF(ISNUMBER({value}),{denied},0)"


def _steps(line: Line) -> list[tuple[int, Bound | None]]:
    """Give what a number may not be, and how many grades it denies then, the fewest first."""
    return [(1, line.bounds[0])] if line.denies_at_once else list(enumerate(line.bounds, 1))
