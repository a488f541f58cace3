"""Commands of the release step."""
