"""What a report shows: tables, charts and prose as blocks, from an assessment alone.

Nothing here knows a file or a markup: `reporting.documents` writes the blocks.
"""
