"""What the province's notebook may show: ``from reporting.exhibits.province import show``."""

from reporting.exhibits.overview import contents
from reporting.exhibits.province.head import cover, summary
from reporting.exhibits.province.late import late_tasks
from reporting.exhibits.province.notes import editions, notes
from reporting.exhibits.province.offices import office_table
from reporting.exhibits.province.sources import sources
from reporting.exhibits.tasks.annex import appendix

__all__ = [
    "appendix",
    "contents",
    "cover",
    "editions",
    "late_tasks",
    "notes",
    "office_table",
    "sources",
    "summary",
]
