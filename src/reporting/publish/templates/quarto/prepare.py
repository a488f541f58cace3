"""Runs before ``quarto render notebooks/``: the Word styles and the fonts of the reports."""

from reporting.params import find_root
from reporting.publish.render.quarto.project import prepare

prepare(find_root() / ".reporting" / "quarto")
