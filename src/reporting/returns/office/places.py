"""Where a check puts what it gives, in the folder of the quarter's pack."""

SENDBACK = "sendback"
SHEETS = "sheets"
"""The blank sheets, which go with a reminder."""

CHECK_PAGE = "核对结果.html"
CHECK_BOOK = "核对结果.xlsx"
CHECK_JSON = "核对结果.json"
