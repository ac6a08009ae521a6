"""Acting on another day: what the demonstration's history and tests of dates are made with."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from mentoring_reports.clock import now, pretend, today

DAY = dt.date(2025, 6, 17)


def test_inside_it_is_the_pretended_day_and_hour() -> None:
    with pretend(DAY, dt.time(10, 30)):
        assert today() == DAY
        assert timezone.localtime(now()).time() == dt.time(10, 30)


def test_afterwards_it_is_today_again_even_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), pretend(DAY):
        1 / 0  # noqa: B018

    assert today() == timezone.localdate()


def test_one_pretended_day_inside_another_gives_the_outer_one_back() -> None:
    with pretend(DAY):
        with pretend(DAY + dt.timedelta(days=1)):
            inner = today()

        assert (inner, today()) == (dt.date(2025, 6, 18), DAY)


def test_another_thread_keeps_the_real_day() -> None:
    with pretend(DAY), ThreadPoolExecutor(1) as pool:
        assert pool.submit(today).result() == timezone.localdate()
