"""What titles are made of: the number of a chapter, an annex, and no promised quantity."""

import re

from reporting.language.quantities import find_quantities

CHAPTER = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[章节部]"
    r"|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_ANNEX = re.compile(r"\s*附[件表]\s*[\d一二三四五六七八九十]{0,3}\s*[：:.．、]?\s*")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
# 抓好10件民生实事 heads the ten; 新增就业5000人 is promised.
_LISTED_IN = frozenset({"项", "件", "个", "条", "类", "大", "批", "方面"})


def promises(text: str) -> bool:
    """Tell whether a text that could be a title promises a quantity, and so is none.

    Examples
    --------
    >>> promises("新增就业5000人"), promises("一、抓好10件民生实事"), promises("产业强县（2项）")
    (True, False, False)
    """
    found = find_quantities(_BRACKETED.sub("", text), 0)
    if CHAPTER.match(text):
        return any(quantity.unit not in _LISTED_IN for quantity in found)
    return bool(found)


def annex_title(text: str) -> str | None:
    """Return what an annex's line says after its number, perhaps nothing; None for others.

    Examples
    --------
    >>> annex_title("附件2：民生实事任务表"), annex_title("附件1"), annex_title("任务表")
    ('民生实事任务表', '', None)
    """
    match = _ANNEX.match(text)
    return text[match.end() :].strip() if match else None
