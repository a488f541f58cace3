"""What a quarter leaves for the next: open points, and what is asked again until it is settled."""
