"""Where titles of documents may break, and dates that a cell holds alone."""

import re

TITLE_BREAKS = re.compile(r"(?=\d{4}年)|(?<=季度)|(?<=》)|(?=《)")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
