"""Runs before ``quarto render notebooks/``: the Word styles and the fonts of the reports."""

from pathlib import Path

from reporting.documents.quarto.project import prepare
from reporting.project.roots import find_root

prepare(find_root(Path.cwd()) / ".reporting" / "quarto")
