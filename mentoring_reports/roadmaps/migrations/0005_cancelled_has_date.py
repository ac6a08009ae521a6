"""A constraint beside the data that it judges: PostgreSQL changes no table that still has waiting triggers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mentoring_roadmaps", "0004_times")]

    operations = [
        migrations.AddConstraint(
            model_name="roadmapitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "cancelled"), ("cancelled_on__isnull", False)),
                    models.Q(models.Q(("status", "cancelled"), _negated=True), ("cancelled_on__isnull", True)),
                    _connector="OR",
                ),
                name="roadmap_item_cancelled_has_date",
                violation_error_message="An activity that is cancelled has a date, and only such a one.",
            ),
        ),
    ]
