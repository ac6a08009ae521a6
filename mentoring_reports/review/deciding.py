"""What a methodist may decide about a revision, and what is said once it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.enums import DecisionKind
from mentoring_reports.submissions.models import Submission

from .access import REOPEN


def decide(kind: str, submission: Submission, *, user: Any, text: str, comments: Mapping[str, str]) -> str:
    """Do what the button says and return what to tell, with `%(submission)s` in it.

    Raises `SubmissionError` when it is refused, `PermissionDenied` and `Http404` for what nobody is offered.
    """
    by = Author.of(user)
    if kind == DecisionKind.ACCEPT:
        actions.accept(submission_id=submission.pk, by=by, comment=text, remarks=comments)
        return _("%(submission)s: accepted.")
    if kind == DecisionKind.RETURN:
        actions.return_for_revision(submission_id=submission.pk, reason=text, by=by, remarks=comments)
        return _("%(submission)s: returned. The school sees the reason.")
    if kind != DecisionKind.REOPEN:
        raise Http404(_("There is no such decision."))
    if not user.has_perm(REOPEN):
        raise PermissionDenied
    actions.reopen(submission_id=submission.pk, reason=text, by=by)
    return _("%(submission)s: reopened. The accepted figures count until the next revision is accepted.")
