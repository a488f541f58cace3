"""The exhibits of a province's report, from the editions of its offices taken together."""
