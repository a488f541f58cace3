"""Blocks as a Word document, by pandoc."""
