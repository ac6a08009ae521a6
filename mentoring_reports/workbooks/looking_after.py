"""What is done from time to time, in every municipality: letters that are due, files too old, makers that died."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context, tenant_context
from procrastinate.contrib.django.models import ProcrastinateJob

from mentoring_reports.clock import now

from .enums import MadeState
from .kept import remove_old
from .models import MadeWorkbook
from .sending import send_due

SILENT_FOR = dt.timedelta(minutes=10)
WAITS_OR_RUNS = ("todo", "doing")


def look_after_all() -> dict[str, str]:
    """Look after every active municipality; return what went wrong, by schema. One of them does not stop the others."""
    with schema_context(get_public_schema_name()):
        municipalities = list(get_tenant_model().objects.active().filter(kind="municipality").order_by("pk"))
    wrong = {one.schema_name: _look_after(one) for one in municipalities}
    return {schema: error for schema, error in wrong.items() if error}


def fail_abandoned() -> int:
    """Say of workbooks that nobody makes any more that they failed, and return how many."""
    silent = MadeWorkbook.objects.unfinished().older_than(now() - SILENT_FOR).exclude(seen_at__gt=now() - SILENT_FOR)
    waiting = {workbook.pk: workbook.job_id for workbook in silent.light()}
    jobs = ProcrastinateJob.objects.filter(id__in=[job for job in waiting.values() if job], status__in=WAITS_OR_RUNS)
    known = set(jobs.values_list("id", flat=True))
    lost = [number for number, job in waiting.items() if job not in known]
    error = _("The making was interrupted. Try again.")
    return MadeWorkbook.objects.unfinished().filter(pk__in=lost).update(state=MadeState.FAILED, error=error)


def _look_after(municipality: Any) -> str:
    """Return what went wrong."""
    try:
        with tenant_context(municipality), translation.override(settings.LANGUAGE_CODE):
            fail_abandoned()
            remove_old()
            return "; ".join(send_due())
    except Exception as error:  # noqa: BLE001  (told by the caller, who goes on with the others)
        return f"{type(error).__name__}: {error}"
