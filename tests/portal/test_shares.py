"""Every test is dealt out once, however many processes there are, and only one of them begins with making the world."""

from __future__ import annotations

import pytest

from tests import shares


class Item:
    """A test as far as its share needs it."""

    def __init__(self, name: str, *fixtures: str) -> None:
        self.name, self.fixturenames = name, fixtures

    def get_closest_marker(self, name: str) -> None:
        """Have no marks."""


@pytest.mark.parametrize("with_database", [0, 1, 7, 50])
@pytest.mark.parametrize("without", [0, 1, 6, 50])
@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_every_test_is_dealt_out_once(workers: int, without: int, with_database: int) -> None:
    items = [Item(f"db{number}", "django_db_setup") for number in range(with_database)]
    items += [Item(f"free{number}") for number in range(without)]

    dealt = shares.of(workers, items)

    assert sorted(item.name for item in dealt) == sorted(item.name for item in items)


def test_only_the_first_begins_with_the_database() -> None:
    items = [Item(f"free{number}") for number in range(9)] + [
        Item(f"db{number}", "db", "django_db_setup") for number in range(21)
    ]

    dealt = [item.name for item in shares.of(3, items)]

    assert dealt[0] == "db0"
    assert (dealt[10], dealt[20]) == ("free0", "free5")
