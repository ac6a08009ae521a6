"""A released form never changes, whatever the code above forgets; its parts belong together; targets are guarded."""

from django.db import migrations

from mentoring_reports import row_security as rs

APP = "mentoring_indicators_"
FORM = f"{APP}reportform"
INDICATOR = f"{APP}indicator"
TARGET = f"{APP}target"
PARTS = ("elementgroup", "dataelement", "indicator", "check")
REFUSED = "USING ERRCODE = 'insufficient_privilege'"


def statements() -> list[str]:
    return [*target_security(), *form_guard(), *part_guard(), *parts_belong_together()]


def target_security() -> list[str]:
    forms = f"SELECT i.id FROM {INDICATOR} i JOIN {FORM} f ON f.id = i.form_id WHERE"
    seen = f"indicator_id IN ({forms} {rs.seen_by_whole_municipality()})"
    written = f"indicator_id IN ({forms} {rs.by_municipality()})"
    return rs.protect(TARGET, select=seen, insert=written, update=written, delete=written)


def form_guard() -> list[str]:
    return [
        f"CREATE FUNCTION {FORM}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF OLD.released_at IS NOT NULL THEN RAISE EXCEPTION 'a released report form never changes' {REFUSED}; END IF; "
        "RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$",
        f"CREATE TRIGGER {FORM}_guarded BEFORE UPDATE OR DELETE ON {FORM} "
        f"FOR EACH ROW EXECUTE FUNCTION {FORM}_guard()",
    ]


def part_guard() -> list[str]:
    """Return the statements that refuse a change of a released form's part; the share lock keeps a release waiting."""
    one_function = (
        f"CREATE FUNCTION {FORM}_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE form bigint; BEGIN "
        "FOR form IN SELECT DISTINCT f FROM unnest(ARRAY["
        "CASE WHEN TG_OP <> 'INSERT' THEN {old} END, CASE WHEN TG_OP <> 'DELETE' THEN {new} END]) f "
        "WHERE f IS NOT NULL LOOP "
        f"PERFORM 1 FROM {FORM} WHERE id = form FOR SHARE; "
        f"IF EXISTS (SELECT 1 FROM {FORM} WHERE id = form AND released_at IS NOT NULL) THEN "
        f"RAISE EXCEPTION 'the parts of a released report form never change' {REFUSED}; END IF; "
        "END LOOP; RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$"
    )
    of_target = f"(SELECT i.form_id FROM {INDICATOR} i WHERE i.id = {{row}}.indicator_id)"
    return [
        one_function.replace("{old}", "OLD.form_id").replace("{new}", "NEW.form_id"),
        one_function.replace(f"{FORM}_part_guard", f"{TARGET}_guard")
        .replace("{old}", of_target.format(row="OLD"))
        .replace("{new}", of_target.format(row="NEW")),
        *(
            f"CREATE TRIGGER {APP}{part}_guarded BEFORE INSERT OR UPDATE OR DELETE ON {APP}{part} "
            f"FOR EACH ROW EXECUTE FUNCTION {FORM}_part_guard()"
            for part in PARTS
        ),
        f"CREATE TRIGGER {TARGET}_guarded BEFORE INSERT OR UPDATE OR DELETE ON {TARGET} "
        f"FOR EACH ROW EXECUTE FUNCTION {TARGET}_guard()",
    ]


def parts_belong_together() -> list[str]:
    """Return the statements that keep a part in a group of its own form."""
    group = f"{APP}elementgroup"
    return [
        f"ALTER TABLE {group} ADD CONSTRAINT group_whole_key UNIQUE (id, form_id)",
        *(
            f"ALTER TABLE {APP}{part} ADD CONSTRAINT {part}_group_is_of_its_form "
            f"FOREIGN KEY (group_id, form_id) REFERENCES {group} (id, form_id) DEFERRABLE INITIALLY DEFERRED"
            for part in ("dataelement", "indicator")
        ),
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("mentoring_indicators", "0003_form_versions")]
    operations = [migrations.RunPython(apply, elidable=False)]
