"""一图读懂: one tall page of a few numbers, as HTML and as a picture of the same words."""
