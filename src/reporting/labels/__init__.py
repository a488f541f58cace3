"""The labels of a report in the office's language: heads of columns, names of fields, grades.

The values under a label stay as they are, and so do sentences and headings; see `Labels`.
"""
