"""Colours as an office writes them (``#00603f``): how far two stand apart, and a pale one."""

LEAST_CONTRAST = 4.5
"""What the rules of accessible pages (WCAG AA) ask of text."""

_PALE = 0.14


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, from 1 (alike) to 21 (black on white).

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pale(colour: str) -> str:
    """Give the pale ground for a colour: a little of it in white.

    Examples
    --------
    >>> pale("#00603f")
    '#dbe9e4'
    """
    return "#" + "".join(f"{round(255 - (255 - part) * _PALE):02x}" for part in _parts(colour))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
