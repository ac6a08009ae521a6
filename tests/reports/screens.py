"""How the tests open the screens of a school's reports."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from django.test import Client

    from mentoring_reports.submissions.models import Round


def address(name: str, round_: Round, *args: Any) -> str:
    """Return the address of a screen of a round."""
    return reverse(f"mentoring_reports:{name}", urlconf="portal.urls_school", args=[round_.pk, *args])


def page(response: Any) -> str:
    """Return the page with entities read."""
    return html.unescape(response.content.decode())


def send(client: Client, round_: Round) -> Any:
    """Open the summary and confirm what it shows."""
    summary = client.get(address("send", round_))
    fields = {"version": summary.context["draft"].version, "confirmed": summary.context["fingerprint"]}
    return client.post(address("send", round_), fields)


def row_of(response: Any, code: str) -> Any:
    """Return the row of a data element as the screen shows it."""
    rows = [row for group in response.context["screen"].groups for row in group.rows]
    return next(row for row in rows if row.element.code == code)
