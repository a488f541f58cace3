"""What the sheet 自查 sees of a row of 进展 and of 承诺."""

from collections.abc import Iterable, Sequence
from datetime import date

from reporting.grades import DONE, GOOD, IDLE, LAGGING, PAUSED, TO_EXPLAIN, Kinds
from reporting.language.chinese_numbers import in_words
from reporting.language.plain_lists import (
    BASIS,
    BLANKS,
    ELSEWHERE_HEADS,
    ELSEWHERE_LONGEST,
    FILLERS,
    LEAST_SAID,
    LETTERS,
    NOTHING,
    STROKES,
)
from reporting.returns.layout import SIGNATURE
from reporting.returns.promises.values import DATED, OUTCOME_WORDS, Outcome
from reporting.returns.rules import RULES
from reporting.returns.sheets.selfcheck import formulas as f
from reporting.returns.sheets.selfcheck.lines import Line, label_of, span_of

_COPIED = 10
"""Texts of fewer signs are too few to be called a copy of last quarter's."""
_ALIKE = 8
"""Texts of fewer signs may well be the same in two rows."""


def reckon_progress(
    line: Line,
    others: Sequence[Line],
    figures: Iterable[Line],
    *,
    begun: date,
    end: date,
    due: date,
) -> None:
    """Write what is reckoned of a row of 进展.

    ``others`` are all rows of its sheet, ``figures`` its own. The quarter is ``begun`` and has its
    ``end``, and its returns are ``due``.
    """
    _prepare(line)
    _tell_missing(line)
    if line is others[0]:
        for name in SIGNATURE:
            _tell(line, "RET-SIGNATURE", name, f.is_empty(f.trimmed(line.typed(name))))
    _tell_text(line, others)
    _tell_denied(line, list(figures))
    _tell_owed(line)
    _tell_days(line, begun=begun, end=end, due=due)


def reckon_promise(line: Line) -> None:
    """Write what is reckoned of a row of 承诺."""
    line.formulas["outcome"] = f.without(f.trimmed(line.typed("outcome")), " ")
    line.formulas["note"] = f.trimmed(line.typed("note"))
    outcome = line.at("outcome")
    known = f.is_one_of(outcome, OUTCOME_WORDS)
    _tell(line, "RET-PROMISE-OUTCOME", "outcome", f.otherwise(known))
    dated = [word for word, one in OUTCOME_WORDS.items() if one in DATED]
    no_day = f.is_empty(f.trimmed(line.typed("on")))
    _tell(line, "RET-PROMISE-DAY", "on", f.both(f.is_one_of(outcome, dated), no_day))
    open_words = [word for word, one in OUTCOME_WORDS.items() if one is not Outcome.DONE]
    no_note = f.is_empty(line.at("note"))
    _tell(line, "RET-PROMISE-WHY", "note", f.both(f.is_one_of(outcome, open_words), no_note))
    _tell_no_day(line, "on")
    tell_errors(line)


def tell_errors(line: Line) -> None:
    """Tell of cells that show an error."""
    wrong = f"SUMPRODUCT(--ISERROR({line.all_typed}))>0"
    line.formulas["RET-CELL-ERROR"] = f.tell(wrong, RULES["RET-CELL-ERROR"].title)


def _tell_denied(line: Line, figures: Sequence[Line]) -> None:
    """Tell of a grade that the row's own figures do not allow."""
    if not figures:
        return
    short = [figure.at("short") for figure in figures]
    denied = f"SUM({','.join(short)})>0"
    if not all(figure.denies_at_once for figure in figures):
        # The grades that keep the plan come first among those to choose from.
        count = len(line.scale.of(GOOD))
        all_or_none = [f"{at}*{count}" if one.denies_at_once else at
                       for at, one in zip(short, figures, strict=True)]  # fmt: skip
        denied = f"MAX({','.join(all_or_none)})>={line.at('grade')}"
    _tell(line, "RET-RATING-FIGURES", "self_rating", f.both(_is_graded(line, GOOD), denied))


def is_idle(line: Line) -> str:
    """Tell whether a row of 进展 says that nothing is worked on."""
    return _is_graded(line, IDLE)


def is_paused(line: Line) -> str:
    """Tell whether a row of 进展 says that the work is put off."""
    return _is_graded(line, PAUSED)


def _is_graded(line: Line, kinds: Kinds) -> str:
    ranks = [rank for rank, grade in enumerate(line.scale.claimed, 1) if grade in kinds]
    return f.either(*(f"{line.at('grade')}={rank}" for rank in ranks))


_MESSAGES = {
    "RET-EMPTY": "“{label}”必填未填",
    "RET-SIGNATURE": "“{label}”未填",
    "RET-RATING-WORD": "“{label}”不是{count}项之一",
    "RET-TEXT-NOTHING": "“{label}”没有写明做了什么，或者太短",
    "RET-OWED-NOTHING": "“{label}”不能只填“无”",
    "RET-DATE-TEXT": "“{label}”不是日期",
}
"""What is told where the title of the rule does not name the column."""


def _tell(line: Line, code: str, name: str, condition: str) -> None:
    """Tell of a field by the title of its rule."""
    label = label_of(line.sheet, name)
    message = _MESSAGES.get(code, RULES[code].title).format(
        label=label, count=in_words(len(line.scale.claimed))
    )
    line.formulas[f"{code} {name}"] = f.tell(condition, message)


def _prepare(line: Line) -> None:
    ranks = {grade: rank for rank, grade in enumerate(line.scale.claimed, 1)}
    word = f.without(f.trimmed(line.typed("self_rating")), (" ", *"。.，,；;！!"))
    known = f.listed(line.scale.words)
    rank = "{" + ",".join(str(ranks[grade]) for grade in line.scale.words.values()) + "}"
    is_known = f"SUMPRODUCT(--({word}={known}))>0"
    found = f"SUMPRODUCT(({word}={known})*{rank})"
    line.formulas["grade"] = f"IF(LEN({word})=0,0,IF({is_known},{found},-1))"
    line.formulas["said"] = f.trimmed(line.typed("progress"))
    line.formulas["bare"] = f.bare(line.at("said"))
    line.formulas["wordless"] = f.without(f"UPPER({line.at('bare')})", LETTERS)
    line.formulas["answered"] = f.without(line.at("wordless"), BLANKS)
    line.formulas["rest"] = f.without(line.at("answered"), FILLERS)
    for name in ("problem", "cause", "next_step"):
        line.formulas[name] = f.trimmed(line.typed(name))


def _tell_missing(line: Line) -> None:
    rated = f.is_empty(f.trimmed(line.typed("self_rating")))
    _tell(line, "RET-EMPTY", "self_rating", f.both(_is_sound(line, "self_rating"), rated))
    _tell(
        line, "RET-EMPTY", "progress",
        f.both(_is_sound(line, "progress"), f.is_empty(line.at("said"))),
    )  # fmt: skip
    _tell(line, "RET-RATING-WORD", "self_rating", f"{line.at('grade')}=-1")
    tell_errors(line)


def _is_sound(line: Line, name: str) -> str:
    return f"NOT(ISERROR({line.typed(name)}))"


def _tell_text(line: Line, others: Sequence[Line]) -> None:
    said, bare = line.at("said"), line.at("bare")
    _tell(line, "RET-TEXT-NOTHING", "progress", f.both(f.is_filled(said), _says_nothing(line)))
    if line.earlier:
        long = f"LEN({bare})>={_COPIED}"
        copied = f"SUMPRODUCT(--({bare}={line.earlier_span}))>0"
        undone = f.otherwise(_is_graded(line, DONE))
        _tell(line, "RET-TEXT-STALE", "progress", f.both(long, undone, copied))
    long = f"LEN({bare})>={_ALIKE}"
    planned = f.both(long, f.otherwise(is_idle(line)), f"{bare}={line.at('plan')}")
    _tell(line, "RET-TEXT-PLAN", "progress", planned)
    if len(others) > 1:
        column = span_of(("bare",), others[0].row, others[-1].row)
        same = f"SUMPRODUCT(--({column}={bare}))>1"
        _tell(line, "RET-TEXT-SAME", "progress", f.both(long, same))


def _says_nothing(line: Line) -> str:
    """Tell whether a text holds no word of progress; of what is idle, it may say so."""
    bare = line.at("bare")
    repeated = f.both(f"LEN({bare})>2", f.either(*(_is_repeated(bare, signs) for signs in (1, 2))))
    elsewhere = f.both(f"LEN({bare})<={ELSEWHERE_LONGEST}", f.begins_with(bare, ELSEWHERE_HEADS))
    short = f.both(f.otherwise(is_idle(line)), f"LEN({line.at('rest')})<{LEAST_SAID}")
    return f.either(f.is_empty(line.at("answered")), repeated, elsewhere, short)


def _is_repeated(text: str, signs: int) -> str:
    return f'LEN(SUBSTITUTE({text},LEFT({text},{signs}),""))=0'


def is_nothing(text: str) -> str:
    """Tell whether a text stands for an empty cell: a stroke, 无."""
    strokes = f.both(f.is_filled(text), f.is_empty(f.without(text, (" ", *STROKES))))
    return f.either(strokes, f.is_one_of(f.without(text, (" ", *"。.")), NOTHING))


def _tell_owed(line: Line) -> None:
    problem, cause, step = line.at("problem"), line.at("cause"), line.at("next_step")
    lags = _is_graded(line, LAGGING)
    _tell(line, "RET-PROBLEM", "problem", f.both(lags, _is_missing(line, "problem")))
    stopped = _is_graded(line, TO_EXPLAIN)
    _tell(line, "RET-CAUSE", "cause", f.both(stopped, _is_missing(line, "cause")))
    named = f.both(f.is_filled(problem), f.otherwise(is_nothing(problem)))
    owed = f.both(_is_missing(line, "next_step"), f.either(lags, named))
    _tell(line, "RET-NEXT-STEP", "next_step", owed)
    no_day = f.is_empty(f.trimmed(line.typed("due_date")))
    _tell(line, "RET-DEADLINE", "due_date", f.both(lags, no_day))
    _tell(line, "RET-OWED-NOTHING", "cause", f.both(lags, is_nothing(cause)))
    _tell(line, "RET-OWED-NOTHING", "next_step", f.both(named, is_nothing(step)))
    texts = "&".join(
        f.trimmed(line.typed(name))
        for name in ("progress", "cause", "evidence", "coordination", "next_step")
    )
    _tell(
        line,
        "RET-BASIS",
        "cause",
        f.both(is_paused(line), f.otherwise(f.holds_one_of(texts, BASIS))),
    )


def _is_missing(line: Line, name: str) -> str:
    return f.both(_is_sound(line, name), f.is_empty(line.at(name)))


def _tell_days(line: Line, *, begun: date, end: date, due: date) -> None:
    deadline, signed = line.typed("due_date"), line.typed("reported_on")
    _tell_no_day(line, "due_date")
    _tell_no_day(line, "reported_on")
    undone = f.otherwise(_is_graded(line, DONE))
    past = f"IF({f.is_day(deadline)},{deadline}<={f.day(end)},FALSE)"
    _tell(line, "RET-DEADLINE-PAST", "due_date", f.both(undone, past))
    early = f"IF({f.is_day(signed)},{signed}<{f.day(begun)},FALSE)"
    _tell(line, "RET-DAY-EARLY", "reported_on", early)
    late = f"IF({f.is_day(signed)},INT({signed})>{f.day(due)},FALSE)"
    _tell(line, "RET-LATE", "reported_on", late)


def _tell_no_day(line: Line, name: str) -> None:
    filled = f.is_filled(f.trimmed(line.typed(name)))
    _tell(line, "RET-DATE-TEXT", name, f.both(filled, f.otherwise(f.is_day(line.typed(name)))))
