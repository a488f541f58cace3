"""An assessment as tables: rows for files, DataFrames for notebooks."""
