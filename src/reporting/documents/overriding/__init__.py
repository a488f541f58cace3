"""A project's own templates: which there may be, what they may do, what pages still have to say."""
