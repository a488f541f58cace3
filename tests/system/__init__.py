"""Tests of what every step needs of the system."""
