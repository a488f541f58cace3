"""The figures of the year: where each of them stands, whatever quarter it was last reported in."""
