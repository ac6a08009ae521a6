"""The day of cancelling, and the occurrences of the activities that come back already.

An activity that was marked as done as a whole keeps its day: the times that had begun by then are done on that day.
A cancelled one was cancelled when its history says so; without a history, before its roadmap began: it counted nowhere.
"""

from django.db import migrations, models
from django.utils import timezone

from mentoring_reports.roadmaps.recurrence import Recurrence
from mentoring_reports.roadmaps.year.times import windows_of


def date_cancelled(apps, schema_editor):
    Item = apps.get_model("mentoring_roadmaps", "RoadmapItem")
    Entry = apps.get_model("wagtailcore", "ModelLogEntry")
    for item in Item.objects.filter(status="cancelled").select_related("section__roadmap"):
        entries = Entry.objects.filter(action="mentoring_roadmaps.cancel", object_id=str(item.pk))
        last = entries.order_by("-timestamp").first()
        item.cancelled_on = timezone.localdate(last.timestamp) if last else item.section.roadmap.period_start
        item.save(update_fields=["cancelled_on"])


def make_occurrences(apps, schema_editor):
    Item = apps.get_model("mentoring_roadmaps", "RoadmapItem")
    Occurrence = apps.get_model("mentoring_roadmaps", "Occurrence")
    items = Item.objects.filter(recurrence__isnull=False, occurrences=None).select_related("section__roadmap")
    for item in items:
        again, roadmap = Recurrence.from_json(item.recurrence), item.section.roadmap
        windows = windows_of(again, item.starts_on or roadmap.period_start, item.ends_on or roadmap.period_end)
        rows = [Occurrence(item=item, starts_on=first, ends_on=last) for first, last in dict.fromkeys(windows)]
        for number, row in enumerate(rows):
            if item.done_on and (number == 0 or row.starts_on <= item.done_on):
                row.done_on = item.done_on
        Occurrence.objects.bulk_create(rows)
        if item.done_on and any(row.done_on is None for row in rows):
            item.status, item.done_on = "in_progress", None
            item.save(update_fields=["status", "done_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("mentoring_roadmaps", "0003_year_and_imports"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="roadmapitem",
            name="cancelled_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="cancelled on"),
        ),
        migrations.AlterField(
            model_name="roadmapitem",
            name="done_on",
            field=models.DateField(
                blank=True,
                help_text="Of an activity that comes back: when the last time was done.",
                null=True,
                verbose_name="done on",
            ),
        ),
        migrations.RunPython(date_cancelled, migrations.RunPython.noop),
        migrations.RunPython(make_occurrences, migrations.RunPython.noop),
    ]
