"""A change of the year written down: held against plan and editions first, whole or not at all."""
