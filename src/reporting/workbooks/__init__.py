"""Workbooks read in bounded time and memory: their cells as values."""
