"""Workbooks of other formats (.xls, .et, .ods, .csv) read into the same cells."""
