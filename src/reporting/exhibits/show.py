"""Everything a notebook may show: ``from reporting.exhibits import show``."""

from reporting.exhibits.action.leader import asked_of_others, coming_work, late_tasks
from reporting.exhibits.action.sheet import action_sheet, attachment
from reporting.exhibits.adjustments import adjustments
from reporting.exhibits.analyst.frame import frame
from reporting.exhibits.city.followed import commitments, unsettled
from reporting.exhibits.city.highlights import highlights
from reporting.exhibits.city.late import off_schedule
from reporting.exhibits.city.page import mayor_page
from reporting.exhibits.city.ranked import ranked_units
from reporting.exhibits.city.requests import coordination_by_decider
from reporting.exhibits.city.returned import returns_with_tasks
from reporting.exhibits.city.scores import score_table
from reporting.exhibits.city.work import next_work, work_asked
from reporting.exhibits.editions.notice import corrections
from reporting.exhibits.groups import (
    action_table,
    heading_table,
    leader_table,
    unit_heat,
    unit_table,
    without_leader,
)
from reporting.exhibits.notes import data_notes, rating_rule, return_states, undecided
from reporting.exhibits.overview import (
    contents,
    counts,
    cover,
    distribution,
    summary,
    task_table,
)
from reporting.exhibits.public.report import (
    about_public,
    public_highlights,
    public_next,
    public_summary,
    public_targets,
)
from reporting.exhibits.public.tasks import public_tasks
from reporting.exhibits.slides.deck import slides
from reporting.exhibits.sources.listed import sources
from reporting.exhibits.targets import doubts, target_table
from reporting.exhibits.tasks.annex import annex, appendix
from reporting.exhibits.tasks.cards import task_cards
from reporting.exhibits.tasks.causes import causes
from reporting.exhibits.tasks.coordination import coordination
from reporting.exhibits.tasks.disagreements import disagreements
from reporting.exhibits.tasks.duties import next_duties, supported
from reporting.exhibits.tasks.extra import extra
from reporting.exhibits.tasks.followup import followed_up
from reporting.exhibits.tasks.lagging import lagging, lagging_by_grade
from reporting.exhibits.year.carried import carried_over
from reporting.exhibits.year.outlook import outlook
from reporting.exhibits.year.results import year_end, year_results

__all__ = [
    "about_public",
    "action_sheet",
    "action_table",
    "adjustments",
    "annex",
    "appendix",
    "asked_of_others",
    "attachment",
    "carried_over",
    "causes",
    "coming_work",
    "commitments",
    "contents",
    "coordination",
    "coordination_by_decider",
    "corrections",
    "counts",
    "cover",
    "data_notes",
    "disagreements",
    "distribution",
    "doubts",
    "extra",
    "followed_up",
    "frame",
    "heading_table",
    "highlights",
    "lagging",
    "lagging_by_grade",
    "late_tasks",
    "leader_table",
    "mayor_page",
    "next_duties",
    "next_work",
    "off_schedule",
    "outlook",
    "public_highlights",
    "public_next",
    "public_summary",
    "public_targets",
    "public_tasks",
    "ranked_units",
    "rating_rule",
    "return_states",
    "returns_with_tasks",
    "score_table",
    "slides",
    "sources",
    "summary",
    "supported",
    "target_table",
    "task_cards",
    "task_table",
    "undecided",
    "unit_heat",
    "unit_table",
    "unsettled",
    "without_leader",
    "work_asked",
    "year_end",
    "year_results",
]
