"""What a number format shows: a date, a month, a percentage, or a plain number."""

_BUILTIN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILTIN_MONTHS = frozenset((17, 27, 36, 50, 52, 57))
_BUILTIN_PERCENTS = frozenset((9, 10))
_ENDS = {'"': '"', "[": "]"}
"""What ends a part that is shown as it stands, by what begins it."""


def built_in_kind(number: int) -> str:
    """Tell what a format shows that is known by its number alone."""
    if number in _BUILTIN_DATES:
        return "month" if number in _BUILTIN_MONTHS else "date"
    return "percent" if number in _BUILTIN_PERCENTS else ""


def format_kind(code: str) -> str:
    """Tell what the code of a format shows: ``date``, ``month``, ``percent`` or nothing special.

    Examples
    --------
    >>> format_kind('yyyy"年"m"月"'), format_kind("[Red]0.0%"), format_kind('0"day"')
    ('month', 'percent', '')
    """
    bare = _without_literals(code).lower()
    shown = frozenset(bare.replace("general", "")) & frozenset("ymdhs")
    if shown:
        return "month" if shown == {"y", "m"} else "date"
    return "percent" if "%" in bare else ""


def _without_literals(code: str) -> str:
    """Leave out what stands in quotes and brackets or behind a sign; each sign is seen once.

    A quote or bracket without an end is a sign like any other, as spreadsheets take it.
    """
    kept: list[str] = []
    at = 0
    unended: set[str] = set()
    while at < len(code):
        sign = code[at]
        end = -1
        if sign in _ENDS and sign not in unended:
            end = code.find(_ENDS[sign], at + 1)
            if end < 0:
                # No later one has an end either, so that the rest is searched once only.
                unended.add(sign)
        elif sign in "\\_*" and at + 1 < len(code):
            end = at + 1
        if end < 0:
            kept.append(sign)
        at = max(at, end) + 1
    return "".join(kept)
