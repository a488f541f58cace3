"""The quality page: the plan beside its source, for a person to check."""
