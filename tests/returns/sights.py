"""Which rules of the check the sheet 自查 can see, and why it cannot see the others."""

from reporting.returns.sheets.selfcheck.lines import TOLD

SEEN = frozenset(key.split()[0] for key in TOLD)
"""Rules that a column of the sheet answers to."""
SEEN_OF_OWN = frozenset({"RET-EXTRA-KIND", "RET-EXTRA-CHOICE", "RET-EXTRA-MISSING"})
"""Rules that a column answers to where the office has columns of its own (test_extra_shown)."""
COVERED = {
    "RET-ACTUAL-CONVERTED": "RET-ACTUAL-TEXT",
    "RET-ACTUAL-ROUGH": "RET-ACTUAL-TEXT",
    "RET-LEFT-OUT": "RET-ACTUAL-TEXT, RET-DATE-TEXT",
    "RET-BLANK": "RET-EMPTY",
}
"""Rules whose faults another column shows: formulas see a text where a number is due."""
UNSEEN = {
    "of the file, which is not open when it is at fault": (
        "RET-FILE-EMPTY", "RET-FILE-NOT-BOOK", "RET-FILE-DAMAGED", "RET-FILE-PROTECTED",
        "RET-FILE-XLS", "RET-FILE-HUGE", "RET-FILE-FOLDER", "RET-FILE-ELSEWHERE", "RET-FILE-NAME",
        "RET-FILE-UNREADABLE", "RET-FILE-OTHER", "RET-FILE-KIND", "RET-FILE-FORMAT",
        "RET-FILE-LINKS", "RET-FILE-MACROS", "RET-FILE-ODD", "RET-PART-UNREAD", "RET-PARTS-MORE",
    ),
    "beside the cells": (
        "RET-TEXTBOX", "RET-SHAPE", "RET-PICTURE", "RET-CELL-PICTURE", "RET-ATTACHMENT",
        "RET-COMMENT", "RET-COMMENT-REPLY",
    ),
    "of whose return it is and when it came": (
        "RET-IDENTITY-MISSING", "RET-UNIT-UNKNOWN", "RET-UNIT-WRONG", "RET-TITLE",
        "RET-QUARTER-WRONG", "RET-EDITION", "RET-TASK-DROPPED", "RET-TASK-CHANGED",
        "RET-TARGET-CHANGED", "RET-DUPLICATE", "RET-VERSION", "RET-JOINED", "RET-VERSIONS-DIFFER",
        "RET-DUPLICATE-SAME", "RET-MISSING", "RET-LATE-RECEIVED", "RET-DAY-AFTER",
    ),
    "of what is locked": (
        "RET-SHEET-MISSING", "RET-SHEET-RENAMED", "RET-SHEET-EXTRA", "RET-COLUMN-MISSING",
        "RET-COLUMN-TWICE", "RET-ROW-MISSING", "RET-ROW-ADDED", "RET-ROW-OTHER",
        "RET-ROW-REPEATED", "RET-ROW-BYTEXT", "RET-ROW-HIDDEN", "RET-COLUMN-HIDDEN", "RET-MERGED",
        "RET-MERGED-ANSWER", "RET-CELL-STRAY", "RET-PLAN-ALTERED", "RET-LAST-ALTERED",
        "RET-ACTUAL-ALONE",
    ),
    "how a cell is set, and whether it is reckoned": (
        "RET-STRUCK", "RET-HIDDEN", "RET-LETTER", "RET-FORMULA", "RET-FORMULA-EMPTY",
        "RET-DATE-YEAR",
    ),
    "of what sentences mean": (
        "RET-TEXT-LAST", "RET-TEXT-FIGURES", "RET-TEXT-HOPES", "RET-PROSE-FIGURE",
        "RET-PROSE-GRADE", "RET-PROSE-LAST", "RET-PROSE-PLAN", "RET-PROSE-SHARE",
        "RET-RATING-TEXT", "RET-STEP-PAST",
    ),
    "of other units, and of the office": (
        "RET-LEAD-DIFFERS", "RET-LEAD-GRADES", "RET-CONFIRMED", "RET-REPLY", "RET-DECIDED",
        "RET-DECISION-VOID", "RET-PROMISE-PUT-OFF",
    ),
    "of a column that the sheet was sent out without": ("RET-EXTRA-COLUMN",),
}  # fmt: skip
"""What no formula sees, and why."""
