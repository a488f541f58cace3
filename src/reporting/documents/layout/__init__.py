"""What the paged faces share: widths of columns, sections, pictures."""
