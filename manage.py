#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    """Run a management command with the development settings unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (a clear ImportError matters)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
