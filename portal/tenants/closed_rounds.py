"""What happens to a school later does not rewrite a closed round: before it happens, the round is frozen."""

from __future__ import annotations

from django_tenants.utils import tenant_context

from mentoring_reports.submissions.closing import freeze_closed_rounds

from .models import Organisation


def freeze_closed_rounds_of(municipality: Organisation | None) -> None:
    """Write down who was expected in the municipality's closed rounds, unless that was done before."""
    if municipality:
        with tenant_context(municipality):
            freeze_closed_rounds(municipality.pk)
