"""Places in a text that are filled in later, such as ``{quarter}``."""

from collections.abc import Sequence
from string import Formatter

from reporting.project.checking.faults import nearest


def wrong_placeholder(text: str, known: Sequence[str], *, with_form: bool = False) -> str:
    """Say what is wrong with the placeholders of a text; empty where nothing is.

    Parameters
    ----------
    with_form : bool
        Whether a form may be written behind the name, as in ``{quarter:02}``.

    Examples
    --------
    >>> wrong_placeholder("第{quartr}期", ["quarter"])
    '没有 {quartr}，可以写 {quarter}，相近的有 {quarter}'
    """
    words = "、".join(f"{{{name}}}" for name in known)
    try:
        fields = [(name, form, turn) for _, name, form, turn in Formatter().parse(text)]
    except ValueError:
        return f"花括号应成对，可以写 {words}，实为“{text}”"
    for name, form, turn in fields:
        if name is None or (name in known and (with_form or not (form or turn))):
            continue
        whole = name + (f"!{turn}" if turn else "") + (f":{form}" if form else "")
        close = nearest(f"{{{name}}}", [f"{{{one}}}" for one in known]) if name else ""
        return f"没有 {{{whole}}}，可以写 {words}{close}"
    return ""
