"""What a command said and wrote, remembered: while all of it stands, nothing is read again."""
