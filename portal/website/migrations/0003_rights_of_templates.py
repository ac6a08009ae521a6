"""Municipalities that were there before template roadmaps: their groups may change them, as those of a new one may.

In a school's schema there are no such groups, and nothing is done. Permissions are made by Django after the migrations
of a run, so these two may not be there yet.
"""

from django.db import migrations

GROUPS = ("Методисты", "Управление образования")
RIGHTS = {
    "change_roadmaptemplate": "Can change template roadmap",
    "view_roadmaptemplate": "Can view template roadmap",
}


def give(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.filter(name__in=GROUPS)
    if not groups:
        return
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="mentoring_roadmap_templates", model="roadmaptemplate"
    )
    for codename, name in RIGHTS.items():
        right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        for group in groups:
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0002_approved_figures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
