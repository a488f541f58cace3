"""What an edition changes of the one before: facts under their kinds, and what they moved."""
