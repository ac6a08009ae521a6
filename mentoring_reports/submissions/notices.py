"""Letters to a school about a decision. They are sent after the commit, and a failure never undoes the decision.

The municipality cannot see a school's users: the school's schema is entered for their addresses, and for nothing else.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tenants.utils import tenant_context
from wagtail.admin.utils import get_admin_base_url

from .enums import DecisionKind

if TYPE_CHECKING:
    from .models import Decision

logger = logging.getLogger(__name__)

PERMISSION = "mentoring_submissions.submit_report"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def announce(decision: Decision) -> None:
    """Tell the school about the decision as soon as the transaction is committed."""
    transaction.on_commit(partial(_send, decision))


def _send(decision: Decision) -> None:
    try:
        with tenant_context(decision.school), translation.override(settings.LANGUAGE_CODE):
            messages = [EmailMessage(_subject(decision), _text(decision), to=[address]) for address in _addresses()]
            get_connection().send_messages(messages)
    except Exception:
        logger.exception("No letter was sent about decision %s.", decision.pk)


def _addresses() -> list[str]:
    """Return where the curators of the current school read their mail."""
    curators = get_user_model().objects.with_perm(PERMISSION, include_superusers=False, backend=BACKEND)
    return sorted(set(curators.exclude(email="").values_list("email", flat=True)))


def _subject(decision: Decision) -> str:
    subjects = {
        DecisionKind.ACCEPT: _("The report for the round “%(round)s” is accepted"),
        DecisionKind.RETURN: _("The report for the round “%(round)s” is returned for revision"),
        DecisionKind.REOPEN: _("The report for the round “%(round)s” is reopened for correction"),
    }
    return " ".join((subjects[DecisionKind(decision.kind)] % {"round": decision.round}).split())


def _text(decision: Decision) -> str:
    urlconf = settings.TENANT_TYPES[decision.school.kind]["URLCONF"]
    path = reverse("mentoring_reports:report", urlconf=urlconf, args=[decision.round_id])
    context = {
        "decision": decision,
        "sent_back": decision.kind != DecisionKind.ACCEPT,
        "link": f"{get_admin_base_url()}{path}",
    }
    return render_to_string("mentoring_submissions/decision.txt", context)
