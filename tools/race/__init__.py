"""Releases raced by reports and by changed returns: no edition may contradict itself."""
