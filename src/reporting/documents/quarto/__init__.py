"""The Quarto renderer: the same executed notebooks through the Quarto command."""

from reporting.documents.quarto.command import TESTED, check_formats, find_quarto
from reporting.documents.quarto.render import render

__all__ = ["TESTED", "check_formats", "find_quarto", "render"]
