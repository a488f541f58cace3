"""What a unit or a leader has to do, by when, before anything else is told."""
