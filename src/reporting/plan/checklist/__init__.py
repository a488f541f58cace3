"""核对表: the workbook in which the office checks and corrects how its table was read."""
