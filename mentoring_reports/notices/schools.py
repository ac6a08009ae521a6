"""Which schools letters do not reach. Numbers only: the municipality knows no user of a school and no address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django_tenants.utils import get_tenant_model

from mentoring_reports.clock import today

from .models import MailStanding

if TYPE_CHECKING:
    from django.db.models import QuerySet

NUMBERS = ("recipients", "reachable", "opted_out", "failing")


def schools_with_mail(municipality: Any) -> QuerySet[Any]:
    """Return the municipality's schools at work today, each with its numbers (None before the first run)."""
    standing = MailStanding.objects.filter(school=OuterRef("pk"))
    numbers: dict[str, Any] = {
        f"mail_{name}": Subquery(standing.values(name)[:1]) for name in (*NUMBERS, "last_sent_at", "checked_at")
    }
    schools = get_tenant_model().objects.schools().active().filter(municipality_id=municipality.pk)
    # Before the first run there is no row: nobody is reached, rather than unknown, or a comparison would leave it out.
    numbers["mail_reachable"] = Coalesce(numbers["mail_reachable"], 0)
    return schools.open_on(today()).select_related("territory").annotate(**numbers)


def unreached_schools(municipality: Any) -> QuerySet[Any]:
    """Return the schools where nobody gets letters, by territory."""
    return schools_with_mail(municipality).filter(mail_reachable=0).order_by("territory__order", "short_name", "pk")


def reached_and_all(municipality: Any) -> tuple[int, int]:
    """Return how many schools have somebody who gets letters, and how many there are."""
    schools = schools_with_mail(municipality)
    return schools.filter(mail_reachable__gt=0).count(), schools.count()


def reason(school: Any) -> str:
    """Return why nobody in the school gets letters, and what to do."""
    if school.mail_checked_at is None:
        return _("Letters have never been sent there yet: the job has not run.")
    if not school.mail_recipients:
        return _("Nobody may submit reports, or none of them has an e-mail address. Ask the school to add one.")
    if school.mail_failing:
        return _("The address refuses letters. Ask the school to correct it.")
    return _("Everybody there has switched letters off. Ask them to switch them on again.")
