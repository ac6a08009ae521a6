"""Publishes the approved figures of the rounds that are over, as the department would the day after closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.publications.actions import publish
from mentoring_reports.publications.models import Edition
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation

from .users import user


def publish_closed_rounds(municipality: Organisation, rounds: Iterable[Round], *, base: dt.date) -> None:
    """Publish the first edition of every round that closed before `base` and has none yet."""
    with tenant_context(municipality):
        for round_ in rounds:
            if round_.closes < base and not Edition.objects.filter(round=round_).exists():
                with pretend(round_.closes + dt.timedelta(days=1)):
                    publish(round_=round_, by=Author.of(user("department")))
