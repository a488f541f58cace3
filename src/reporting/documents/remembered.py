"""Charts of an earlier run: the same values, drawn by the same program, need no drawing.

A chart is a function of its values, so a figure carries the fingerprint of those it was drawn
from. Publishing hands the figures of a report's last execution to its next one, as long as
program, libraries and fonts are the same; everywhere else every chart is drawn.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec

from pydantic_core import to_json

from reporting.documents.blocks import Figure
from reporting.documents.exhibit import EXHIBIT_MEDIA

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
    """Collect the charts of an executed notebook, as JSON by fingerprint.

    They are taken as they stand there, and read as figures by who draws nothing for them.
    """
    shown = [
        output["data"][EXHIBIT_MEDIA]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if EXHIBIT_MEDIA in output.get("data", ())
    ]
    return {
        part["fingerprint"]: {name: part[name] for name in part if name != "origin"}
        for part in _parts(shown)
        if part.get("kind") == "figure" and part.get("trusted") and part.get("fingerprint")
    }


def _parts(held: list[Any]) -> Iterator[dict[str, Any]]:
    """Go through JSON values and give every object among them."""
    waiting = list(held)
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
