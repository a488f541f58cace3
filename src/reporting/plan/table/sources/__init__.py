"""Sources of a task table: txt, docx, xlsx and html, each read into grids of cells."""
