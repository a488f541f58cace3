"""Whether what is written beside a table fits it: changes of the year."""
