"""Random faults against random small projects: `python -m tools.soak --seconds 60`."""
