"""Styles and scripts that pages carry in themselves."""

import base64
from functools import cache
from hashlib import sha256
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


@cache
def template_text(name: str) -> str:
    """Read a file of the templates folder."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def script_source(script: str) -> str:
    """Name a script by its hash, as a content security policy does."""
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
