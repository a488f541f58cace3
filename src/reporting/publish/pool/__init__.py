"""Processes that execute notebooks and set documents."""
