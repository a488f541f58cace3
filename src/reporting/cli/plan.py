"""Commands of the plan step."""
