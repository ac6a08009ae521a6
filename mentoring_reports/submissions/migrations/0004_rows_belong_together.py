"""A row that names a submission or a round names it as its own: the same school, round and municipality.

Checks of foreign keys pass by row security, so a plain key would let a school hang a value on another's submission.
"""

from django.db import migrations

APP = "mentoring_submissions_"
SUBMISSION_KEY = "id, school_id, round_id, municipality_id"
# (table, its column that names a submission)
NAMING_A_SUBMISSION = (
    ("submittedvalue", "submission_id"),
    ("decision", "submission_id"),
    ("acceptedfigure", "submission_id"),
    ("participation", "latest_id"),
    ("participation", "accepted_id"),
)
NAMING_A_ROUND = ("submission", "participation", "extension", "exemption")


def statements() -> list[str]:
    result = [
        f"ALTER TABLE {APP}submission ADD CONSTRAINT submission_whole_key UNIQUE ({SUBMISSION_KEY})",
        f"ALTER TABLE {APP}round ADD CONSTRAINT round_whole_key UNIQUE (id, municipality_id)",
    ]
    result += [
        f"ALTER TABLE {APP}{table} ADD CONSTRAINT {table}_{column}_is_its_own "
        f"FOREIGN KEY ({column}, school_id, round_id, municipality_id) REFERENCES {APP}submission ({SUBMISSION_KEY})"
        for table, column in NAMING_A_SUBMISSION
    ]
    return result + [
        f"ALTER TABLE {APP}{table} ADD CONSTRAINT {table}_round_is_its_own "
        f"FOREIGN KEY (round_id, municipality_id) REFERENCES {APP}round (id, municipality_id)"
        for table in NAMING_A_ROUND
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("mentoring_submissions", "0003_participation_guard")]
    operations = [migrations.RunPython(apply, elidable=False)]
