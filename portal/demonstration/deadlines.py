"""Deadlines as people write them, with the reading beside the text. Pure."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

NOMINATIVE = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Deadline:
    """The text and how it is read; both days are included."""

    text: str
    kind: str
    starts_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True)
class Span:
    """The roadmap's period, and days inside it counted in months from its first one."""

    start: dt.date
    end: dt.date

    def first(self, month: int) -> dt.date:
        """Return the first day of the month so many months after the period's first."""
        index = self.start.month - 1 + month
        return dt.date(self.start.year + index // 12, index % 12 + 1, 1)

    def last(self, month: int) -> dt.date:
        """Return the last day of that month."""
        day = self.first(month)
        return day.replace(day=months.monthrange(day.year, day.month)[1])


def deadline(item: dict[str, Any], span: Span, random: Random) -> Deadline:
    """Return a deadline in one of the ways in which people write this kind."""
    return _WRITERS[item["deadline"]](item["from"], item["to"], span, random)


def _by_date(first: int, last: int, span: Span, random: Random) -> Deadline:
    day = span.first(last).replace(day=random.randint(10, 27))
    text = random.choice(
        (f"До {day:%d.%m.%Y}", f"До {day:%d.%m.%y}", f"до {day.day} {GENITIVE[day.month - 1]} {day.year} г.")
    )
    return Deadline(text, "by_date", None, day)


def _range(first: int, last: int, span: Span, random: Random) -> Deadline:
    start = span.first(first).replace(day=random.randint(2, 12))
    end = start + dt.timedelta(days=random.randint(5, 12))
    return Deadline(f"{start:%d.%m.%Y} – {end:%d.%m.%Y}", "range", start, end)


def _month(first: int, last: int, span: Span, random: Random) -> Deadline:
    day = span.first(first)
    text = random.choice((f"{_name(day)} {day.year} г.", f"{_name(day)} {day.year}г.", f"{_name(day)} {day.year}"))
    return Deadline(text, "month", day, span.last(first))


def _month_range(first: int, last: int, span: Span, random: Random) -> Deadline:
    start, end = span.first(first), span.last(last)
    dash = random.choice(("-", " – ", " –"))
    years = f"{end.year}" if start.year == end.year else f"{start.year}/{end.year}"
    return Deadline(f"{_name(start)}{dash}{_name(end).lower()} {years}", "month_range", start, end)


def _until_month(first: int, last: int, span: Span, random: Random) -> Deadline:
    day = span.first(last)
    return Deadline(f"До {GENITIVE[day.month - 1]} {day.year}", "by_date", None, day - dt.timedelta(days=1))


def _quarter(first: int, last: int, span: Span, random: Random) -> Deadline:
    quarter = (span.first(first).month - 1) // 3
    start = dt.date(span.first(first).year, 3 * quarter + 1, 1)
    end = (start + dt.timedelta(days=100)).replace(day=1) - dt.timedelta(days=1)
    return Deadline(f"{ROMAN[quarter]} квартал {start.year}", "month_range", start, end)


def _recurring(first: int, last: int, span: Span, random: Random) -> Deadline:
    text = random.choice(("1 раз в квартал", "ежемесячно", "до 25 числа каждого месяца"))
    return Deadline(text, "recurring", span.first(first), span.last(last))


def _monthly(first: int, last: int, span: Span, random: Random) -> Deadline:
    return Deadline(random.choice(("еженедельно", "2 раза в месяц")), "recurring", span.first(first), span.last(last))


def _relative(first: int, last: int, span: Span, random: Random) -> Deadline:
    return Deadline("В течение первого месяца", "relative", span.start, span.last(0))


def _whole_period(first: int, last: int, span: Span, random: Random) -> Deadline:
    return Deadline("В течение всего периода реализации ПН", "whole_period", span.start, span.end)


def _unscheduled(first: int, last: int, span: Span, random: Random) -> Deadline:
    return Deadline("По отдельному графику", "unscheduled", None, None)


def _name(day: dt.date) -> str:
    return NOMINATIVE[day.month - 1]


_WRITERS = {
    "by_date": _by_date, "range": _range, "month": _month, "month_range": _month_range, "until_month": _until_month,
    "quarter": _quarter, "recurring": _recurring, "monthly": _monthly, "relative": _relative,
    "whole_period": _whole_period, "unscheduled": _unscheduled,
}  # fmt: skip
