"""Whose form is it that was uploaded: this school's, of this round, in the version of the report form that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import layout
from .errors import AnotherForm, AnotherRound, AnotherSchool

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round

    from .reading import FilledForm


def ensure_belongs(form: FilledForm, *, round_: Round, school: Any) -> None:
    """Raise `AnotherSchool`, `AnotherRound` or `AnotherForm` when the file is not for here."""
    facts = form.facts
    if facts.get(layout.SCHOOL) != str(school.pk):
        raise AnotherSchool(facts.get(layout.SCHOOL_NAME, "")[:255])
    if facts.get(layout.ROUND) != round_.code:
        raise AnotherRound(facts.get(layout.ROUND_TITLE, "")[:200])
    if (facts.get(layout.FORM), facts.get(layout.FORM_VERSION)) != (round_.form.code, str(round_.form.version)):
        raise AnotherForm
