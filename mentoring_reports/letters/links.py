"""Addresses in letters: always at the host of the organisation whose schema is current."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from wagtail.admin.utils import get_admin_base_url

from mentoring_reports.notices.enums import NoticeKind
from mentoring_reports.tenancy import current_organisation

if TYPE_CHECKING:
    from mentoring_reports.notices.due import Notice

SALT = "mentoring_letters.opt_out"


def address(name: str, *args: Any) -> str:
    """Return the full address of a screen, at the current organisation's own host."""
    urlconf = settings.TENANT_TYPES[current_organisation().kind]["URLCONF"]
    return f"{get_admin_base_url()}{reverse(name, urlconf=urlconf, args=args)}"


def notice_address(notice: Notice) -> str:
    """Return where the reader can act on a notice."""
    if notice.kind is NoticeKind.WAITING:
        return f"{address('mentoring_review:index')}?round={notice.round_id}"
    if current_organisation().kind == "municipality":
        return address("rounds:round", notice.round_id)
    return address("mentoring_reports:report", notice.round_id)


def opt_out_address(user: Any) -> str:
    """Return where the user can stop all letters without logging in."""
    return address("mentoring_letters:opt_out", opt_out_token(user))


def opt_out_token(user: Any) -> str:
    """Return the signed word that stands for a user of the current organisation; it is worth nothing elsewhere."""
    return signing.dumps([current_organisation().pk, user.pk], salt=SALT)


def user_of_token(token: str) -> int | None:
    """Return the user's number; None for a forged word and for another organisation's."""
    try:
        organisation_id, user_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(user_id) if organisation_id == current_organisation().pk else None
