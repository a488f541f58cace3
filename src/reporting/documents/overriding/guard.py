"""What a project's own templates may do: no more than the package's, and never less escaping."""

from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reporting.documents.assets import Templates


def environment_for(templates: Templates) -> type[jinja2.Environment]:
    """Choose the environment: a project's own templates reach nothing of Python."""
    return ImmutableSandboxedEnvironment if templates.own else jinja2.Environment


def guard(environment: jinja2.Environment, templates: Templates) -> None:
    """Let own templates mark no text as safe: what is markup is marked before it comes to them."""
    if templates.own:
        environment.filters["safe"] = _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
