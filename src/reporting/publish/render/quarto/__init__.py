"""The Quarto renderer: the same executed notebooks through the Quarto command."""

from reporting.publish.render.quarto.command import TESTED, check_formats, find_quarto
from reporting.publish.render.quarto.render import render

__all__ = ["TESTED", "check_formats", "find_quarto", "render"]
