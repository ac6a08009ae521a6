"""`verify_submissions`: computes the seal of every revision anew, in every municipality; for cron, after a restore."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context, tenant_context

from mentoring_reports.submissions.models import Submission
from mentoring_reports.submissions.verification import Damage, gaps, verified


class Command(BaseCommand):
    """Look at every municipality, name each damaged revision, and let the exit code say whether there is one."""

    help = "Computes the checksum of every submitted revision anew and names those that do not match."

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify everything; changes nothing."""
        with schema_context(get_public_schema_name()):
            municipalities = list(get_tenant_model().objects.filter(kind="municipality").order_by("pk"))
        damaged = sum(self._verify(municipality) for municipality in municipalities)
        if damaged:
            raise CommandError(_("Not what was handed over: %(count)d.") % {"count": damaged})

    def _verify(self, municipality: Any) -> int:
        """Return how many damages were found."""
        looked_at, damaged = 0, 0
        with tenant_context(municipality):
            ours = Submission.objects.filter(municipality=municipality)
            for count, found in chain(verified(ours), [(0, gaps(ours))]):
                looked_at += count
                damaged += len(found)
                for damage in found:
                    self._name(damage)
        words = _("%(name)s: revisions looked at: %(count)d, damaged: %(damaged)d.")
        self.stdout.write(words % {"name": municipality.schema_name, "count": looked_at, "damaged": damaged})
        return damaged

    def _name(self, damage: Damage) -> None:
        text = _("%(number)s, %(school)s: the checksum does not match.")
        if damage.missing:
            text = _("%(number)s, %(school)s: earlier revisions are missing (%(missing)d).")
        words = text % {"number": damage.number, "school": damage.school, "missing": damage.missing}
        self.stderr.write(self.style.ERROR(words))
