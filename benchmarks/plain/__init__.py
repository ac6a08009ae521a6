"""The same home page in plain Wagtail: one site, no tenants, no django-tenants backend. A baseline, not a product."""
