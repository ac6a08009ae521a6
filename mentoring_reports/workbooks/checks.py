"""What is checked before the portal starts to make workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register

from .writing.streaming import internals_are_known


@register()
def check_fast_writer(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Write a small book both ways: an unknown XlsxWriter makes large sheets slow, never wrong."""
    if internals_are_known():
        return []
    version = xlsxwriter.__version__
    text = (
        f"XlsxWriter {version} is not the one known: large sheets are written by its own calls, several times slower."
    )
    return [Warning(text, hint="Install the version that requirements.txt names.", id="mentoring_workbooks.W001")]
