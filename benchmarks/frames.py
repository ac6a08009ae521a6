"""The accepted frame of many schools and rounds against the bare SQL statements that it needs."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.frames import KEYS, accepted_frame, wide_frame
from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.reading import COLUMNS_SQL, KEYS_SQL
from portal.tenants.models import Organisation

from .filling import fill
from .measuring import Result, paired_medians

AIM = 2.0


def reading_accepted_figures(schools: int, rounds: int, repeat: int) -> list[Result]:
    """Measure both frames that screens and workbook start from, in turns with the statements alone."""
    municipality = Organisation.objects.municipalities().order_by("pk")[0]
    made = fill(municipality, schools=schools, rounds=rounds, name="figures")
    results = []
    with tenant_context(municipality):
        for name, frame in (("one row a school", wide_frame), ("one row a figure", accepted_frame)):
            ours, baseline = paired_medians(lambda frame=frame: frame(made), bare(made), repeat)
            results.append(
                Result(
                    f"accepted frame, {schools} schools × {rounds} rounds, {name}",
                    f"{ours * 1000:.0f} ms",
                    f"{baseline * 1000:.0f} ms bare SQL",
                    f"{ours / baseline:.2f}",
                    f"≤ {AIM:.0f}",
                    ours / baseline <= AIM,
                )
            )
    return results


def bare(rounds: list[Round]) -> Callable[[], None]:
    """Return the reading of all figures of the rounds by the statements alone."""
    ids = [round_.pk for round_ in rounds]

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute(KEYS_SQL.format(keys=", ".join(KEYS.values())), [ids, ids, "", ""])
            cursor.fetchall()
            cursor.execute(COLUMNS_SQL, [ids, True, []])
            cursor.fetchall()

    return read
