"""From goals and schedules to targets: names, due quarters, bases, chains."""
