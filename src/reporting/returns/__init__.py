"""From the lead units' workbooks to progress rows and findings, and back out again."""
