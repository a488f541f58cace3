"""The program that an edition was made with: carried along, and run again."""
