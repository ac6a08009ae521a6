"""Commands of the roadmaps."""
