"""Pictures in a page: charts as they are, so that their words stay words, others as images."""

import re
from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from reporting.documents.blocks import Figure

_OPENING = "<svg "
_REFERENCE = r'(url\(#|xlink:href="#|\bhref="#)'


def may_stand_in_page(figure: Figure) -> bool:
    """Tell whether a picture is a chart of ours, which runs nothing and loads nothing."""
    is_svg = figure.media == "image/svg+xml" and _OPENING in figure.data
    return figure.trusted and is_svg


def rest_of_svg(figure: Figure) -> Markup:
    """Give an SVG without its opening ``<svg``, to which the page adds attributes of its own."""
    # Equal pictures may share their parts; others must not.
    svg = with_own_ids(figure.data, "f" + sha256(figure.data.encode()).hexdigest()[:10])
    return Markup(svg.partition(_OPENING)[2])


def data_url(figure: Figure) -> str:
    """Write a picture as the address of an image that carries it."""
    if figure.media == "image/svg+xml":
        return f"data:{figure.media};base64,{b64encode(figure.data.encode()).decode()}"
    return f"data:{figure.media};base64,{figure.data}"


def with_own_ids(svg: str, prefix: str) -> str:
    """Keep the ids that an SVG refers to, under a prefix, and drop all others.

    Several SVGs in one page then never refer to each other's parts.
    """
    used = set(re.findall(_REFERENCE + r'([^)"]+)', svg))
    names = {name for _, name in used}

    def renamed(match: re.Match[str]) -> str:
        return f' id="{prefix}-{match[1]}"' if match[1] in names else ""

    svg = re.sub(r'\s+id="([^"]*)"', renamed, svg)
    return re.sub(_REFERENCE, rf"\g<1>{prefix}-", svg)
