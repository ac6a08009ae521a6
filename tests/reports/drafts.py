"""A round and a draft that can be submitted, for the tests of saving and handing over. Call inside a school."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mentoring_reports.reports.actions import save_draft
from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.filling import Filling
from tests.factories import make_round

from .records import END, START

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AbstractUser

    from mentoring_reports.reports.filling import Entered
    from mentoring_reports.reports.models import Draft
    from mentoring_reports.submissions.models import Round
    from portal.tenants.models import Organisation

# Enough above each target that nothing is worth a warning.
TYPED: Mapping[str, Entered] = {
    "sessions_per_group": Decimal(3),
    "participants_diagnosed": Decimal(0),
    "external_events": Decimal(4),
}


def open_round(municipality: Organisation, code: str = "2026-1", **fields: Any) -> Round:
    """Return a round about the period of `records` that is open today."""
    return make_round(municipality, code, **{"period_start": START, "period_end": END, **fields})


def day(distance: int) -> dt.date:
    """Return the day so many days from today."""
    return dt.date.today() + dt.timedelta(days=distance)


def save(round_: Round, version: int = 0, by: AbstractUser | None = None, **parts: Any) -> Draft:
    """Save a draft; what is not given is empty."""
    defaults: dict[str, Any] = {"values": TYPED, "reasons": {}, "explanations": {}}
    return save_draft(round_=round_, version=version, by=by, **{**defaults, **parts})


def ready_draft(round_: Round, school: Organisation, by: AbstractUser | None = None, **parts: Any) -> Draft:
    """Return a draft in which every warning is explained."""
    given: dict[str, Any] = {"values": TYPED, "reasons": {}, **parts}
    basis = Basis.of(round_, school)
    filling = Filling.over(basis, given["values"], reasons=given["reasons"], explanations={})
    explanations = {finding.key: f"Пояснение: {finding.key}" for finding in basis.findings(filling)}
    return save(round_, by=by, **{"explanations": explanations, **given})
