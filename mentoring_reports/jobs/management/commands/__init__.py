"""Commands of the background work."""
