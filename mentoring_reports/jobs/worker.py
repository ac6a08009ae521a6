"""A worker: takes jobs, says that it lives, and takes up what a worker that died has left.

Any number of workers, on any number of machines, share the queue through PostgreSQL alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from procrastinate.contrib.django import app

logger = logging.getLogger(__name__)

FAILED_KEPT_HOURS = 30 * 24  # what went wrong can be looked at for a month; what went well is deleted at once
TIDY_EVERY = 60 * 60  # seconds


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Seconds: how often a worker says that it lives, after how long a silence it is dead, how long a stop may take."""

    heartbeat: float = 5.0
    dead_after: float = 30.0
    stop_within: float = 10.0
    poll: float = 5.0


async def work(*, rhythm: Rhythm, until_idle: bool = False, with_parent: bool = False) -> None:
    """Work until a signal comes, the queue is empty (`until_idle`), or the parent process is gone (`with_parent`)."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with (
            app.open_async(),
            _beside(_again_and_again(rhythm.dead_after / 2, lambda: take_up_stalled(rhythm.dead_after))),
            _beside(_again_and_again(TIDY_EVERY, forget_old)),
            _beside(_follow(os.getppid()) if with_parent else None),
        ):
            await take_up_stalled(rhythm.dead_after)
            await forget_old()
            await app.run_worker_async(
                wait=not until_idle,
                update_heartbeat_interval=rhythm.heartbeat,
                stalled_worker_timeout=rhythm.dead_after,
                shutdown_graceful_timeout=rhythm.stop_within,
                fetch_job_polling_interval=rhythm.poll,
                delete_jobs="successful",
            )


async def take_up_stalled(dead_after: float) -> int:
    """Put the jobs of dead workers back into the queue, and return how many there were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after))
    for job in stalled:
        logger.warning("Job %s was left by a worker that died; it goes back into the queue.", job.id)
        await app.job_manager.retry_job(job)
    return len(stalled)


async def forget_old() -> None:
    """Delete jobs that failed or were cancelled long ago."""
    await app.job_manager.delete_old_jobs(FAILED_KEPT_HOURS, include_failed=True, include_cancelled=True)


async def _again_and_again(seconds: float, do: Callable[[], Awaitable[Any]]) -> None:
    """Do something every so many seconds; a failure is logged, and the next time is another try."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await do()
        except Exception:
            logger.exception("Could not look after the queue.")


async def _follow(parent: int) -> None:
    """Stop this process when its parent is gone."""
    while os.getppid() == parent:
        await asyncio.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


@contextlib.asynccontextmanager
async def _beside(loop: Any) -> AsyncIterator[None]:
    """Run a coroutine beside the code inside, and end it afterwards."""
    task = asyncio.ensure_future(loop) if loop else None
    try:
        yield
    finally:
        if task:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
