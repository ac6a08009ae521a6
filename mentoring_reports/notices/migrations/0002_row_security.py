"""The municipality writes texts and days, its schools read them; a school says how its mail fares, in numbers."""

from django.db import migrations

from mentoring_reports import row_security as rs

APP = "mentoring_notices_"


def statements() -> list[str]:
    table = APP.__add__
    seen, ours = rs.seen_by_whole_municipality(), rs.by_municipality()
    by_school = f"(school_id = {rs.own_id()} AND municipality_id = {rs.own_municipality_id()}) OR {rs.opened()}"
    return [
        *rs.protect(table("noticetemplate"), select=seen, insert=ours, update=ours, delete=ours),
        *rs.protect(table("reminderplan"), select=seen, insert=ours, update=ours, delete=ours),
        *rs.protect(
            table("mailstanding"), select=rs.by_school_or_municipality(), insert=by_school, update=by_school
        ),
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("mentoring_notices", "0001_initial")]
    operations = [migrations.RunPython(apply, elidable=False)]
