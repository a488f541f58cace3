"""Tell progress from talk: nothing said, the plan's words, last quarter's, hopes alone."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from reporting.language.likeness import words
from reporting.language.periods import times_in
from reporting.language.phrases import talk_words
from reporting.returns.claims import verdict
from reporting.workbooks.cells import squeeze

SHORTEST = 8
"""Words of fewer signs are too few to be called a copy."""
_ALIKE = 0.85
_NEW_SHARE, _NEW_SIGNS = 0.1, 2
_SHOWN = 40
_LONGEST_RUN = 20


@dataclass(frozen=True)
class Likeness:
    """How alike a text is to another, in percent, and what of it is new.

    ``has_figures`` tells that figures are new, dates aside.
    """

    percent: int
    new: str
    has_figures: bool = False

    @property
    def sentence(self) -> str:
        """Both, in words."""
        new = f"新内容仅“{self.new}”" if self.new else "没有新内容"
        return f"相似度{self.percent}%，{new}"


def says_nothing(text: str, *, is_idle: bool) -> bool:
    """Tell whether a text holds no word of progress.

    What is not worked on may say that nothing has been done.

    Examples
    --------
    >>> [says_nothing(text, is_idle=False) for text in ("？？？", "aaaaaaa", "同一季度。")]
    [True, True, True]
    >>> says_nothing("已印发方案。", is_idle=False), says_nothing("暂无进展。", is_idle=True)
    (False, False)
    """
    said = squeeze(text).strip("。.…，,；;！!（）()")
    if talk_words.NO_WORD.fullmatch(said) or talk_words.ONE_SIGN.fullmatch(said):
        return True
    return not is_idle and talk_words.NOTHING_NEW.fullmatch(said) is not None


def likeness_to_plan(text: str, plan: str, year: int) -> Likeness | None:
    """Tell how a text repeats its plan; None where it says something of its own.

    Examples
    --------
    >>> likeness_to_plan("已印发认定办法，认定机构3家。", "印发认定办法，认定机构3家。", 2023)
    Likeness(percent=100, new='', has_figures=False)
    >>> likeness_to_plan("认定办法8月2日印发，认定5家。", "印发认定办法，认定机构3家。", 2023)
    """
    said, planned = _turned(_body(text), year), _turned(plan, year)
    if len(said) < SHORTEST or any(m.period.day for m in times_in(text, year)):
        return None
    new = _new(said, planned)
    if any(talk_words.DIGITS.search(piece) for piece in new):
        return None
    added = sum(map(len, new))
    if added > max(_NEW_SIGNS, int(len(said) * _NEW_SHARE)):
        return None
    kept = len(said) - added
    return Likeness(round(100 * kept / len(said)), _shown(new))


def likeness_to_last(text: str, last: str, year: int) -> Likeness | None:
    """Tell how a text repeats last quarter's, dates and digits aside; None where it does not."""
    said, before = _masked(text, year), _masked(last, year)
    if len(said) < SHORTEST or not before:
        return None
    new = _new(said, before)
    added = sum(map(len, new))
    ratio = SequenceMatcher(None, before, said, autojunk=False).ratio()
    if ratio < _ALIKE or added > max(_NEW_SIGNS, int(len(said) * _NEW_SHARE / 2)):
        return None
    known = talk_words.FIGURE.findall(_untimed(last, year))
    figures = [f for f in talk_words.FIGURE.findall(_untimed(text, year)) if f not in known]
    shown = _shown([*new, *dict.fromkeys(figures)])
    return Likeness(round(100 * ratio), shown, has_figures=bool(figures))


def only_hopes(text: str) -> bool:
    """Tell whether a text speaks of nothing but what is still to come.

    Examples
    --------
    >>> only_hopes("下一步将加快选址，力争年内开工。"), only_hopes("已完成选址，力争年内开工。")
    (True, False)
    """
    hopes = False
    for sentence in re.split(r"[。；;！!？?\n]", text):
        to_come = False
        for clause in re.split("[，,]", sentence):
            if not words(clause) or verdict(clause) is not None or _is_opening(clause):
                continue
            bare = talk_words.QUOTED.sub("", clause)
            to_come = to_come or talk_words.TO_COME.search(bare) is not None
            if not to_come:
                return False
            hopes = True
            if _is_done(bare):
                return False
    return hopes


def _is_done(clause: str) -> bool:
    """Tell whether a clause says that something is done before it says what is to come."""
    coming = talk_words.TO_COME.search(clause)
    before = clause[: coming.start()] if coming else ""
    return bool(talk_words.DONE.search(before) or talk_words.HAS_DONE.search(clause))


def _is_opening(clause: str) -> bool:
    return talk_words.OPENING.match(clause.strip()) is not None


def _body(text: str) -> str:
    """Return a text without the clauses that only state its grade."""
    clauses = re.split("(?<=[，,。；;！!\n])", text)
    while clauses:
        clause = clauses[0].strip("，,。；;！!\n ")
        if clause and verdict(clause) is None and not _is_opening(clause):
            break
        clauses.pop(0)
    return "".join(clauses)


def _turned(text: str, year: int) -> str:
    return _without_runs(words(talk_words.TURNED.sub("", _untimed(text, year))))


def _masked(text: str, year: int) -> str:
    return _without_runs(talk_words.DIGITS.sub("", words(_untimed(_body(text), year))))


def _without_runs(text: str) -> str:
    """Shorten what repeats one sign on and on: no text does, and comparing it takes minutes."""
    return talk_words.RUN.sub(lambda run: run[1] * _LONGEST_RUN, text)


def _untimed(text: str, year: int) -> str:
    for mention in reversed(times_in(text, year)):
        text = text[: mention.start] + text[mention.end :]
    return text


def _new(said: str, before: str) -> list[str]:
    """Return the pieces of a text that another has not, in order."""
    matcher = SequenceMatcher(None, before, said, autojunk=False)
    return [said[b:d] for tag, _, _, b, d in matcher.get_opcodes() if tag in ("insert", "replace")]


def _shown(new: list[str]) -> str:
    text = "、".join(new)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
