"""How choices read to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mentoring_reports.submissions.models import Round, Submission

from .sheets import registered

Options = list[tuple[str, str]]


def sheet_options() -> Options:
    """Return codes and titles of all sheets, in the order of the book."""
    return [(sheet.code, str(sheet.title())) for sheet in registered()]


def titles(codes: Sequence[str]) -> list[str]:
    """Return the titles of the sheets with these codes; all without any."""
    return [title for code, title in sheet_options() if not codes or code in codes]


def group_options(column: str) -> Options:
    """Return the territories or types under which schools have handed in, as they are frozen in the reports."""
    names = Submission.objects.order_by(column).values_list(column, flat=True).distinct()
    return [("", _("All")), *((name, name) for name in names if name)]


def started_rounds() -> list[Round]:
    """Return the rounds that have opened, the latest first."""
    return list(Round.objects.started().select_related("form", "municipality").order_by("-period_end", "-pk"))


def filters(choices: Mapping[str, Any]) -> str:
    """Return what was left out, in words; empty where everything is in."""
    parts = [choices.get("territory", ""), choices.get("type_", "")]
    codes = choices.get("sheets") or []
    if codes:
        parts.append(_("sheets: %(names)s") % {"names": ", ".join(titles(codes))})
    if choices.get("codes_for_names"):
        parts.append(_("codes in place of names"))
    return "; ".join(part for part in parts if part)
