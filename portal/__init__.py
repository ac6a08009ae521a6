"""The municipal portal: the Django project and what the municipality owns."""
