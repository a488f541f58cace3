"""The city's pack as a mayor reads it: one page, then the body; what is whole stands in annexes."""
