"""Chinese task text and the words of figures: times, numbers, units, quantities."""
