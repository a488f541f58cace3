"""Blocks as HTML, and the page around them."""
