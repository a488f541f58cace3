"""Tools of those who look after the package: measures, soak, demonstration returns."""
