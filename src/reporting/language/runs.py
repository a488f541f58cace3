"""Text in runs: what of it is raised, struck, hidden, inserted or deleted, and what counts.

Word documents, workbooks and web pages mark their text alike, so that one type holds it for
task tables and for returns.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple


class RunKind(StrEnum):
    """How a run of text is set, by the name that findings give it."""

    PLAIN = "正文"
    RAISED = "上标"
    LOWERED = "下标"
    STRUCK = "划去"
    HIDDEN = "隐藏"
    INSERTED = "修订插入"
    DELETED = "修订删去"


class Run(NamedTuple):
    """A stretch of text that is set alike."""

    text: str
    kind: RunKind = RunKind.PLAIN


GONE = frozenset({RunKind.STRUCK, RunKind.HIDDEN, RunKind.DELETED})
"""What is no text any more, though it can still be found in the file."""

_RAISED_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789-－", f"{_RAISED_SIGNS}⁻⁻")
# ¹, [1], （2）, ①, *, ※, 注1: a mark that leads to a note.
_MARK = re.compile(
    r"\s*(?:[\[［〔（(]?(?:注|备注)?\s*[\d０-９①-⑳*＊※†‡#,，、]{1,5}[\]］〕）)]?|注|[a-z])\s*"
)
# m², km³: the power of a unit, written in letters.
_POWER_OF_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[mc]?|k)m$")
_POWER_OF_TEN = re.compile(r"[×xX*]\s*10$")
_TYPED_MARK = re.compile(f"(?<=[\\d一-龥%）)])[{_RAISED_SIGNS}]+")


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Put neighbouring runs of one kind together and leave empty ones out."""
    made: list[Run] = []
    for run in runs:
        if made and made[-1].kind is run.kind:
            made[-1] = Run(made[-1].text + run.text, run.kind)
        elif run.text:
            made.append(run)
    return tuple(made)


def is_marked(runs: Sequence[Run]) -> bool:
    """Tell whether any text is set otherwise than plain."""
    return any(run.kind is not RunKind.PLAIN and run.text.strip() for run in runs)


def counted(runs: Sequence[Run]) -> str:
    """Return the text that counts: no mark of a note, nothing struck, hidden or deleted.

    The power of a unit, and that of a ten, stay as raised signs.

    Examples
    --------
    >>> raised = Run("2", RunKind.RAISED)
    >>> counted([Run("投资80"), raised, Run("亿元")]), counted([Run("5000m"), raised])
    ('投资80亿元', '5000m²')
    """
    text = ""
    for run in runs:
        if run.kind is RunKind.RAISED:
            text += _raised(run.text, text)
        elif run.kind not in GONE:
            text += run.text
    return text


def is_note_mark(text: str, before: str) -> bool:
    """Tell whether a raised text leads to a note; ``before`` is the text it stands behind."""
    return _MARK.fullmatch(text) is not None and not _is_power(before)


def _raised(text: str, before: str) -> str:
    if is_note_mark(text, before):
        return ""
    return text.translate(_RAISED) if _is_power(before) else text


def _is_power(before: str) -> bool:
    return _POWER_OF_UNIT.search(before) is not None or _POWER_OF_TEN.search(before) is not None


def left_out(runs: Sequence[Run]) -> tuple[tuple[Run, str], ...]:
    """List the runs that need to be told, each with the text that counts before it."""
    told, text = [], ""
    for at, run in enumerate(runs):
        if run.kind not in (RunKind.PLAIN, RunKind.LOWERED) and run.text.strip():
            told.append((run, text))
        text = counted(runs[: at + 1])
    return tuple(told)


def typed_marks(text: str) -> tuple[Run, ...]:
    """Part a plain text from the raised signs typed into it as marks of notes: 80¹亿元.

    Examples
    --------
    >>> [run.kind.value for run in typed_marks("投资80¹亿元")]
    ['正文', '上标', '正文']
    """
    runs, at = [], 0
    for match in _TYPED_MARK.finditer(text):
        if not _is_power(text[: match.start()]):
            digits = "".join(str(_RAISED_SIGNS.index(sign)) for sign in match[0])
            runs += [Run(text[at : match.start()]), Run(digits, RunKind.RAISED)]
            at = match.end()
    return merged([*runs, Run(text[at:])])
