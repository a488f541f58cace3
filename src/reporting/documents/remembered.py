"""Charts of an earlier run: the same values, drawn by the same program, need no drawing.

A chart is a function of its values, so a figure carries the fingerprint of those it was drawn
from. Publishing hands the figures of a report's last execution to its next one, as long as
program, libraries and fonts are the same; everywhere else every chart is drawn.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec

from pydantic_core import to_json

from reporting.documents.blocks import Figure, walk
from reporting.documents.exhibit import EXHIBIT_MEDIA, read_exhibit

P = ParamSpec("P")

CHARTS_VARIABLE = "REPORTING_SLICE_CHARTS"
"""Environment variable that names the JSON of earlier figures by fingerprint."""


def remembered(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Have a chart drawn only when no earlier figure has its fingerprint."""

    @wraps(draw)
    def give(*args: P.args, **kwargs: P.kwargs) -> Figure:
        fingerprint = hashlib.sha256(to_json([draw.__name__, args, kwargs])).hexdigest()
        # The name tells charts of the same values apart; the key of the run answers for the rest.
        earlier = _earlier(os.environ.get(CHARTS_VARIABLE, "")).get(fingerprint)
        if earlier is not None:
            return Figure.model_validate(earlier)
        return draw(*args, **kwargs).model_copy(update={"fingerprint": fingerprint})

    return give


@cache
def _earlier(path: str) -> Mapping[str, Any]:
    if not path:
        return {}
    figures: dict[str, Any] = json.loads(Path(path).read_bytes())
    return figures


def figures_of(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Collect the charts of an executed notebook, as JSON by fingerprint."""
    shown = (
        read_exhibit(output["data"][EXHIBIT_MEDIA])
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if EXHIBIT_MEDIA in output.get("data", ())
    )
    return {
        part.fingerprint: part.model_dump(mode="json", exclude={"origin"})
        for exhibit in shown
        for part in walk(exhibit.blocks)
        if isinstance(part, Figure) and part.trusted and part.fingerprint
    }
