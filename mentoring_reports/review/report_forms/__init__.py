"""Versions of the report form in the municipality's admin: drafted, tried on a past round, released."""
