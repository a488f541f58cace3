"""What the office sees of a check, and sends out after it."""
