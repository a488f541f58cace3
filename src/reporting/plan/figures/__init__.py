"""A planned figure by itself: the sentence it is understood as, and an actual's gap to it."""
