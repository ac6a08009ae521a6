"""Row security of the queue's tables: an organisation sees and queues only its own jobs; workers live in `public`."""

from django.db import migrations

OUTSIDE = "current_schema() = 'public'"
# `search_path` and `current_schema()` are django-tenants'; the schema that a job works in is one of its arguments.
OWN = f"({OUTSIDE} OR args ->> 'schema' = current_schema())"
OF_OWN_JOB = f"({OUTSIDE} OR EXISTS (SELECT 1 FROM procrastinate_jobs j WHERE j.id = job_id))"
RULES = {
    "procrastinate_jobs": (OWN, OWN),
    "procrastinate_events": (OF_OWN_JOB, OF_OWN_JOB),
    "procrastinate_periodic_defers": (OUTSIDE, OUTSIDE),
    "procrastinate_workers": ("true", OUTSIDE),  # that a worker lives, is for everybody to see: an id and a time
}


def statements() -> list[str]:
    return [
        statement
        for table, (seen, written) in RULES.items()
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_select ON {table} FOR SELECT USING ({seen})",
            f"CREATE POLICY {table}_insert ON {table} FOR INSERT WITH CHECK ({written})",
            f"CREATE POLICY {table}_update ON {table} FOR UPDATE USING ({written})",
            f"CREATE POLICY {table}_delete ON {table} FOR DELETE USING ({written})",
        )
    ]


class Migration(migrations.Migration):
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]

    operations = [migrations.RunSQL(statements(), migrations.RunSQL.noop)]
