"""What a report shows: tables, charts and prose as values with one face a renderer."""
