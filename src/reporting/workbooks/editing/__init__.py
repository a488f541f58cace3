"""Workbooks of others edited in place: what is not edited stays as it is, byte for byte."""
