"""What the public's report shows: how the tasks stand, without anything from within the offices."""
