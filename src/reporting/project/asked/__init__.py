"""What an office asks of its units beyond what every return sheet asks."""
