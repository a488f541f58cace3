"""Blocks as Markdown, and Markdown cells as blocks."""
