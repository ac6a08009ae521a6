"""Deadlines counted from a school's own first day."""
