"""Screens of the education department and the methodists. No models."""
