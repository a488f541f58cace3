"""Quarterly briefing packs from a government task table, by reproducible notebooks."""

__version__ = "0.1.0"
