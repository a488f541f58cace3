"""What a notebook shows, under the labels of the office whose assessment it is of."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from reporting.assess.values import Assessment
from reporting.documents.exhibit import Exhibit
from reporting.documents.slides.values import Deck
from reporting.exhibits.labels.blocks import labelled, labelled_slides

P = ParamSpec("P")
Shown = TypeVar("Shown", Exhibit, Deck)


def in_labels(
    make: Callable[Concatenate[Assessment, P], Shown],
) -> Callable[Concatenate[Assessment, P], Shown]:
    """Have what is made of an assessment carry the labels of its office."""

    @wraps(make)
    def made(assessment: Assessment, /, *args: P.args, **kwargs: P.kwargs) -> Shown:
        shown = make(assessment, *args, **kwargs)
        labels = assessment.masthead.labels
        if labels.are_usual:
            return shown
        if isinstance(shown, Deck):
            return labelled_slides(shown, labels)
        return shown.model_copy(update={"blocks": labelled(shown.blocks, labels)})

    return made
