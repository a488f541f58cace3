"""The year as a whole: where it will end, what became of its targets, what it leaves open."""
