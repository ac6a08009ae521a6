"""What a school may not do to its own row, whatever the code forgets: accept itself, unlock itself, or hide a delay."""

from django.db import migrations

from mentoring_reports import row_security as rs

TABLE = "mentoring_submissions_participation"
KEPT = (
    "round_id",
    "school_id",
    "municipality_id",
    "accepted_id",
    "accepted_at",
    "first_submitted_at",
    "on_time",
)


def statements() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in KEPT)
    return [
        f"CREATE FUNCTION {TABLE}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NEW.municipality_id = {rs.own_id()} OR {rs.opened()} THEN RETURN NEW; END IF; "
        "IF TG_OP = 'INSERT' AND (NEW.accepted_id IS NOT NULL OR NEW.accepted_at IS NOT NULL) THEN "
        "RAISE EXCEPTION 'a school does not accept its own report' USING ERRCODE = 'insufficient_privilege'; END IF; "
        f"IF TG_OP = 'UPDATE' AND ({changed} OR OLD.state NOT IN ('returned', 'reopened')) THEN "
        "RAISE EXCEPTION 'a school may only hand in again what was returned or reopened' "
        "USING ERRCODE = 'insufficient_privilege'; END IF; "
        "RETURN NEW; END $$",
        f"CREATE TRIGGER {TABLE}_guarded BEFORE INSERT OR UPDATE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_guard()",
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


def revert(apps, schema_editor):
    schema_editor.execute(f"DROP TRIGGER {TABLE}_guarded ON {TABLE}")
    schema_editor.execute(f"DROP FUNCTION {TABLE}_guard()")


class Migration(migrations.Migration):
    dependencies = [("mentoring_submissions", "0002_row_security")]
    operations = [migrations.RunPython(apply, revert, elidable=False)]
