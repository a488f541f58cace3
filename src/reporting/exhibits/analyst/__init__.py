"""What an analyst made of the tables, as an exhibit."""
