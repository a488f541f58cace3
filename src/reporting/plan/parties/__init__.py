"""People and units: names as written, canonical names, the roster."""
