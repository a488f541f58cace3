"""What a progress text says of itself: its status sentence, and whether it denies its rating."""

import re

from reporting.grades import GOOD, IDLE, LAGGING, Grade, parse_grade

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE_END = re.compile(r"[，,：:、]")
_QUOTE_LENGTH = 90
_BARE_LENGTH = 16
# Words before the verdict that do not change it.
_OPENERS = re.compile(
    r"^(截至目前|截至本季度末|目前|本季度|该项|此项|该|总体上?|整体上?|各项|工作|任务|事项|进度|进展|已)+"
)
_BEGUN = re.compile(
    r"已(?:经)?(?:全面|正式|全部|顺利)?(?:开工|动工|启动|投产|建成|完工|竣工)|正在(?:施工|建设)"
)
_DENIALS = re.compile(
    r"(?:未能?|没有|没能?|无法|难以)"
    r"(?:正式|全面|按时|按期|如期|按计划|按进度|全部|顺利|及时|实质性?)*"
    r"(?:完成|启动|开工|动工|办结|完工|竣工|建成|投产|开展|达到?(?:序时|时序|预期|计划|目标))"
    r"|(?<![未不])滞后|(?:推进|进展)(?:缓慢|较慢)|慢于序时|欠进度|落后于(?:计划|进度|序时)"
    r"|停滞|搁置|停工|(?:暂停|暂缓|中止|终止)(?:实施|推进|建设|施工|举办|开展)?(?=$|[，,。；;！!\n])"
    r"|(?:项目|活动|任务|展会|赛事)[^，,。；;]{0,10}取消(?:举办|实施)?(?=$|[，,。；;！!\n])"
)
# What stands before a denial and takes it back: none of it exists, or it was dealt with.
_TAKEN_BACK = re.compile(
    r"(?:不存在|未出现|未发现|未发生|杜绝|避免|防止|无|没有)(?:任何|明显|严重|较大|一[个项处宗件家])?"
    r"(?:[^，,。；;：:]{1,12}[、或和及])?$"
    r"|(?:不存在|未出现|未发现|未发生|杜绝|避免|防止)[^，,。；;：:]{1,4}$"
    r"|(?:解决|消除|克服|扭转|化解|清理|盘活|处置|整治|梳理|推动)[^，,。；;：:已尚]{0,6}$"
)
_CONDITION = re.compile(r"之?前")
# Something still to come, where nothing is said to be done before it.
_TO_COME = re.compile(
    r"(?:力争|争取|预计|有望|确保(?!了)|拟于|将[于在]|(?<![按照度])计划(?=[于在到年\d]))"
    r"[^，,。；;已]{0,20}(?:完成|完工|竣工|建成|投产|办结|举办|启用|投用)"
    r"|正在(?![^，,。；;]{1,8}的)"
)
# A counted rest that is still at work: 剩余12户正在协商.
_REMAINDER = re.compile(
    r"(?:剩余|剩下|尚余|其余|[尚还仍]有)(?:的)?\d+[^，,。；;\d已]{1,10}(?:正在|尚未|仍未|还未|未|有待|待)"
)
_ACHIEVED = re.compile(r"已|完成|累计|实现|达|顺利|成功|印发|出台|召开|举办")


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
        found = parse_grade(clause) or parse_grade(_OPENERS.sub("", clause.strip()))
        if found is not None:
            return found
    return None


def contradicts(progress: str, claimed: Grade) -> bool:
    """Tell whether the opening sentence denies the grade that is claimed beside it."""
    sentence = status_sentence(progress)
    stated = verdict(sentence)
    if claimed is Grade.DONE and (_is_to_come(sentence) or _REMAINDER.search(sentence)):
        return True
    if claimed in GOOD:
        return stated in LAGGING | IDLE or _is_denied(sentence)
    if claimed is Grade.NOT_STARTED and _BEGUN.search(sentence):
        return True
    return stated in GOOD and not _is_denied(sentence)


def _is_denied(sentence: str) -> bool:
    """Tell whether a sentence says that something lags, stopped or is not done."""
    return any(_is_meant(sentence, found) for found in _DENIALS.finditer(sentence))


def _is_meant(sentence: str, denial: re.Match[str]) -> bool:
    """Tell a denial from one that is taken back (不存在滞后), or only a condition (未完成前)."""
    before, rest = sentence[: denial.start()], sentence[denial.end() :]
    return not (_CONDITION.match(rest) or _TAKEN_BACK.search(before))


def _is_to_come(sentence: str) -> bool:
    found = _TO_COME.search(sentence)
    return found is not None and _ACHIEVED.search(sentence[: found.start()]) is None
