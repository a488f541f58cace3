"""Where a project stands and what it says: parameters, notebooks, released editions."""
