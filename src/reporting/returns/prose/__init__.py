"""What the prose of a return says: its figures, and whether it says anything of its own."""
