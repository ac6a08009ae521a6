"""Rounds in the municipality's admin."""
