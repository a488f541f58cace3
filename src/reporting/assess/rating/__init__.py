"""The rating rule, and what it rests on: gaps, milestones, targets, rounds."""
