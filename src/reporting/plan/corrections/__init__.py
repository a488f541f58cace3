"""Corrections of how the table was read: found by the table's words, applied all or none."""
