"""What an edition carries to be checked without the program."""
