"""A year's tables over all quarters whose packs stand, for boards."""
