"""What each process of a parallel run begins with, so that none waits while the first one makes the world."""

from __future__ import annotations

import pytest


def of(workers: int, items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests in the order in which they are dealt out: one process after the other gets its share.

    The first begins with tests that need the database, and so makes it; each of the others begins with its part of
    those that do without. Whoever has done its share takes over tests from the end of another's.
    """
    if workers == 1:
        return items
    free = [item for item in items if not _needs_the_world(item)]
    rest = [item for item in items if _needs_the_world(item)]
    order = _taken(rest, len(items) // workers)
    for left in range(workers - 1, 0, -1):
        size = (len(items) - len(order)) // left
        own = _taken(free, min(size, -(-len(free) // left)))
        order += own + _taken(rest, size - len(own))
    return order


def _taken(items: list[pytest.Item], count: int) -> list[pytest.Item]:
    taken = items[:count]
    del items[:count]
    return taken


def _needs_the_world(item: pytest.Item) -> bool:
    return "django_db_setup" in getattr(item, "fixturenames", ()) or bool(item.get_closest_marker("django_db"))
