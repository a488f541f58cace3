"""What the public may know of a quarter."""
