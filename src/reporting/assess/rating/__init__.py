"""The rating rule, and what it rests on: signals, gaps, milestones, targets, rounds."""
