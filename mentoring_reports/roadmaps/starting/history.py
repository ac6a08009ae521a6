"""How a start from a template reads in the history of a roadmap."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from .actions import STARTED


class StartFormatter(LogFormatter):
    """The template's title and version."""

    label = gettext_lazy("Started from a template")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence."""
        return _("Started from the template “%(title)s”, version %(version)s") % {
            "title": log_entry.data.get("title", ""),
            "version": log_entry.data.get("version", ""),
        }


def register_start(registry: Any) -> None:
    """Tell Wagtail's log how it reads."""
    registry.register_action(STARTED)(StartFormatter)
