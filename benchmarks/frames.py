"""The accepted frame of many schools and rounds against the bare SQL statement that it needs."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.indicators.builtin import install_builtin_form
from mentoring_reports.submissions.frames import ACCEPTED_SQL, accepted_frame, wide_frame
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation, OrganisationType, Territory

from .measuring import Result, paired_medians

AIM = 2.0


def _fill(municipality: Organisation, schools: int, rounds: int) -> list[Round]:
    """Write rows as accepting would leave them: schools without schemas, a submission and figures for each round."""
    with schema_context(get_public_schema_name()):
        kind, territory = OrganisationType.objects.order_by("pk")[0], Territory.objects.order_by("pk")[0]
        Organisation.objects.bulk_create(
            Organisation(
                schema_name=f"figures_{number}", kind="school", state="active", name=f"Школа № {number}",
                short_name=f"Школа № {number}", municipality=municipality, organisation_type=kind, territory=territory,
            )
            for number in range(schools)
        )  # fmt: skip
    day = dt.date(2026, 1, 31)
    with tenant_context(municipality), connection.cursor() as cursor:
        form = install_builtin_form(municipality)
        made = [
            Round.objects.create(
                municipality=municipality, code=f"bench-{number}", title=f"Сбор {number}", form=form,
                period_start=day, period_end=day, opens=day, due=day, closes=day,
            )
            for number in range(rounds)
        ]  # fmt: skip
        ids = [round_.pk for round_ in made]
        cursor.execute(
            """
            INSERT INTO mentoring_submissions_submission (round_id, school_id, municipality_id, form_id, revision,
                school_name, school_type, territory, submitted_on, due_then, explanations, note, checksum,
                author_name, author_schema, created_at)
            SELECT r.id, o.id, %s, %s, 1, o.name, 'Школа', 'Центр', r.due, r.due, '{}', '', md5(o.name), 'Куратор',
                o.schema_name, now()
            FROM tenants_organisation o, mentoring_submissions_round r
            WHERE o.schema_name LIKE 'figures!_%%' ESCAPE '!' AND r.id = ANY(%s)""",
            [municipality.pk, form.pk, ids],
        )
        cursor.execute(
            """
            INSERT INTO mentoring_submissions_participation (round_id, school_id, municipality_id, state, latest_id,
                accepted_id, first_submitted_at, last_submitted_at, accepted_at, on_time)
            SELECT round_id, school_id, municipality_id, 'accepted', id, id, now(), now(), now(), true
            FROM mentoring_submissions_submission WHERE round_id = ANY(%s)""",
            [ids],
        )
        cursor.execute(
            """
            INSERT INTO mentoring_submissions_acceptedfigure (round_id, school_id, municipality_id, submission_id,
                element_code, value)
            SELECT s.round_id, s.school_id, s.municipality_id, s.id, e.code, (s.school_id * 7 + e.id) %% 90
            FROM mentoring_submissions_submission s, mentoring_indicators_dataelement e
            WHERE s.round_id = ANY(%s) AND e.form_id = %s""",
            [ids, form.pk],
        )
    connection.set_schema_to_public()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def reading_accepted_figures(schools: int, rounds: int, repeat: int) -> list[Result]:
    """Measure both frames that screens and workbook start from, in turns with the statement alone."""
    municipality = Organisation.objects.municipalities().order_by("pk")[0]
    made = _fill(municipality, schools, rounds)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(ACCEPTED_SQL, [[round_.pk for round_ in made], "", ""])
            cursor.fetchall()

    results = []
    with tenant_context(municipality):
        for name, frame in (("one row a school", wide_frame), ("one row a figure", accepted_frame)):
            ours, baseline = paired_medians(lambda frame=frame: frame(made), bare, repeat)
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
