"""Styles, scripts and templates that pages are made with, the project's own among them."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import jinja2

from reporting.system.own_templates import FOLDER

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


@dataclass(frozen=True)
class Templates:
    """The templates of a project: its own by their names, the package's for all other names."""

    own: tuple[tuple[str, str], ...] = ()

    def text(self, name: str) -> str:
        """Give a template."""
        found = self.own_text(name)
        return template_text(name) if found is None else found

    def own_text(self, name: str) -> str | None:
        """Give a template of the project; None where it has none of that name."""
        return dict(self.own).get(name)

    def has_own(self, *names: str) -> bool:
        """Tell whether the project has one of these itself."""
        return any(name in names for name, _ in self.own)

    def loader(self, folder: str) -> jinja2.BaseLoader:
        """Find a folder's own templates for Jinja, by the paths that people know them by."""

        def load(name: str) -> tuple[str, str, None] | None:
            text = self.own_text(f"{folder}/{name}")
            return None if text is None else (text, f"{FOLDER}/{folder}/{name}", None)

        return jinja2.FunctionLoader(load)


PACKAGED = Templates()
"""The package's templates alone."""


def own_templates(files: Mapping[str, bytes]) -> Templates:
    """Take the project's own templates out of files, by their path in the project."""
    prefix = f"{FOLDER}/"
    return Templates(
        tuple((name.removeprefix(prefix), data.decode()) for name, data in sorted(files.items()))
    )
