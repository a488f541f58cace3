"""The folder that is published: reports, tables, annex, front page, manifest, put in place."""
