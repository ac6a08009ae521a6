"""The demonstration's web worker: Ctrl-C ends it without a word."""

from __future__ import annotations

from typing import Any

from gunicorn.workers.gthread import ThreadWorker


class QuietWorker(ThreadWorker):
    """A threaded worker that is told to leave at once by a note, never by an exception.

    Gunicorn's own raises `SystemExit` out of whatever Python runs at that moment. Inside a destructor, an import's
    clean-up for one, Python cannot raise it and prints a traceback instead, which looks like a failure to whoever
    stopped the portal. Here the worker leaves its loop; one that does not is killed after `--graceful-timeout`.
    """

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Leave as after the polite signal."""
        self.handle_exit(sig, frame)
