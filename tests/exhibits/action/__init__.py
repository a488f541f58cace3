"""Tests of the first pages of units and leaders."""
