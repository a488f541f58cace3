"""Commands of the report step."""
