"""Accepted revisions with all their figures, one at a time, each held against its seal. Schema `public`.

Rows come through a server-side cursor: however many there are, a few thousand are in memory.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from .handover import Evidence, checksum
from .models import AcceptedFigure, Decision, Participation, Submission, SubmittedEvidence
from .verification import is_intact

if TYPE_CHECKING:
    from .models import Round

AT_ONCE = 500
NOT_A_NUMBER = "NaN"
# Values travel as the JSON that the seal is made of: codes in order, four places, null where missing.
SQL = f"""
SELECT s.id, s.round_id, s.school_id, s.form_id, s.school_name, s.school_type, s.territory, s.revision, s.checksum,
       p.accepted_at, s.on_behalf, s.behalf_reason,
       (SELECT string_agg('"' || a.element_code || '":' || coalesce('"' || a.value::text || '"', 'null'), ','
               ORDER BY a.element_code COLLATE "C")
          FROM {AcceptedFigure._meta.db_table} a WHERE a.submission_id = s.id),
       (SELECT json_agg(json_build_array(e.element_code, e.title, e.url) ORDER BY e.id)
          FROM {SubmittedEvidence._meta.db_table} e WHERE e.submission_id = s.id),
       (SELECT d.author_name FROM {Decision._meta.db_table} d
         WHERE d.submission_id = s.id AND d.kind = 'accept' ORDER BY d.id DESC LIMIT 1)
  FROM {Participation._meta.db_table} p
  JOIN {Submission._meta.db_table} s ON s.id = p.accepted_id AND s.round_id = p.round_id
 WHERE p.round_id = ANY(%s)
 ORDER BY array_position(%s, s.round_id), s.school_id
"""  # noqa: S608  (names of our own tables)


class AcceptedRevision(NamedTuple):
    """A revision that counts, as it was handed over; names are those frozen in it."""

    submission_id: int
    round_id: int
    school_id: int
    form_id: int
    school: str
    type: str
    territory: str
    revision: int
    checksum: str
    accepted_at: dt.datetime | None
    on_behalf: bool
    behalf_reason: str
    values_text: str
    evidence: list[list[str]]
    accepted_by: str

    @property
    def values(self) -> dict[str, str | None]:
        """Return the current figures by data element, as decimal texts; None where one is missing."""
        return json.loads(f"{{{self.values_text}}}")

    def damage(self, round_: Round) -> str:
        """Say why these figures cannot be relied on; nothing where they are what the school handed over."""
        if NOT_A_NUMBER in self.values_text:
            return _("a value of revision %(revision)d is not a number") % {"revision": self.revision}
        if self._seal(round_) == self.checksum:
            return ""
        return self._found_damage()

    def _found_damage(self) -> str:
        """Compute the seal as it was computed when the revision was handed over: slower, and with a reason."""
        submission = Submission.objects.select_related("round", "form").get(pk=self.submission_id)
        values = {code: None if text is None else Decimal(text) for code, text in self.values.items()}
        links = [Evidence(title, url, code) for code, title, url in self.evidence]
        if checksum(submission, values, links) == self.checksum:
            return ""
        if is_intact(submission):
            return _("the current figures are not those of revision %(revision)d") % {"revision": self.revision}
        return _("revision %(revision)d is not what its checksum says") % {"revision": self.revision}

    def _seal(self, round_: Round) -> str:
        """Return the checksum of `handover.sealed_text`, whose last part has come from the database ready-made."""
        sealed: dict[str, Any] = {"evidence": self.evidence} if self.evidence else {}
        sealed["form"] = [round_.form.code, round_.form.version]
        if self.on_behalf:
            sealed["on_behalf"] = self.behalf_reason
        sealed |= {
            "revision": self.revision,
            "round": round_.code,
            "school": [self.school, self.type, self.territory],
        }
        head = json.dumps(sealed, ensure_ascii=False, separators=(",", ":"))[:-1]
        return hashlib.sha256(f'{head},"values":{{{self.values_text}}}}}'.encode("utf-8", "replace")).hexdigest()


def accepted_revisions(rounds: Sequence[Round]) -> Iterator[AcceptedRevision]:
    """Yield what counts in these rounds, in their order, then by school. One statement."""
    ids = [round_.pk for round_ in rounds]
    with connection.chunked_cursor() as cursor:
        cursor.execute(SQL, [ids, ids])
        while rows := cursor.fetchmany(AT_ONCE):
            yield from map(_revision, rows)


def _revision(row: tuple[Any, ...]) -> AcceptedRevision:
    *known, values, evidence, accepted_by = row
    return AcceptedRevision._make((*known, values or "", evidence or [], accepted_by or ""))
