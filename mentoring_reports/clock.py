"""Whole days, in the municipality's time zone: one place says what day it is."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """Return today's date in the current time zone."""
    return timezone.localdate()
