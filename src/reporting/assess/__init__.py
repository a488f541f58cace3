"""From plan and returns to ratings with evidence."""
