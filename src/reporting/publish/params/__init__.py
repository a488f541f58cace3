"""A year's parameters before anything is made of them: what is wrong, what will be printed."""
