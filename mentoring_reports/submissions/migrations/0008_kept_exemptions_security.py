"""An exemption is withdrawn, once, and never deleted; a round keeps the form that its submissions were made with."""

from django.db import migrations

from mentoring_reports import row_security as rs

APP = "mentoring_submissions_"
EXEMPTION, SUBMISSION, ROUND = f"{APP}exemption", f"{APP}submission", f"{APP}round"
WITHDRAWAL = ("withdrawn_at", "withdrawn_by_name", "withdrawn_by_id", "withdrawn_by_schema")


def statements() -> list[str]:
    ours = rs.by_municipality()
    written_once = ", ".join(f"'{column}'" for column in WITHDRAWAL)
    return [
        f"DROP POLICY {EXEMPTION}_delete ON {EXEMPTION}",
        f"CREATE POLICY {EXEMPTION}_update ON {EXEMPTION} FOR UPDATE USING ({ours}) WITH CHECK ({ours})",
        f"CREATE FUNCTION {EXEMPTION}_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION 'rows of {EXEMPTION} are never changed or deleted' "
        "USING ERRCODE = 'insufficient_privilege'; END $$",
        f"CREATE TRIGGER {EXEMPTION}_kept BEFORE DELETE ON {EXEMPTION} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {EXEMPTION}_is_kept()",
        f"CREATE FUNCTION {EXEMPTION}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL "
        f"OR to_jsonb(NEW) - ARRAY[{written_once}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{written_once}] "
        "THEN RAISE EXCEPTION 'an exemption is only withdrawn, and once' "
        "USING ERRCODE = 'insufficient_privilege'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {EXEMPTION}_guarded BEFORE UPDATE ON {EXEMPTION} "
        f"FOR EACH ROW EXECUTE FUNCTION {EXEMPTION}_guard()",
        # Checks of foreign keys pass by row security: not even two people at once give a round another form.
        f"ALTER TABLE {ROUND} ADD CONSTRAINT round_form_key UNIQUE (id, form_id)",
        f"ALTER TABLE {SUBMISSION} ADD CONSTRAINT submission_form_is_the_rounds "
        f"FOREIGN KEY (round_id, form_id) REFERENCES {ROUND} (id, form_id)",
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("mentoring_submissions", "0007_kept_exemptions")]
    operations = [migrations.RunPython(apply, elidable=False)]
