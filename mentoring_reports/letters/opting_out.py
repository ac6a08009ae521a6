"""Stopping all letters to a user, and sending them again: what the link in a letter does."""

from __future__ import annotations

from typing import Any

from mentoring_reports.tenancy import current_organisation

from .models import Preference
from .standing import write_standing

EVERYTHING = ("wants_reminders", "wants_decisions", "wants_roadmap", "wants_overview")


def stop_letters(*, user: Any) -> None:
    """Send the user no letter any more."""
    _write(user, wanted=False)


def send_letters_again(*, user: Any) -> None:
    """Send the user everything again."""
    _write(user, wanted=True)


def _write(user: Any, *, wanted: bool) -> None:
    Preference.objects.update_or_create(user=user, defaults=dict.fromkeys(EVERYTHING, wanted))
    write_standing(current_organisation())
