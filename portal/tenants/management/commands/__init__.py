"""Management commands about organisations."""
