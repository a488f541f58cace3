"""Figures in words, by GB/T 15835: arabic digits, no needless zeros, `%` and 百分点."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

_JUST_SHORT = Decimal("0.01")


def figure(value: Decimal) -> str:
    """Write a figure without trailing zeros or an exponent.

    Examples
    --------
    >>> figure(Decimal("120.50"))
    '120.5'
    >>> figure(Decimal("1E+3"))
    '1000'
    """
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """Round half away from zero, as officials do."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def quantity(value: Decimal, unit: str) -> str:
    """Write a figure with its unit: ``120亿元``, ``95%``."""
    return f"{figure(value)}{unit}"


def short_of(gap: Decimal) -> str:
    """Write a difference of percentages to one place.

    What would then look like a round limit that it passes keeps its second place.

    Examples
    --------
    >>> short_of(Decimal("54.84")), short_of(Decimal("30")), short_of(Decimal("30.04"))
    ('54.8', '30.0', '30.04')
    """
    shown = rounded(gap)
    return str(rounded(gap, 2) if shown != gap and shown == int(shown) else shown)


def rate_and_rest(share: Decimal) -> tuple[Decimal, Decimal]:
    """Round a rate below 100, and what it lacks, so that the two printed add up to 100.

    Neither what is missing nor the limit that is passed is rounded away: one more place is
    written then, as in `short_of` and `percent`.

    Examples
    --------
    >>> [str(part) for part in rate_and_rest(Decimal(300) / 7)]
    ['42.9', '57.1']
    >>> [str(part) for part in rate_and_rest(Decimal("69.96"))]
    ['69.96', '30.04']
    """
    rest = 100 - share
    for places in (1, 2):
        rate = rounded(share, places)
        left = 100 - rate
        if left and (left == rest or left != int(left)):
            return rate, left
    rate = share.quantize(_JUST_SHORT, rounding=ROUND_FLOOR)
    return rate, 100 - rate


def points(gap: Decimal) -> str:
    """Write a difference of percentages with its unit.

    Examples
    --------
    >>> points(Decimal("12.50"))
    '12.5个百分点'
    """
    return f"{short_of(gap)}个百分点"


def percent(part: int | Decimal, whole: int | Decimal, places: int = 1) -> str:
    """Write a share with that many places; ``—`` of nothing.

    What falls short of the whole is never rounded up to it.

    Examples
    --------
    >>> percent(1, 3), percent(11999, 12000)
    ('33.3%', '99.99%')
    """
    if not whole:
        return "—"
    share = Decimal(part) * 100 / Decimal(whole)
    shown = rounded(share, places)
    if share < 100 <= shown:
        shown = share.quantize(_JUST_SHORT, rounding=ROUND_FLOOR)
    return f"{shown}%"
