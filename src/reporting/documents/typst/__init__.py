"""Blocks as Typst, set as PDF."""
