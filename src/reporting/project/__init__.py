"""Where a project stands and what it says: parameters, notebooks, released editions.

Each file of a project has one of the modules to itself, and so has each part of the parameters that
is more than a few fields.
"""
