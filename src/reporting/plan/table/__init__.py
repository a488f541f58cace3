"""From a source file to rows: grids, headers, kinds of rows, columns."""
