"""Row-level security, forced, on every shared table that holds a school's rows."""

from django.db import migrations

from mentoring_reports import row_security as rs

SCHOOL_ROWS = "mentoring_submissions_"


def statements() -> list[str]:
    seen = rs.by_school_or_municipality()
    handed_over = rs.written_by_school_or_municipality()
    ours = rs.by_municipality()
    table = SCHOOL_ROWS.__add__
    return [
        *rs.protect(table("round"), select=rs.seen_by_whole_municipality(), insert=ours, update=ours, delete=ours),
        # What a school hands over is appended: no policy for UPDATE or DELETE, and a trigger that says so aloud.
        *rs.protect(table("submission"), select=seen, insert=handed_over),
        *rs.protect(table("submittedvalue"), select=seen, insert=handed_over),
        *rs.freeze(table("submission")),
        *rs.freeze(table("submittedvalue")),
        # A school may say that it handed something in; only the municipality says that it was accepted.
        *rs.protect(
            table("participation"),
            select=seen,
            insert=f"({handed_over}) AND (state = 'submitted' OR {ours})",
            update=seen,
            update_check=f"({handed_over}) AND (state IN ('submitted', 'resubmitted') OR {ours})",
        ),
        *rs.protect(table("decision"), select=seen, insert=ours),
        *rs.freeze(table("decision")),
        *rs.protect(table("acceptedfigure"), select=seen, insert=ours, update=ours, delete=ours),
        *rs.protect(table("extension"), select=seen, insert=ours),
        *rs.freeze(table("extension")),
        *rs.protect(table("exemption"), select=seen, insert=ours, delete=ours),
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("mentoring_submissions", "0001_initial")]
    operations = [migrations.RunPython(apply, elidable=False)]
