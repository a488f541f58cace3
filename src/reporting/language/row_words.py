"""The words by which rows and lines of a table are told that are no tasks."""

import re

_PAGE = re.compile(
    r"\s*(?:第\s*)?[-—–－]*\s*\d{1,4}\s*(?:页)?[-—–－]*(?:\s*[,，/／共]?\s*\d{0,4}\s*页?)\s*"
)
_NOTES = re.compile(
    r"[（(]?(?:注|说明)\s*\d{0,2}\s*[：:]|备注|附注|填表|填报|制表|审核|联系人|打印|单位负责人|※"
    r"|.{0,8}(?:签字|签名|盖章)\s*[：:（(]"
)
_TITLE = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}[章节部]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[）)])(?P<text>[^。；;：:]{2,40})"
)
_SUM_LINE = re.compile(r"\s*[合总小共]\s*计\s*(?:[：:]?\s*\d+\s*[项个件条]?\s*)?")
_SUM = re.compile(r"(?:合计|总计|小计|共计)[:：]?\d*[项个件条]?(?:任务|工作|事项)?")
_COUNT = re.compile(r"(?:共?\d+[项个件条家]?)?")
_CONTINUED = re.compile(r"\(?(?:.{2,30}表)?\(?[续接]上?[页表]?\)?\)?")


def is_page_number(text: str) -> bool:
    """Tell whether a line is a page number and nothing else."""
    return bool(text.strip()) and _PAGE.fullmatch(text) is not None


def is_note(text: str) -> bool:
    """Tell whether a line is a remark or a signature under a table, not a part of it."""
    return _NOTES.match(text.strip()) is not None


def numbered_title(text: str) -> str:
    """Return the words of a section's title behind its number, empty where it is none.

    Examples
    --------
    >>> numbered_title("二、社会事业"), numbered_title("二、完成投资。")
    ('社会事业', '')
    """
    match = _TITLE.fullmatch(text)
    return match["text"] if match else ""


def is_sum_line(text: str) -> bool:
    """Tell a line that adds tasks up: 合计：3项."""
    return _SUM_LINE.fullmatch(text) is not None


def is_sum(text: str) -> bool:
    """Tell a cell, written without spaces, that heads a sum: 合计, 小计3项任务."""
    return _SUM.fullmatch(text) is not None


def is_count(text: str) -> bool:
    """Tell a cell, written without spaces, that counts tasks or is empty: 共3项."""
    return _COUNT.fullmatch(text) is not None


def is_continued(text: str) -> bool:
    """Tell a line, written without spaces, that says a table goes on: 续表, 任务表(续)."""
    return _CONTINUED.fullmatch(text) is not None
