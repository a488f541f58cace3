"""The small pack in ``docs/sample``, and the pictures of it that the documents show."""
