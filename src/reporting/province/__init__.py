"""A province's report: the released editions of many offices, proved, counted and published."""
