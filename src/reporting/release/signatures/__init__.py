"""Signatures of editions: made at release, looked at by whoever verifies."""
