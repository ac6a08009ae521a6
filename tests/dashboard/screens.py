"""Views of the dashboard without a request, rounds in a row, and the next version of a form."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from mentoring_reports.indicators.actions import draft_next_version
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.models import Round
from portal.dashboard.selection import select, started_rounds
from portal.dashboard.tabs import BY_CODE
from portal.tenants.models import Organisation
from tests.factories import make_round

VIEWS = tuple(BY_CODE)


def screen(view: str = "index", **asked: str) -> Any:
    """Return a view as an address with these parameters asks for it; call it in the municipality's schema."""
    return BY_CODE[view](select(started_rounds(), asked))


def address(view: str, query: str = "") -> str:
    return f"/admin/dashboard/{'' if view == 'index' else f'{view}/'}{query}"


def earlier_round(municipality: Organisation, code: str, *, days: int, **fields: Any) -> Round:
    """Return a closed round whose period ended so many days ago."""
    end = dt.date.today() - dt.timedelta(days=days)
    dates = {
        "period_start": end - dt.timedelta(days=60),
        "period_end": end,
        "opens": end,
        "due": end + dt.timedelta(days=3),
        "closes": end + dt.timedelta(days=5),
    }
    return make_round(municipality, code, **{**dates, **fields})


def next_form(form: ReportForm, *, changed: str = "", target: tuple[str, Decimal] | None = None) -> ReportForm:
    """Return the form's next version, with another factor of one indicator, and a target of a type of school."""
    draft = draft_next_version(form=form, by="Автор")
    if changed:
        draft.indicators.filter(code=changed).update(factor=Decimal(10), unit="на десять")
    if target:
        draft.indicators.get(code="mentor_share").targets.create(school_type=target[0], value=target[1])
    return draft
