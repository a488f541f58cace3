"""What a province's report is made from: the released editions of many offices, counted."""
