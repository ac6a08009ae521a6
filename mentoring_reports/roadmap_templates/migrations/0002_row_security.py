"""A municipality writes its own templates; its schools read those that are offered, and nothing of the others."""

from django.db import migrations

from mentoring_reports import row_security as rs

APP = "mentoring_roadmap_templates_"
TEMPLATE, SECTION, ITEM = (APP + name for name in ("roadmaptemplate", "templatesection", "templateitem"))


def statements() -> list[str]:
    # A school is nobody's municipality: a row that named it would be its own, but it is not to be written.
    ours = f"(municipality_id = {rs.own_id()} AND municipality_id = {rs.own_municipality_id()}) OR {rs.opened()}"
    offered = f"({ours}) OR (is_offered AND municipality_id = {rs.own_municipality_id()})"
    # What is under a template is seen with it: the table above answers by its own policy.
    of_seen_template = f"EXISTS (SELECT 1 FROM {TEMPLATE} t WHERE t.id = template_id)"
    of_seen_section = f"EXISTS (SELECT 1 FROM {SECTION} s WHERE s.id = section_id)"
    return [
        *rs.protect(TEMPLATE, select=offered, insert=ours, update=ours, delete=ours),
        *rs.protect(SECTION, select=of_seen_template, insert=ours, update=ours, delete=ours),
        *rs.protect(ITEM, select=of_seen_section, insert=ours, update=ours, delete=ours),
        *whole_key(TEMPLATE, SECTION, "template_id"),
        *whole_key(SECTION, ITEM, "section_id"),
    ]


def whole_key(parent: str, child: str, column: str) -> list[str]:
    """Return the statements that keep a row in the municipality of the row above it."""
    short = child.removeprefix(APP)
    return [
        f"ALTER TABLE {parent} ADD CONSTRAINT {parent.removeprefix(APP)}_whole_key UNIQUE (id, municipality_id)",
        f"ALTER TABLE {child} ADD CONSTRAINT {short}_is_its_own FOREIGN KEY ({column}, municipality_id) "
        f"REFERENCES {parent} (id, municipality_id) DEFERRABLE INITIALLY DEFERRED",
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("mentoring_roadmap_templates", "0001_initial")]
    operations = [migrations.RunPython(apply, elidable=False)]
