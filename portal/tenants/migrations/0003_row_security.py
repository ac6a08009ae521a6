"""Who exists is known to all; it is written in `public`, or by the municipality whose territory it is."""

from django.db import migrations

from mentoring_reports import row_security as rs

IN_PUBLIC = "current_schema() = 'public'"
EVERYBODY = "true"


def statements() -> list[str]:
    result = []
    for table in ("organisation", "domain", "schematemplate"):
        name = f"tenants_{table}"
        result += rs.protect(name, select=EVERYBODY, insert=IN_PUBLIC, update=IN_PUBLIC, delete=IN_PUBLIC)
    ours = f"{IN_PUBLIC} OR municipality_id = {rs.own_id()}"
    result += rs.protect("tenants_territory", select=EVERYBODY, insert=ours, update=ours, delete=ours)
    kept = (
        f"{IN_PUBLIC} OR EXISTS (SELECT 1 FROM tenants_organisation o "
        "WHERE o.schema_name = current_schema() AND o.kind = 'municipality')"
    )
    return result + rs.protect("tenants_organisationtype", select=EVERYBODY, insert=kept, update=kept, delete=kept)


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_btree_gist")]
    operations = [migrations.RunPython(apply, elidable=False)]
