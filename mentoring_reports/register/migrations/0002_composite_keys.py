"""Composite foreign keys that keep the copied columns equal to their originals, so that plain CHECKs can compare them.

No schema is named: the search path decides, in a migration and in a replayed dump alike.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

KEYS = [
    (
        "mentoring_register_mentorship",
        "register_mentorship_mentor_present_fk",
        "(mentor_id, mentor_present)",
        "mentoring_register_person (id, present)",
    ),
    (
        "mentoring_register_mentee",
        "register_mentee_person_present_fk",
        "(person_id, person_present)",
        "mentoring_register_person (id, present)",
    ),
    (
        "mentoring_register_mentee",
        "register_mentee_mentorship_copied_fk",
        "(mentorship_id, mentor_id, form_id, during)",
        "mentoring_register_mentorship (id, mentor_id, form_id, during)",
    ),
]


def _add(table: str, name: str, columns: str, target: str) -> str:
    return f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY {columns} REFERENCES {target} ON UPDATE CASCADE"


class Migration(migrations.Migration):
    """Add the keys; the models' state does not know them."""

    dependencies: ClassVar = [("mentoring_register", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(_add(table, name, columns, target), f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for table, name, columns, target in KEYS
    ]
