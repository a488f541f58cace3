"""Numbers in Chinese signs: 二百, 两千五百, 三点五, 二〇〇, 贰拾."""

import re
from decimal import Decimal

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
SIGNS = "零〇一二两三四五六七八九十百千廿壹贰叁肆伍陆柒捌玖拾佰仟"
CHINESE_NUMBER = f"[{SIGNS}]{{1,9}}(?:点[{SIGNS}]{{1,4}})?"


def read_chinese(numeral: str) -> Decimal | None:
    """Read a number below ten thousand; None where the signs make none.

    Examples
    --------
    >>> read_chinese("二百零五"), read_chinese("三点五"), read_chinese("二〇〇")
    (Decimal('205'), Decimal('3.5'), Decimal('200'))
    >>> read_chinese("三五") is None
    True
    """
    whole, _, part = numeral.translate(_FORMAL).replace("廿", "二十").partition("点")
    read = _by_places(whole) if re.search("[十百千]", whole) else _digit_by_digit(whole)
    if read is None or not part:
        return read
    if any(sign not in _DIGITS for sign in part):
        return None
    return Decimal(f"{read}.{''.join(str(_DIGITS[sign]) for sign in part)}")


def _digit_by_digit(signs: str) -> Decimal | None:
    """Read 二〇〇; 三五 without a nought is three or five."""
    if len(signs) > 1 and not re.search("[零〇]", signs):
        return None
    return Decimal("".join(str(_DIGITS[sign]) for sign in signs))


def _by_places(signs: str) -> Decimal | None:
    """Read 二百零五 place by place; None where the places do not fall."""
    total, ones, last = 0, None, 10000
    for sign in signs:
        if sign in _DIGITS:
            if ones:
                return None
            ones = _DIGITS[sign]
            continue
        if _TENS[sign] >= last or (ones is None and total and sign != "十"):
            return None
        last = _TENS[sign]
        total, ones = total + (1 if ones is None else ones) * last, None
    return Decimal(total + (ones or 0))


def in_words(number: int) -> str:
    """Write a small number as it stands before a heading; a great one in digits.

    Examples
    --------
    >>> in_words(6), in_words(10), in_words(12), in_words(20)
    ('六', '十', '十二', '20')
    """
    if not 0 < number < 20:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + ("" if not ones else "一二三四五六七八九"[ones - 1])
