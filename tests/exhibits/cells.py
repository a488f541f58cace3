"""Cells of notebooks, run without a kernel."""

import ast
from typing import Any

from reporting.documents.exhibit import Exhibit
from reporting.documents.slides.values import Deck


def shown_by(source: str, space: dict[str, Any]) -> Exhibit | Deck | None:
    """Run a cell; its last expression is what it shows, as in Jupyter."""
    *statements, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        exec(compile(ast.Module([*statements, last], []), "cell", "exec"), space)
        return None
    exec(compile(ast.Module(statements, []), "cell", "exec"), space)
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
    assert isinstance(shown, Exhibit | Deck)
    return shown
