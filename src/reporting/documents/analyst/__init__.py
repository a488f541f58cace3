"""What an analyst adds to a notebook: whether it was meant to be published, and its pictures."""
