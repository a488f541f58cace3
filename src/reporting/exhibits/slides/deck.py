"""The deck: a cover, then one message a page."""

from reporting.assess.values import Assessment
from reporting.documents.blocks import Cover
from reporting.documents.slides.values import Deck
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.overview import cover
from reporting.exhibits.slides.data import data_slide
from reporting.exhibits.slides.duties import duty_slide
from reporting.exhibits.slides.figures import figure_slides
from reporting.exhibits.slides.overall import overall_slide
from reporting.exhibits.slides.requests import request_slide
from reporting.exhibits.slides.returned import return_slide
from reporting.exhibits.slides.units import unit_slide
from reporting.exhibits.slides.worst import worst_slide


@in_labels
def slides(assessment: Assessment) -> Deck:
    """Make the slides of the meeting from the city's assessment.

    They are seen here as cards; the pages and papers of the report do not show them.
    """
    return Deck(
        cover=next(block for block in cover(assessment).blocks if isinstance(block, Cover)),
        slides=(
            overall_slide(assessment),
            worst_slide(assessment),
            unit_slide(assessment),
            *figure_slides(assessment),
            request_slide(assessment),
            duty_slide(assessment),
            return_slide(assessment),
            data_slide(assessment),
        ),
    )
