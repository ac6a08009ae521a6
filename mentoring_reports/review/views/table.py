"""The queue as a table of texts and numbers, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring_reports.review.flags import flags_of

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Participation

HEADINGS = (
    gettext_lazy("School"),
    gettext_lazy("Type of organisation"),
    gettext_lazy("Territory"),
    gettext_lazy("Round"),
    gettext_lazy("State"),
    gettext_lazy("Revision"),
    gettext_lazy("Handed in"),
    gettext_lazy("On time"),
    gettext_lazy("Remarks of the checks"),
    gettext_lazy("Implausible numbers"),
    gettext_lazy("Note"),
    gettext_lazy("Filed by the municipality"),
)


def table_rows(rows: Sequence[Participation]) -> Iterator[tuple[Any, ...]]:
    """Yield one row a school and round, as `HEADINGS` names them."""
    flags = flags_of([row.latest for row in rows])
    for row in rows:
        latest, found = row.latest, flags[row.latest_id]
        yield (
            row.school.short_name,
            row.school.organisation_type,
            row.school.territory,
            row.round.title,
            row.get_state_display(),
            latest.revision,
            localtime(row.last_submitted_at).strftime("%d.%m.%Y %H:%M"),
            _yes_or_no(row.on_time),
            len(found.findings),
            len(found.oddities),
            latest.note,
            _yes_or_no(latest.on_behalf),
        )


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")
