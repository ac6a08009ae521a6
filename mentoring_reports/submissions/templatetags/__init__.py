"""Template filters of what is shown about submissions."""
