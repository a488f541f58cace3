"""What a row of a task table is, when it is no task: a title, a remark, a sum, the header again."""

import re
from collections.abc import Sequence

from reporting.plan.table.columns import Columns, Vocabulary, normal
from reporting.plan.table.grid import GridCell, GridRow, LooseLine
from reporting.plan.table.sources.text import is_note, is_page_number

_CONTINUED = re.compile(r"\(?(?:.{2,30}表)?\(?[续接]上?[页表]?\)?\)?")
CHAPTER = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[章节部]"
    r"|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_SUM = re.compile(r"(?:合计|总计|小计|共计)[:：]?\d*[项个件条]?(?:任务|工作|事项)?")
_COUNT = re.compile(r"(?:共?\d+[项个件条家]?)?")
FEW = 3


def section_title(row: GridRow, below: GridRow | None, columns: Columns) -> str | None:
    """Return the title of a section when a row is one and no task."""
    if (alone := _alone(row, columns)) is not None:
        return alone.text
    filled = [at for at, cell in enumerate(row.cells) if cell.own and cell.text.strip()]
    if any(cell.above for cell in row.cells) or not 1 <= len(filled) <= 2:
        return None
    numbers = columns.fields.get("number", ())
    before = [at for at in filled if at in numbers and len(filled) > 1]
    *others, at = [at for at in filled if at not in before]
    if others:
        return None
    title = row.cells[at].text
    if at not in (*columns.fields.get("heading", ()), *columns.fields["goal"]):
        return None
    if not before:
        # A title below the word that heads the titles; elsewhere its number tells it.
        heads = at in columns.fields.get("heading", ())
        return title if heads or CHAPTER.match(title) else None
    number = row.cells[before[0]].text.strip()
    return title if CHAPTER.match(f"{number}、") or _divides(number, below, before[0]) else None


def _divides(number: str, below: GridRow | None, at: int) -> bool:
    """Tell whether the next row's number is a part of this one: 1 and 1.1."""
    if below is None or at >= len(below.cells) or not number:
        return False
    return re.match(rf"{re.escape(number)}[.．-]\d", below.cells[at].text.strip()) is not None


def _alone(row: GridRow, columns: Columns) -> GridCell | None:
    """Return the only text of a row when it is no task: it spans the row or stands first."""
    filled = [cell for cell in row.cells if cell.own and cell.text.strip()]
    if len(filled) != 1:
        return None
    at = row.cells.index(filled[0])
    goal = columns.fields["goal"][0]
    if any(cell.above for cell in row.cells):
        return None
    spans = at < goal < len(row.cells) and row.cells[goal].left
    wide = at + 1 < len(row.cells) and row.cells[-1].left
    first = at == 0 and at != goal
    return filled[0] if spans or wide or first or len(row.cells) == 1 else None


def is_remark(row: GridRow, columns: Columns, *, remarks: bool) -> bool:
    """Tell a row of remarks, signatures or a page number from a task.

    A remark may fill several cells (填表人：某甲 and 审核人：某乙), of which none is a task's; one
    that is numbered goes on in the next rows.
    """
    filled = [cell for cell in row.cells if cell.own and cell.text.strip()]
    if len(filled) == 1 and is_page_number(filled[0].text):
        return _alone(row, columns) is not None
    if any(cell.above and cell.text.strip() for cell in row.cells):
        return False
    short = len(row.cells) < columns.width // 2 + 1
    if filled and is_note(filled[0].text):
        return len(filled) == 1 or short or all(is_note(cell.text) for cell in filled)
    titled = any(CHAPTER.match(cell.text) for cell in filled[:1])
    return remarks and not titled and (short or len(filled) == 1)


def is_repeated_head(
    row: GridRow, loose: Sequence[LooseLine], columns: Columns, words: Vocabulary
) -> bool:
    """Tell what a page's head says again, and the row that numbers the columns."""
    if repeats(row, columns, words) or _is_repeated_title(row, loose):
        return True
    texts = [normal(text).strip("()") for text in row.texts]
    return len(texts) > 2 and texts == [str(at) for at in range(1, len(texts) + 1)]


def repeats(row: GridRow, columns: Columns, words: Vocabulary) -> bool:
    """Tell whether a row is the header again, or one of its rows, perhaps in other words."""
    header = [normal(name) for name in columns.names]
    own = [normal(text) for text in row.texts]
    if own == header or tuple(own) in columns.upper:
        return True
    filled = [(a, b) for a, b in zip(own, header, strict=False) if a]
    if len(filled) > 1 and all(a == b for a, b in filled):
        return True
    # 牵头部门 on one page and 牵头单位 on another head the same column.
    kinds = tuple(map(words.kind, row.texts))
    return sum(kind is not None for kind in kinds) > FEW and kinds == columns.kinds


def _is_repeated_title(row: GridRow, loose: Sequence[LooseLine]) -> bool:
    """Tell a row that says 续表, or the title again, at the head of a page."""
    words = {normal(cell.text) for cell in row.cells if cell.own} - {""}
    if len(words) != 1:
        return False
    (only,) = words
    titles = {normal(line.text) for line in loose if not line.after}
    return only in titles or _CONTINUED.fullmatch(only) is not None


def is_sum(row: GridRow, columns: Columns) -> bool:
    """Tell a row that adds the others up from a task: it says so, and has no goal."""
    goals = [row.cells[at] for at in columns.fields["goal"] if at < len(row.cells)]
    if not any(_SUM.fullmatch(normal(cell.text)) for cell in row.cells if cell.own):
        return False
    said = [normal(cell.text) for cell in goals if cell.own]
    return all(_SUM.fullmatch(text) or _COUNT.fullmatch(text) for text in said)
