"""From a return workbook to progress rows and findings."""
