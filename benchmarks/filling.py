"""Schools, rounds and accepted reports in bulk, as accepting would leave them: schools are rows without schemas."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.indicators.builtin import install_builtin_form
from mentoring_reports.row_security import every_school
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation, OrganisationType, Territory

TERRITORIES, TYPES = 12, 4
MONTH = dt.timedelta(days=30)
LAST_DAY = dt.date(2026, 1, 31)

VALUE = "(o.id * 7 + r.id * 3 + e.id) %% 90"
# What handing over seals, as `submissions.handover.sealed_text` writes it.
SEAL = f"""
       (SELECT '{{"form":[' || to_json(f.code) || ',' || f.version || '],"revision":1,"round":' || to_json(r.code)
               || ',"school":[' || to_json(o.short_name) || ',' || to_json(k.name) || ',' || to_json(t.name)
               || '],"values":{{'
               || string_agg('"' || e.code || '":"' || {VALUE} || '.0000"', ',' ORDER BY e.code COLLATE "C") || '}}}}'
          FROM mentoring_indicators_reportform f JOIN mentoring_indicators_dataelement e ON e.form_id = f.id
         WHERE f.id = r.form_id GROUP BY f.id)"""
SUBMISSIONS = f"""
INSERT INTO mentoring_submissions_submission (round_id, school_id, municipality_id, form_id, revision, school_name,
    school_type, territory, submitted_on, due_then, explanations, note, on_behalf, behalf_reason, checksum,
    author_name, author_schema, created_at)
SELECT r.id, o.id, o.municipality_id, r.form_id, 1, o.short_name, k.name, t.name, r.due, r.due, '{{}}', '', false, '',
       encode(sha256(convert_to({SEAL}, 'UTF8')), 'hex'), 'Куратор', o.schema_name, now()
  FROM mentoring_submissions_round r
  JOIN tenants_organisation o ON o.municipality_id = r.municipality_id AND o.schema_name LIKE %s
  JOIN tenants_organisationtype k ON k.id = o.organisation_type_id
  JOIN tenants_territory t ON t.id = o.territory_id
 WHERE r.id = ANY(%s)"""
PARTICIPATIONS = """
INSERT INTO mentoring_submissions_participation (round_id, school_id, municipality_id, state, latest_id, accepted_id,
    first_submitted_at, last_submitted_at, accepted_at, on_time)
SELECT round_id, school_id, municipality_id, 'accepted', id, id, now(), now(), now(), true
  FROM mentoring_submissions_submission WHERE round_id = ANY(%s)"""
FIGURES = """
INSERT INTO mentoring_submissions_acceptedfigure (round_id, school_id, municipality_id, submission_id, element_code,
    value)
SELECT s.round_id, s.school_id, s.municipality_id, s.id, e.code, (s.school_id * 7 + s.round_id * 3 + e.id) %% 90
  FROM mentoring_submissions_submission s
  JOIN mentoring_indicators_dataelement e ON e.form_id = s.form_id
 WHERE s.round_id = ANY(%s)"""
# A school's next revision, accepted in place of the one that counts: what reopening, handing over and accepting leave.
NEXT_REVISION = """
INSERT INTO mentoring_submissions_submission (round_id, school_id, municipality_id, form_id, revision, school_name,
    school_type, territory, submitted_on, due_then, explanations, note, on_behalf, behalf_reason, checksum,
    author_name, author_schema, created_at)
SELECT round_id, school_id, municipality_id, form_id, revision + 1, school_name, school_type, territory, submitted_on,
       due_then, explanations, note, on_behalf, behalf_reason, encode(sha256(convert_to(checksum, 'UTF8')), 'hex'),
       author_name, author_schema, now()
  FROM mentoring_submissions_submission
 WHERE id = (SELECT min(accepted_id) FROM mentoring_submissions_participation WHERE round_id = %s)
RETURNING id, school_id"""
NEXT_PARTICIPATION = """
UPDATE mentoring_submissions_participation SET latest_id = %s, accepted_id = %s, accepted_at = now()
 WHERE round_id = %s AND school_id = %s"""
NEXT_FIGURES = """
UPDATE mentoring_submissions_acceptedfigure SET submission_id = %s, value = value + 1
 WHERE round_id = %s AND school_id = %s"""


def fill(municipality: Organisation, *, schools: int, rounds: int, name: str) -> list[Round]:
    """Write `schools` schools with an accepted report in each of `rounds` rounds; return those, the latest first."""
    _write_schools(municipality, schools, name)
    with tenant_context(municipality):
        made = [_round(municipality, name, number) for number in range(rounds)]
    ids = [round_.pk for round_ in made]
    with every_school(), connection.cursor() as cursor:
        cursor.execute(SUBMISSIONS, [f"{name}%", ids])
        cursor.execute(PARTICIPATIONS, [ids])
        cursor.execute(FIGURES, [ids])
    connection.set_schema_to_public()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what autovacuum has long done where such tables have grown
    return made


def correct(round_: Round) -> None:
    """Let the next school's report of a round be corrected and accepted."""
    with every_school(), connection.cursor() as cursor:
        cursor.execute(NEXT_REVISION, [round_.pk])
        submission, school = cursor.fetchone()
        cursor.execute(NEXT_FIGURES, [submission, round_.pk, school])
        cursor.execute(NEXT_PARTICIPATION, [submission, submission, round_.pk, school])


def _write_schools(municipality: Organisation, count: int, name: str) -> None:
    with schema_context(get_public_schema_name()):
        kinds = [_kind(number) for number in range(TYPES)]
        territories = [_territory(municipality, number) for number in range(TERRITORIES)]
        Organisation.objects.bulk_create(
            Organisation(
                schema_name=f"{name}{number}",
                kind="school",
                state="active",
                name=f"Муниципальное общеобразовательное учреждение «Школа № {number}»",
                short_name=f"Школа № {number}",
                municipality=municipality,
                organisation_type=kinds[number % TYPES],
                territory=territories[number % TERRITORIES],
            )
            for number in range(count)
        )


def _kind(number: int) -> OrganisationType:
    return OrganisationType.objects.get_or_create(code=f"kind-{number}", defaults={"name": f"Тип {number}"})[0]


def _territory(municipality: Organisation, number: int) -> Territory:
    return Territory.objects.get_or_create(municipality=municipality, name=f"Район {number}")[0]


def _round(municipality: Organisation, name: str, number: int) -> Round:
    end = LAST_DAY - number * MONTH
    return Round.objects.create(
        municipality=municipality,
        code=f"{name}-{number}",
        title=f"Сбор {number}",
        form=install_builtin_form(municipality),
        period_start=end - MONTH,
        period_end=end,
        opens=end,
        due=end,
        closes=end,
    )
