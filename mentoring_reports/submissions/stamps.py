"""One word for everything that a municipality's figures rest on: while it stays the same, so do they.

Nothing has to remember to tell that something changed: the word is made of the rows themselves, in one statement of a
few milliseconds for thousands of schools. Revisions and their values are not read: the database refuses any change of
them, and which of them count stands in the participations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection
from django_tenants.utils import get_tenant_model

from mentoring_reports.indicators.models import Check, DataElement, ElementGroup, Indicator, ReportForm, Target

from .models import Decision, Exemption, ExpectedSchool, Extension, Participation, Round

if TYPE_CHECKING:
    from django.db.models import Model

OF_ROUNDS: tuple[type[Model], ...] = (Participation, Decision, Exemption, ExpectedSchool, Extension)
OF_FORMS: tuple[type[Model], ...] = (ElementGroup, DataElement, Indicator, Check)
NAMES = ("organisation_type", "territory")  # of the tenant model: lists whose names schools are shown under
Part = tuple[str, list[Any]]


def stamp(rounds: Sequence[Round], *, named: Sequence[Round] = ()) -> str:
    """Return the stamp of the figures of these rounds of one municipality, as the current schema may see them.

    Of the `named` rounds only themselves are shown: their titles and dates.
    """
    parts = [*_of_rounds(rounds, named), *_of_forms({one.form_id for one in rounds}), *_of_schools(rounds)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(sql for sql, _ in parts)}", [value for _, values in parts for value in values]
        )
        row = cursor.fetchone()
    return hashlib.sha256(repr(row).encode()).hexdigest()


def _of_rounds(rounds: Iterable[Round], named: Iterable[Round]) -> Iterable[Part]:
    ids = [one.pk for one in rounds]
    yield _rows(Round, "r.id = ANY(%s)", sorted({*ids, *(one.pk for one in named)}))
    for model in OF_ROUNDS:
        yield _rows(model, "r.round_id = ANY(%s)", ids)


def _of_forms(forms: Iterable[int]) -> Iterable[Part]:
    ids = sorted(forms)
    yield _rows(ReportForm, "r.id = ANY(%s)", ids)
    for model in OF_FORMS:
        yield _rows(model, "r.form_id = ANY(%s)", ids)
    own = f"SELECT i.id FROM {Indicator._meta.db_table} i WHERE i.form_id = ANY(%s)"  # noqa: S608  (our own table)
    yield _rows(Target, f"r.indicator_id IN ({own})", ids)


def _of_schools(rounds: Iterable[Round]) -> Iterable[Part]:
    municipalities = sorted({one.municipality_id for one in rounds})
    schools = get_tenant_model()
    yield _rows(schools, "r.id = ANY(%s) OR r.municipality_id = ANY(%s)", municipalities, municipalities)
    for name in NAMES:
        yield _rows(schools._meta.get_field(name).related_model, "true")


def _rows(model: Any, condition: str, *values: Any) -> Part:
    """Return SQL for the number of rows and the sum of their hashes, which does not depend on their order."""
    table = model._meta.db_table
    hashed = "sum(hash_record_extended(r, 0))"
    return f"(SELECT (count(*), {hashed})::text FROM {table} r WHERE {condition})", list(values)  # noqa: S608
