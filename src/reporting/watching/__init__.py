"""A project that is being worked on → its pack, made anew save by save, and shown as it comes."""
