"""A new project's folder: what stands in it before the first table is there."""
