"""What a progress text says of its own rating: its status sentence, and what denies the claim.

One function decides, `denial`: it reads the whole text, part by part, and gives back the sentence
that decided. Its parts end at a full stop, a semicolon or a line break; what is quoted ends at a
full stop, so that nothing said after a semicolon is kept from the reader.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporting.grades import DONE, GOOD, IDLE, LAGGING, Grade, Kind, Scale, kind_of_words
from reporting.language.clip import clip
from reporting.language.phrases import verdicts

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_PART_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE_END = re.compile(r"[，,：:、]")
_QUOTE_LENGTH = 90
_BARE_LENGTH = 16
_BAD = LAGGING | IDLE


@dataclass(frozen=True)
class Part:
    """A part of a text that says one thing, and the whole sentence it stands in."""

    text: str
    sentence: str
    is_opening: bool


def status_sentence(progress: str) -> str:
    """Quote the opening sentence verbatim, shortened with ``……`` when it is very long."""
    sentence, _ = _first(progress)
    return clip(sentence, _QUOTE_LENGTH)


def quoted(progress: str) -> str:
    """Quote what a rating in words rests on.

    An opening that says little more than a grade's word proves little, so the sentence after
    it is quoted with it.
    """
    sentence, rest = _first(progress)
    if len(sentence) > _BARE_LENGTH:
        return clip(sentence, _QUOTE_LENGTH)
    following, _ = _first(rest)
    return clip(sentence + following, _QUOTE_LENGTH)


def _first(text: str) -> tuple[str, str]:
    """Part the first sentence, with its mark, from the rest."""
    text = text.strip()
    end = _SENTENCE_END.search(text)
    return (text[: end.end()].strip(), text[end.end() :]) if end else (text, "")


def _parts(progress: str) -> Iterator[Part]:
    rest = progress.strip()
    opening = True
    while rest:
        sentence, rest = _first(rest)
        for text in _PART_END.split(sentence):
            if text.strip():
                yield Part(text.strip(), sentence, opening)
                opening = False


def denial(progress: str, claimed: Kind) -> str:
    """Return the sentence of a text that denies the grade claimed beside it; empty for none.

    The whole text is read. Its opening speaks of the whole matter; what follows counts where it
    does so as well, or where a claim leaves no room for it: nothing done is still to be begun,
    nothing not begun is being built, nothing put off is complete.

    Examples
    --------
    >>> denial("已完成水保批复。全线开工建设尚未启动，预计明年开工。", Kind.DONE)
    '全线开工建设尚未启动，预计明年开工。'
    >>> denial("已完成水保批复。无未完成事项。", Kind.DONE)
    ''
    """
    for part in _parts(progress):
        denies = _opening_denies if part.is_opening else _rest_denies
        if denies(part.text, claimed):
            return clip(part.sentence, _QUOTE_LENGTH)
    return ""


def contradiction(progress: str, claimed: Grade, scale: Scale) -> str:
    """Return the sentence of a text that states another grade than the one claimed, or denies it.

    A text may open with the office's own word for a grade; of another grade than is claimed, even
    one that counts as the same, somebody has to say which is meant.
    """
    opening = next(_parts(progress), None)
    stated = _named(opening.text, scale) if opening else None
    # What is done may be part of what is on schedule: 办妥 opens many a text that says no grade.
    if opening and stated and stated != claimed and not (stated in DONE and claimed in GOOD):
        return clip(opening.sentence, _QUOTE_LENGTH)
    return denial(progress, claimed.kind)


def _named(text: str, scale: Scale) -> Grade | None:
    """Find the grade whose own word a text states as a clause; None for none, or a usual word."""
    said = ""
    for clause in _CLAUSE_END.split(text):
        bare = verdicts.OPENERS.sub("", clause.strip())
        words = (clause, bare, verdicts.GRADED_AS.sub("", bare).strip('“”"'))
        found = next((grade for word in words if (grade := scale.parse(word))), None)
        if found is not None and not any(map(kind_of_words, words)):
            return None if verdicts.LATER.search(said) else found
        said += clause
    return None


def _opening_denies(text: str, claimed: Kind) -> bool:
    stated = verdict(text)
    if claimed is Kind.DONE and (_is_to_come(text) or verdicts.REMAINDER.search(text)):
        return True
    if claimed in GOOD:
        return stated in _BAD or _is_denied(text)
    if claimed is Kind.NOT_STARTED and (verdicts.BEGUN.search(text) or _is_at_work(text)):
        return True
    if claimed is Kind.PAUSED and _is_whole(text):
        return True
    return stated in GOOD and not _is_denied(text)


def _rest_denies(text: str, claimed: Kind) -> bool:
    if verdicts.ASIDE.match(text):
        return False
    if claimed is Kind.DONE:
        undone = any(_stands(text, found) for found in verdicts.DENIALS.finditer(text))
        bad = verdict(text) in _BAD
        return undone or bad or verdicts.REMAINDER.search(text) is not None
    if claimed is Kind.ON_SCHEDULE:
        lags = any(_is_of_all(text, found) for found in verdicts.DENIALS.finditer(text))
        return lags or verdict(text) in _BAD
    if claimed is Kind.NOT_STARTED:
        return verdict(text) in GOOD or _is_at_work(text)
    if claimed is Kind.PAUSED:
        return _is_whole(text)
    return False


def _stands(text: str, found: re.Match[str]) -> bool:
    """Tell a denial of what was done from one of others, of none, or of what was made good."""
    before, rest = text[: found.start()], text[found.end() :]
    clause = re.split(r"[，,]", before)[-1]
    aside = (
        verdicts.ASIDE.match(clause)
        or verdicts.ATTRIBUTE.match(rest)
        or verdicts.NONE_OF_IT.match(rest)
    )
    return _is_meant(text, found) and not aside and not verdicts.MADE_GOOD.search(rest)


def _is_of_all(text: str, found: re.Match[str]) -> bool:
    """Tell whether a denial speaks of the whole matter, not of one part that lags."""
    return verdicts.WHOLE.match(text[: found.start()]) is not None and _stands(text, found)


def _is_at_work(text: str) -> bool:
    """Tell whether works are under way."""
    for clause in re.split(r"[，,]", text):
        if verdicts.WORKS.search(clause) and not verdicts.NOT_YET.search(clause):
            return True
    return False


def _is_whole(text: str) -> bool:
    """Tell whether a part says that all is done; what merely prepares or winds up is not all."""
    return any(
        verdicts.WHOLLY.search(clause) and not verdicts.PREPARING.search(clause)
        for clause in re.split(r"[，,]", text)
    )


def status_words(progress: str) -> str:
    """Quote the words by which a text states its own grade in its opening; empty for none.

    Examples
    --------
    >>> status_words("按计划推进，方案已印发。另行上报。"), status_words("方案已印发。")
    ('按计划推进', '')
    """
    opening, _ = _first(progress)
    for clause in _CLAUSE_END.split(opening.rstrip("。！？!?；;\n ")):
        if verdict(clause) is not None:
            return clause.strip()
    return ""


def verdict(sentence: str) -> Kind | None:
    """Find the grade that a sentence states as a clause of its own; None when it states none."""
    said = ""
    for clause in _CLAUSE_END.split(sentence.rstrip("。！？!?；;\n ")):
        found = kind_of_words(clause) or kind_of_words(verdicts.OPENERS.sub("", clause.strip()))
        if found is not None and not verdicts.LATER.search(said):
            return found
        said += clause
    return None


def _is_denied(sentence: str) -> bool:
    """Tell whether a sentence says that something lags, stopped or is not done."""
    return any(_is_meant(sentence, found) for found in verdicts.DENIALS.finditer(sentence))


def _is_meant(sentence: str, denial: re.Match[str]) -> bool:
    """Tell a denial from one that is taken back (不存在滞后), or only a condition (未完成前).

    Nor is what another year is to bring, and what is said not to count, a denial.
    """
    before, rest = sentence[: denial.start()], sentence[denial.end() :]
    aside = verdicts.LATER.search(before) or verdicts.OF_NO_WEIGHT.match(rest)
    taken_back = verdicts.CONDITION.match(rest) or verdicts.TAKEN_BACK.search(before)
    return not (aside or taken_back)


def _is_to_come(sentence: str) -> bool:
    found = verdicts.TO_COME.search(sentence)
    return found is not None and verdicts.ACHIEVED.search(sentence[: found.start()]) is None
