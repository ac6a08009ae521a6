"""Approved figures of a round as published editions: frozen, numbered, corrected with a note."""
