"""Everything a report rests on, listed: what the steps of its exhibits lead to."""
