"""What a progress text says of itself: its status sentence, and whether it denies its rating."""

import re

from reporting.grades import Grade, parse_grade

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE_END = re.compile(r"[，,：:、]")
_QUOTE_LENGTH = 90
_BARE_LENGTH = 16
# Words before the verdict that do not change it.
_OPENERS = re.compile(
    r"^(截至目前|截至本季度末|目前|本季度|该项|此项|该|总体上?|整体上?|各项|工作|任务|事项|进度|进展|已)+"
)
_DENIALS = re.compile(
    r"(?:未能?|尚未|没有)(?:正式|全面|按时|按期|如期|全部|实质性?)*(?:完成|启动|开工|动工|办结|达到?序时|达到?时序)"
    r"|(?<![无未不没])(?<!没有)(?<!存在)滞后|推进缓慢|进展缓慢|慢于序时|欠进度|停滞|搁置"
)
_BEGUN = re.compile(r"已(?:经)?(?:全面|正式|全部|顺利)?(?:开工|动工|启动|投产|建成|完工|竣工)")
_GOOD = frozenset({Grade.DONE, Grade.ON_SCHEDULE})
_BAD = frozenset({Grade.BEHIND, Grade.FAR_BEHIND, Grade.NOT_STARTED, Grade.PAUSED})


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


def in_quotes(text: str) -> str:
    """Set words in quotation marks; marks inside become single ones, as Chinese has it.

    Examples
    --------
    >>> in_quotes("围绕“链主”推进")
    '“围绕‘链主’推进”'
    """
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


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
        found = parse_grade(clause) or parse_grade(_OPENERS.sub("", clause.strip()))
        if found is not None:
            return found
    return None


def contradicts(progress: str, claimed: Grade) -> bool:
    """Tell whether the opening sentence denies the grade that is claimed beside it."""
    sentence = status_sentence(progress)
    stated = verdict(sentence)
    if claimed in _GOOD:
        return stated in _BAD or _DENIALS.search(sentence) is not None
    if claimed is Grade.NOT_STARTED and _BEGUN.search(sentence):
        return True
    return stated in _GOOD and _DENIALS.search(sentence) is None
