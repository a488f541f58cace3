"""The deck of an executed notebook."""

from collections.abc import Mapping
from typing import Any

from reporting.documents.slides.values import DECK_MEDIA, Deck
from reporting.errors import PublishError


def read_deck(notebook: Mapping[str, Any]) -> Deck:
    """Put the decks that a notebook shows together, in their order.

    Raises
    ------
    PublishError
        It shows none, or none with a cover.
    """
    found = [
        Deck.model_validate(output["data"][DECK_MEDIA])
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if DECK_MEDIA in output.get("data", ())
    ]
    cover = next((deck.cover for deck in found if deck.cover), None)
    if cover is None:
        raise PublishError("notebook 中没有幻灯片：应有一个单元格为 show.slides(assessment)。")
    return Deck(cover=cover, slides=tuple(slide for deck in found for slide in deck.slides))
