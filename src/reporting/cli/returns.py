"""Commands of the returns step."""
