"""Parameter files as text: an entry more, a line, and not one sign of the rest."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reporting.project.entries import line_of, with_entry

ENTRY = {"kind": "add", "from": 2}
LINE = "- {kind: add, from: 2}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1  # 注\n", f"a: 1  # 注\nchanges:\n  {LINE}\n"),
        ("a: 1", f"a: 1\nchanges:\n  {LINE}\n"),
        ("", f"changes:\n  {LINE}\n"),
        ("changes: []   # none\nb: [x]\n", f"changes:   # none\n  {LINE}\nb: [x]\n"),
        ("changes:\n# c\nb: 1\n", f"changes:\n  {LINE}\n# c\nb: 1\n"),
        ("changes:\n- {k: a}  # r\n# next\nb: 1\n",
         f"changes:\n- {{k: a}}  # r\n{LINE}\n# next\nb: 1\n"),
        ("changes:\n    - k: a\n      l: b\n\n# c\nb: 1\n",
         f"changes:\n    - k: a\n      l: b\n    {LINE}\n\n# c\nb: 1\n"),
        ("changes:\n  - k: >\n      甲\n      乙\nb: 1\n",
         f"changes:\n  - k: >\n      甲\n      乙\n  {LINE}\nb: 1\n"),
        ("changes: [{k: a},\n  {k: b}]  # r\n",
         "changes: [{k: a},\n  {k: b}, {kind: add, from: 2}]  # r\n"),
        ("a: 1\r\nchanges:\r\n  - {k: a}\r\nb: 1\r\n",
         f"a: 1\r\nchanges:\r\n  - {{k: a}}\r\n  {LINE}\r\nb: 1\r\n"),
    ],
)  # fmt: skip
def test_entry_is_added_and_nothing_else_changes(before: str, after: str) -> None:
    """Order, comments, spacing and line ends stay, however the list is laid out."""
    assert with_entry(before, "changes", ENTRY) == after


@pytest.mark.parametrize("text", ["changes: {a: 1}\n", "changes: &x [1]\nb: *x\n", "{a: 1}\n"])
def test_layout_that_text_cannot_be_added_to_is_told(text: str) -> None:
    """None rather than a file that says something else."""
    assert with_entry(text, "changes", ENTRY) is None


@given(
    entries=st.lists(
        st.dictionaries(
            st.sampled_from(["decision", "reason", "unit"]),
            st.text(alphabet="市局:#'\"\\[]{},&*!|>%@`?- \n\t\u2028\u00851年〔〕", max_size=8),
            min_size=1,
        ),
        max_size=4,
    )
)
def test_any_words_survive_in_order(entries: list[dict[str, str]]) -> None:
    """Whatever signs the words hold, they are read back, one entry after the other."""
    text = "a: 1\nchanges: []  # 调整\nb: 2\n"
    for entry in entries:
        added = with_entry(text, "changes", entry)
        assert added is not None
        text = added
    assert yaml.safe_load(text) == {"a": 1, "changes": entries, "b": 2}


def test_lines_are_counted_as_an_editor_does() -> None:
    """The entry, its field, and the nearest above what is not there."""
    text = "a: 1\nchanges:\n  - {k: a}\n  - k: b\n    l: c\n"
    assert [line_of(text, path) for path in (
        ("changes",), ("changes", 0), ("changes", 1, "l"), ("changes", 1, "m"), ("x",),
    )] == [2, 3, 5, 4, 1]  # fmt: skip
