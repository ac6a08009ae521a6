"""Management commands about letters."""
