"""What a report says of an activity: when it was done and what confirms it, each of its times by itself."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.roadmaps.models import Occurrence, RoadmapItem
from mentoring_reports.roadmaps.models.evidence import Evidence


def carried_out(item: RoadmapItem) -> str:
    """Return the days on which the activity was done, with the evidence; or where it stands."""
    if item.is_cancelled:
        return str(item.get_status_display())
    times = [time for time in item.occurrences.all() if time.done_on]
    lines = [_of_time(time) for time in times]
    if item.is_done and not (times and not item.has_evidence):
        lines.append(_done(item.done_on, item))
    return "\n".join(lines) or str(item.get_status_display())


def _of_time(time: Occurrence) -> str:
    return _done(time.done_on, time)


def _done(day: dt.date | None, evidence: Evidence) -> str:
    on = _("done on %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT") if day else ""}
    said = evidence_text(evidence)
    return f"{on}: {said}" if said else on


def evidence_text(evidence: Evidence) -> str:
    """Return the note and the link; a page and a document by their titles."""
    parts = [evidence.evidence_note, evidence.evidence_url]
    parts += [str(found) for found in (evidence.evidence_page, evidence.evidence_document) if found]
    return "; ".join(part for part in parts if part)
