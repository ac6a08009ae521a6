"""The forms of mentoring of the national target model, as the first rows of an editable list."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORMS = [
    ("teacher-teacher", "Учитель – учитель"),
    ("leader-teacher", "Руководитель – педагог"),
    ("teacher-pupil", "Учитель – ученик"),
    ("pupil-pupil", "Ученик – ученик"),
    ("student-pupil", "Студент – ученик"),
    ("employer-pupil", "Работодатель – ученик"),
    ("partner-teacher", "Социальный партнёр – педагог"),
]


def add_forms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the forms that are not there yet."""
    form = apps.get_model("mentoring_register", "MentoringForm")
    for order, (code, name) in enumerate(FORMS, start=1):
        form.objects.get_or_create(code=code, defaults={"name": name, "order": order})


class Migration(migrations.Migration):
    """Add the forms."""

    dependencies: ClassVar = [("mentoring_register", "0002_composite_keys")]

    operations: ClassVar = [migrations.RunPython(add_forms, migrations.RunPython.noop)]
