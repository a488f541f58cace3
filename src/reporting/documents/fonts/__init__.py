"""Fonts that come with the packages, and those an office chooses."""
