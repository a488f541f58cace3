"""Random faults against random small projects: `python -m reporting.soak --seconds 60`."""
