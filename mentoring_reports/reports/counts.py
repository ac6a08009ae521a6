"""How a data element is counted: the registry, and a count with the rows behind it. The questions are in `counting`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from mentoring_reports.submissions.models import Round


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both included. Everything is counted as it stood on the last one."""

    start: dt.date
    end: dt.date

    @classmethod
    def of(cls, round_: Round) -> Period:
        """Return a round's period."""
        return cls(round_.period_start, round_.period_end)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the rows behind a count."""

    label: StrOrPromise
    read: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that answer a question, and how they make a number: one each, unless `measure` says otherwise."""

    found: QuerySet[Any] | Sequence[Any]
    columns: Sequence[Column]
    measure: Callable[[], int | None] | None = None

    def value(self) -> Decimal | None:
        """Return the number: at most a few statements, however many rows."""
        number = self.measure() if self.measure else self._length()
        return None if number is None else Decimal(number)

    def _length(self) -> int:
        return self.found.count() if isinstance(self.found, QuerySet) else len(self.found)


@dataclass(frozen=True, slots=True)
class Count:
    """A counted number and the rows behind it (read only when they are shown)."""

    value: Decimal | None
    rows: QuerySet[Any] | Sequence[Any]
    columns: Sequence[Column]


Question = Callable[[Period], Rows]
_questions: dict[str, Question] = {}


def counted(code: str) -> Callable[[Question], Question]:
    """Register the question that counts a data element. A code that is taken stops the start."""

    def register(question: Question) -> Question:
        if code in _questions:
            raise ImproperlyConfigured(
                f"The data element {code!r} is counted twice: by {_questions[code].__name__} and {question.__name__}."
            )
        _questions[code] = question
        return question

    return register


def counted_codes() -> frozenset[str]:
    """Return the codes of all data elements that can be counted."""
    return frozenset(_questions)


def count(code: str, period: Period) -> Count:
    """Count one data element. Raises `KeyError` for a code that nothing counts."""
    rows = _questions[code](period)
    return Count(rows.value(), rows.found, rows.columns)


def count_values(codes: Iterable[str], period: Period) -> dict[str, Decimal | None]:
    """Count those of the codes that can be counted."""
    return {code: _questions[code](period).value() for code in codes if code in _questions}
