"""Nothing lost, whatever the cells hold: drawn tables, every letter found again."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.errors import InputRefused
from reporting.plan.values import Plan

from .builders import led, read, tabbed, xlsx

LETTERS = "甲乙丙丁戊己庚辛"
"""Letters that no fixed word of the form holds: each must be found again."""

_NAME = st.text(alphabet=LETTERS, min_size=1, max_size=3)
_UNIT = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["市", "", "各", "1.", " "]),
        _NAME,
        st.sampled_from(["局", "镇", "办（设在市辛局）", "（筹）", "管委会", "", "局（庚组）"]),
    ),
)
_BETWEEN = st.sampled_from(
    ["、", "，", "；", "\n", " ", "：", "及", "等", "（", "）", "\n2.乙段："]
)
_ANY = st.lists(st.tuples(_UNIT, _BETWEEN), max_size=5).map(
    lambda parts: "".join(text for pair in parts for text in pair)
)
_PEOPLE = st.lists(
    st.tuples(_NAME, st.sampled_from(["、", "  ", "\n", "副市长", ""])), max_size=4
).map(lambda parts: "".join(text for pair in parts for text in pair))
_HEADING = st.sampled_from(["", "（3） ", "（4） 实施甲行动，着力乙。丙。", "丁戊"])
_ROWS = st.lists(
    st.tuples(
        _HEADING,
        st.text(alphabet=LETTERS + "。，1.%", min_size=1, max_size=9).map(lambda t: f"7. 己{t}"),
        st.sampled_from(["一季度，甲。", "乙、丙。\n全年，丁。", "", "戊"]),
        _PEOPLE,
        _ANY,
        _ANY,
    ),
    min_size=1,
    max_size=4,
)


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char in LETTERS)


def _held(plan: Plan) -> Counter[str]:
    """Count the letters of fields and findings; a carried heading counts once."""
    held: Counter[str] = Counter()
    for task in plan.tasks:
        parts = [task.goal, task.schedule, *task.leaders, *task.lead_units]
        parts += [task.host_unit or "", task.coordinating_unit or "", task.heading]
        parts += [f"{s.scope or ''}{s.unit}" for s in task.supporting_units]
        held.update(_letters("".join(parts)))
    held.update(_letters("".join(f.found for f in plan.findings)))
    return held


@settings(deadline=None, max_examples=60)
@given(rows=_ROWS, form=st.sampled_from(["led", "xlsx", "tabbed"]))
def test_every_letter_lands_in_a_field_or_a_finding(rows: list[tuple[str, ...]], form: str) -> None:
    """Whatever stands in the cells, no letter of a row is lost in silence."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            if form == "xlsx":
                plan = read(Path(folder), xlsx(rows, []), "t.xlsx")
            elif form == "tabbed":
                flat = [[cell.replace("\n", "；") for cell in row] for row in rows]
                plan = read(Path(folder), tabbed(flat))
            else:
                plan = read(Path(folder), led(rows))
        except InputRefused:
            return
    lost = _letters("".join(cell for row in rows for cell in row)) - _held(plan)
    assert not lost
    assert len(plan.tasks) == len(rows)
