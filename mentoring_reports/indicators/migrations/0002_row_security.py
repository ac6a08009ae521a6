"""Row-level security: a form is read by the whole municipality and written by the municipality only."""

from django.db import migrations

from mentoring_reports import row_security as rs

FORM = "mentoring_indicators_reportform"
PARTS = ["elementgroup", "dataelement", "indicator", "check"]


def statements() -> list[str]:
    ours = rs.by_municipality()
    result = rs.protect(FORM, select=rs.seen_by_whole_municipality(), insert=ours, update=ours, delete=ours)
    for part in PARTS:
        seen = f"form_id IN (SELECT f.id FROM {FORM} f WHERE {rs.seen_by_whole_municipality()})"
        written = f"form_id IN (SELECT f.id FROM {FORM} f WHERE {ours})"
        result += rs.protect(
            f"mentoring_indicators_{part}", select=seen, insert=written, update=written, delete=written
        )
    return result


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("mentoring_indicators", "0001_initial")]
    operations = [migrations.RunPython(apply, elidable=False)]
