"""What goes wrong in a project's own template, told by its file and line."""

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import jinja2

from reporting.documents.assets import Templates
from reporting.errors import PublishError, ReportingError
from reporting.system.own_templates import FOLDER


class TemplateFault(PublishError):
    """A template of the project cannot be used: no report is made with it."""


@contextmanager
def telling(templates: Templates, names: Sequence[str]) -> Iterator[None]:
    """Tell of what goes wrong by the own template, of these names, that it happened in.

    Raises
    ------
    TemplateFault
        Something went wrong.
    """
    try:
        yield
    except ReportingError:
        raise
    except Exception as error:
        own = [f"{FOLDER}/{name}" for name, _ in templates.own if name in names]
        where = _place(error, own) or "、".join(own)
        raise TemplateFault(f"{where}：模板出错，{_words(error)}。") from error


def syntax_fault(name: str, error: jinja2.TemplateSyntaxError) -> str:
    """Say where a template of Jinja cannot be read."""
    return f"{FOLDER}/{name}第{error.lineno}行：应为 Jinja 模板，{_words(error)}。"


def _place(error: Exception, own: Sequence[str]) -> str:
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename in own:
        return f"{error.filename}第{error.lineno}行"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}第{frame.lineno}行" for frame in frames if frame.filename in own]
    return lines[-1] if lines else ""


def _words(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().partition("\n")[0].rstrip(".。")
