"""Exhibits of tasks one by one: a card, a line, or a table of those that want attention."""
