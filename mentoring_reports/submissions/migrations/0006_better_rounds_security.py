"""Row security and keys of the new shared tables; a revision is whole once its transaction has ended."""

from django.db import migrations

from mentoring_reports import row_security as rs

APP = "mentoring_submissions_"
SUBMISSION_KEY = "id, school_id, round_id, municipality_id"


def statements() -> list[str]:
    table = APP.__add__
    seen, ours = rs.by_school_or_municipality(), rs.by_municipality()
    by_school = f"school_id = {rs.own_id()} AND municipality_id = {rs.own_municipality_id()}"
    return [
        # Who filed a revision is told by the schema that wrote it, not by the code above.
        f"DROP POLICY {table('submission')}_insert ON {table('submission')}",
        f"CREATE POLICY {table('submission')}_insert ON {table('submission')} FOR INSERT WITH CHECK ("
        f"({by_school} AND NOT on_behalf) OR (municipality_id = {rs.own_id()} AND on_behalf) OR {rs.opened()})",
        *rs.protect(table("submittedevidence"), select=seen, insert=rs.written_by_school_or_municipality()),
        *rs.freeze(table("submittedevidence")),
        *rs.protect(table("remark"), select=seen, insert=ours),
        *rs.freeze(table("remark")),
        *rs.protect(table("expectedschool"), select=seen, insert=ours, delete=ours),
        *rs.protect(
            table("peerfigure"), select=rs.seen_by_whole_municipality(), insert=ours, update=ours, delete=ours
        ),
        *(
            f"ALTER TABLE {table(name)} ADD CONSTRAINT {name}_submission_id_is_its_own "
            f"FOREIGN KEY (submission_id, school_id, round_id, municipality_id) "
            f"REFERENCES {table('submission')} ({SUBMISSION_KEY})"
            for name in ("submittedevidence", "remark")
        ),
        f"ALTER TABLE {table('decision')} ADD CONSTRAINT decision_whole_key UNIQUE (id, submission_id)",
        f"ALTER TABLE {table('remark')} ADD CONSTRAINT remark_decision_is_of_its_submission "
        f"FOREIGN KEY (decision_id, submission_id) REFERENCES {table('decision')} (id, submission_id)",
        *(
            f"ALTER TABLE {table(name)} ADD CONSTRAINT {name}_round_is_its_own "
            f"FOREIGN KEY (round_id, municipality_id) REFERENCES {table('round')} (id, municipality_id)"
            for name in ("expectedschool", "peerfigure")
        ),
        *(statement for name in ("submittedvalue", "submittedevidence") for statement in seal(table(name))),
    ]


def seal(name: str) -> list[str]:
    """Return the statements that let rows be added to a revision only by the transaction that wrote it.

    A row of somebody else's open transaction is never seen, so a revision "in progress" is this transaction's own.
    """
    written_now = (
        "pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32) | s.xmin::text::bigint)::text::xid8) "
        "= 'in progress'"
    )
    return [
        f"CREATE FUNCTION {name}_seal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS (SELECT 1 FROM added a JOIN {APP}submission s ON s.id = a.submission_id WHERE NOT ({written_now})) "
        f"THEN RAISE EXCEPTION 'nothing is added to a revision that was handed over' "
        "USING ERRCODE = 'insufficient_privilege'; END IF; RETURN NULL; END $$",
        f"CREATE TRIGGER {name}_sealed AFTER INSERT ON {name} REFERENCING NEW TABLE AS added "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_seal()",
    ]


def apply(apps, schema_editor):
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("mentoring_submissions", "0005_better_rounds")]
    operations = [migrations.RunPython(apply, elidable=False)]
