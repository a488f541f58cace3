"""Editions: frozen, corrected, proved byte for byte, handed out."""
