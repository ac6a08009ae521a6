"""The way into the queue and out of it: a job is a task, a schema and plain numbers, never anything personal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateWorker
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

from mentoring_reports.tenancy import current_organisation

ALIVE_FOR = dt.timedelta(seconds=60)  # a worker says every few seconds that it lives


def defer(task: Task[..., Any, Any], *, lock: str, **arguments: int | str) -> int:
    """Queue a task for the current organisation, in the current transaction; return the job's number.

    Jobs with the same `lock` never run at the same time.
    """
    schema = current_organisation().schema_name
    deferrer = task.configure(lock=f"{schema}:{lock}")
    # Inside a worker the app's own connection belongs to the event loop: here it is always Django's.
    return JobDeferrer(_manager(), deferrer.job).defer(schema=schema, **arguments)


def withdraw(job_id: int) -> bool:
    """Take a job that waits out of the queue; False where a worker has it already."""
    return bool(_manager().cancel_job_by_id(job_id, delete_job=True))


def has_worker() -> bool:
    """Say whether any worker has said lately that it lives."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - ALIVE_FOR).exists()


def organisation_of(schema: str) -> Any:
    """Return the organisation that a job works for. Raises `DoesNotExist`."""
    with schema_context(get_public_schema_name()):
        return get_tenant_model().objects.get(schema_name=schema)


def _manager() -> JobManager:
    return JobManager(DjangoConnector())
