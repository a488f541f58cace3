"""Workbooks that go out: blank sheets, and copies sent back."""
