"""An edition is read by its whole municipality, written by the municipality only, and never changed."""

from django.db import migrations

from mentoring_reports import row_security as rs

TABLE = "mentoring_publications_edition"


def statements() -> list[str]:
    return [
        *rs.protect(TABLE, select=rs.seen_by_whole_municipality(), insert=rs.by_municipality()),
        *rs.freeze(TABLE),
        f"ALTER TABLE {TABLE} ADD CONSTRAINT edition_round_is_its_own "
        "FOREIGN KEY (round_id, municipality_id) REFERENCES mentoring_submissions_round (id, municipality_id)",
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("mentoring_publications", "0001_initial"),
        ("mentoring_submissions", "0006_better_rounds_security"),
    ]
    operations = [migrations.RunPython(apply, elidable=False)]
