"""The Quarto renderer: the same executed notebooks through the Quarto command."""

from reporting.publish.quarto.command import TESTED, find_quarto
from reporting.publish.quarto.render import render

__all__ = ["TESTED", "find_quarto", "render"]
