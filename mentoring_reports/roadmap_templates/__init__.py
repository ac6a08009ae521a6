"""Roadmaps that a municipality offers its schools to start from. Schema `public`."""
