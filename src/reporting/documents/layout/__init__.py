"""What the paged formats share: widths of columns, sections, pictures."""
