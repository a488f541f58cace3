"""From the list of reports to finished artifacts."""
