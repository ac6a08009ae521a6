"""What workers do: make a workbook that was asked for; look regularly for letters due and files too old."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import translation
from django_tenants.utils import tenant_context
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from mentoring_reports.jobs.queue import organisation_of

from .errors import LOST

logger = logging.getLogger(__name__)
# A worker that is told to stop gives its job back; a database that went away is asked again, less and less often.
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=3, retry_exceptions=(JobAborted, *LOST))


@app.task(name="workbooks.make", pass_context=True, retry=AGAIN)
def make(context: JobContext, *, schema: str, workbook: int) -> None:
    """Make a workbook in its municipality's schema."""
    from .making import run  # noqa: PLC0415  (found at every start: what makes workbooks is loaded by who makes them)

    with tenant_context(organisation_of(schema)), translation.override(settings.LANGUAGE_CODE):
        run(workbook, job_id=context.job.id, should_stop=context.should_abort)


@app.periodic(cron="*/15 * * * *")
@app.task(name="workbooks.look_after", queueing_lock="workbooks.look_after")
def look_after(timestamp: int) -> None:
    """Send what is due and remove what is too old, in every municipality."""
    from .looking_after import look_after_all  # noqa: PLC0415

    for name, error in look_after_all().items():
        logger.error("%s: %s", name, error)
