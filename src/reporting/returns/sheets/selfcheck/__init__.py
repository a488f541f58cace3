"""The sheet 自查: formulas that show, while it is typed, what a return lacks and will be asked."""
