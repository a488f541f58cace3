"""From a task table to a plan: tasks, milestones, targets, units and findings."""
