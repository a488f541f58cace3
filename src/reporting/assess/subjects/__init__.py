"""Whom reports are about: found by name, and listed by declaration, each with its slice."""
