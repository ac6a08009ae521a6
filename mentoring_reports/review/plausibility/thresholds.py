"""The municipality's thresholds, or the defaults where it has set none."""

from __future__ import annotations

from typing import Any

from mentoring_reports.review.models import PlausibilitySettings

from .verdicts import Thresholds

ONLY_ROW = 1


def own_settings() -> PlausibilitySettings:
    """Return the municipality's row; where there is none, a new one with the defaults, not saved."""
    return PlausibilitySettings.objects.filter(pk=ONLY_ROW).first() or PlausibilitySettings(pk=ONLY_ROW)


def set_thresholds(**fields: Any) -> PlausibilitySettings:
    """Write the municipality's one row; of two at once the later one holds."""
    settings, _created = PlausibilitySettings.objects.update_or_create(pk=ONLY_ROW, defaults=fields)
    return settings


def thresholds(settings: PlausibilitySettings) -> Thresholds:
    """Return a row as the rules read it."""
    return Thresholds(
        change_percent=settings.change_percent,
        smallest_change=float(settings.smallest_change),
        distance=float(settings.distance),
        smallest_group=settings.smallest_group,
        copied_share=settings.copied_share,
    )
