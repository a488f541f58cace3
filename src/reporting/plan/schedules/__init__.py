"""From 季度进度安排 to milestones: labels, workstreams, spans."""
