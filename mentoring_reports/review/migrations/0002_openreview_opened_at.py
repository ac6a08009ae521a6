import mentoring_reports.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("mentoring_review", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="openreview",
            name="opened_at",
            field=models.DateTimeField(default=mentoring_reports.clock.now, verbose_name="opened at"),
        ),
    ]
