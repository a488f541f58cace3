"""Damaged packages against the reader and the copies that it sends back."""
