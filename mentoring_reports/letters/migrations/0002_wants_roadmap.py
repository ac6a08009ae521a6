from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mentoring_letters", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="preference",
            name="wants_roadmap",
            field=models.BooleanField(
                default=True, help_text="An activity is due soon or overdue.", verbose_name="roadmap"
            ),
        ),
    ]
