"""What every step needs of the system: files, archives, digests, scratch folders, file names."""
