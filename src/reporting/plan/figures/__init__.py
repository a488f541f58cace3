"""A planned figure: the sentence it is understood as, an actual's gap to it, its series."""
