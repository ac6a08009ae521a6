"""Pages of the dashboard are kept until something that they show changes: thousands of schools are read once.

Kept in the cache that all processes share, under the tenant's own keys, with the stamp of the rows that the page was
made of. A change of any of these rows makes another stamp, so that a page out of date cannot be found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from mentoring_reports.clock import today
from mentoring_reports.submissions.snapshots import one_snapshot
from mentoring_reports.submissions.stamps import stamp

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round

    from .selection import Selection

TIMEOUT = 600  # seconds: after that a page is made anew, also with the templates of a newer version


def kept(selection: Selection, shown: Sequence[Round], make: Callable[[], str], *about: Any) -> str:
    """Return what `make` made of this selection before, or makes now; `about` says what else it depends on.

    The figures `shown` are of these rounds; the others are offered by their names. Stamp and page are of one snapshot.
    Where a caller's transaction has begun already, what is made while something changes is shown, but not kept: nobody
    could say which state it shows.
    """
    with one_snapshot() as is_one:
        before = stamp(shown, named=selection.rounds)
        key = _key(selection, before, *about)
        found: str | None = cache.get(key)
        if found is None:
            found = make()
            if is_one or stamp(shown, named=selection.rounds) == before:
                cache.set(key, found, TIMEOUT)
        return found


def _key(selection: Selection, *about: Any) -> str:
    compared = selection.compared.pk if selection.compared else None
    chosen = (selection.round.pk, compared, *selection.filters, today(), get_language())
    said = repr((*chosen, timezone.get_current_timezone_name(), *about))
    return f"dashboard:{hashlib.sha256(said.encode()).hexdigest()}"
