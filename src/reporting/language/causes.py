"""What a stated cause of delay is about, as far as its words say so."""

import re
from enum import StrEnum

from reporting.language.lexicon import lexicon


class Matter(StrEnum):
    """The classes that causes are counted under; what no word tells is 其他."""

    LAND = "用地"
    FUNDS = "资金"
    APPROVAL = "审批"
    TENDER = "招标"
    WILL = "企业意愿"
    OTHER = "其他"


_CLAUSE = re.compile(r"[，,。；;！!\n]|但是?|不过|然而")
_SETTLED = re.compile(
    r"(?:已经?|均已?|全部)(?:到位|落实|解决|办结|完成|批复|获批|取得|交付|拨付)|充足|不涉及|无关"
    r"|(?:没有|不存在|无|不是|并非)[^，。；]*(?:问题|困难|障碍|影响|原因)"
)
"""What says that a clause names no trouble."""
_WILL = re.compile(r"(?:企业|客商|投资方)[^，。；]{0,12}(?:意愿|积极性|决策|观望)")


def matters(words: str) -> tuple[Matter, ...]:
    """Tell what a cause is about, each class once, in their order; nothing of an empty text.

    Words of a matter that the same clause calls settled do not count. Nothing is guessed: a text
    without a known word is 其他.

    Examples
    --------
    >>> [str(one) for one in matters("用地报批慢，资金已到位")]
    ['用地', '审批']
    >>> [str(one) for one in matters("雨天多")]
    ['其他']
    """
    if not words.strip():
        return ()
    clauses = [part for part in _CLAUSE.split(words) if not _SETTLED.search(part)]
    found = {Matter(matter) for part in clauses for matter in _named(part)}
    return tuple(one for one in Matter if one in found) or (Matter.OTHER,)


def _named(clause: str) -> set[str]:
    known = lexicon()
    met = {known.words[word].matter for word in known.matters.findall(clause)}
    named = {str(matter) for matter in met if matter}
    return named | {str(Matter.WILL)} if _WILL.search(clause) else named
