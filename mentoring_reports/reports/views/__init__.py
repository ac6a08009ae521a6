"""Screens of a school's reports in Wagtail's admin. Thin: each reads, calls one action, and redirects."""
