"""What a progress text says of itself: its status sentence, and whether it denies its rating."""

import re

from reporting.grades import GOOD, IDLE, LAGGING, Grade, parse_grade
from reporting.language.phrases import verdicts

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE_END = re.compile(r"[，,：:、]")
_QUOTE_LENGTH = 90
_BARE_LENGTH = 16


def status_sentence(progress: str) -> str:
    """Quote the opening sentence verbatim, cut with ``……`` when it is very long."""
    sentence, _ = _first(progress)
    return _cut(sentence)


def quoted(progress: str) -> str:
    """Quote what a rating in words rests on.

    An opening that says little more than a grade's word proves little, so the sentence after
    it is quoted with it.
    """
    sentence, rest = _first(progress)
    if len(sentence) > _BARE_LENGTH:
        return _cut(sentence)
    following, _ = _first(rest)
    return _cut(sentence + following)


def _first(text: str) -> tuple[str, str]:
    """Part the first sentence, with its mark, from the rest."""
    text = text.strip()
    end = _SENTENCE_END.search(text)
    return (text[: end.end()].strip(), text[end.end() :]) if end else (text, "")


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTE_LENGTH else text[:_QUOTE_LENGTH] + "……"


def verdict(sentence: str) -> Grade | None:
    """Find the grade that a sentence states as a clause of its own; None when it states none."""
    for clause in _CLAUSE_END.split(sentence.rstrip("。！？!?；;\n ")):
        found = parse_grade(clause) or parse_grade(verdicts.OPENERS.sub("", clause.strip()))
        if found is not None:
            return found
    return None


def contradicts(progress: str, claimed: Grade) -> bool:
    """Tell whether the opening sentence denies the grade that is claimed beside it."""
    sentence = status_sentence(progress)
    stated = verdict(sentence)
    if claimed is Grade.DONE and (_is_to_come(sentence) or verdicts.REMAINDER.search(sentence)):
        return True
    if claimed in GOOD:
        return stated in LAGGING | IDLE or _is_denied(sentence)
    if claimed is Grade.NOT_STARTED and verdicts.BEGUN.search(sentence):
        return True
    return stated in GOOD and not _is_denied(sentence)


def _is_denied(sentence: str) -> bool:
    """Tell whether a sentence says that something lags, stopped or is not done."""
    return any(_is_meant(sentence, found) for found in verdicts.DENIALS.finditer(sentence))


def _is_meant(sentence: str, denial: re.Match[str]) -> bool:
    """Tell a denial from one that is taken back (不存在滞后), or only a condition (未完成前)."""
    before, rest = sentence[: denial.start()], sentence[denial.end() :]
    return not (verdicts.CONDITION.match(rest) or verdicts.TAKEN_BACK.search(before))


def _is_to_come(sentence: str) -> bool:
    found = verdicts.TO_COME.search(sentence)
    return found is not None and verdicts.ACHIEVED.search(sentence[: found.start()]) is None
