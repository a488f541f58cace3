"""Phrases of task text: labels, names of workstreams and measures, what figures count."""
