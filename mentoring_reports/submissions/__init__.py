"""Rounds, submissions and decisions about them. Schema `public`, under row-level security."""
