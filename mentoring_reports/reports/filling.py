"""What a school entered, wherever it comes from: a saved draft or a form just posted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentoring_reports.submissions.actions import Evidence

    from .basis import Basis
    from .models import Draft

Entered = Decimal | str | None  # a number, text that is none, or nothing


@dataclass(frozen=True)
class Filling:
    """Entered numbers over counts. `values` holds every element of the form; missing is None, never 0."""

    values: Mapping[str, Decimal | None]
    unread: Mapping[str, str] = field(default_factory=dict)
    overruled: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    carried: frozenset[str] = frozenset()

    @classmethod
    def over(  # noqa: PLR0913 - the parts of a filling, by name
        cls,
        basis: Basis,
        entered: Mapping[str, Entered],
        *,
        reasons: Mapping[str, str],
        explanations: Mapping[str, str],
        note: str = "",
        carried: Iterable[str] = (),
    ) -> Filling:
        """Lay what was entered over the counts: a counted element that is not in `entered` keeps its count."""
        values: dict[str, Decimal | None] = {}
        for element in basis.elements:
            given = entered.get(element.code, basis.counts.get(element.code))
            values[element.code] = None if isinstance(given, str) else given
        unread = {code: text for code, text in entered.items() if isinstance(text, str) and code in values}
        overruled = frozenset(
            code
            for code, count in basis.counts.items()
            if code in entered and (code in unread or values[code] != count)
        )
        return cls(values, unread, overruled, reasons, explanations, note, frozenset(carried))

    @classmethod
    def of_draft(cls, basis: Basis, draft: Draft | None) -> Filling:
        """Return what the draft holds; without one, the counts alone."""
        if draft is None:
            return cls.over(basis, {}, reasons={}, explanations={})
        rows = list(draft.values.all())
        return cls.over(
            basis,
            {row.element_code: row.entered for row in rows if row.overruled or row.element_code not in basis.counts},
            reasons={row.element_code: row.reason for row in rows if row.reason},
            explanations={row.key: row.text for row in draft.explanations.all()},
            note=draft.note,
            carried=[row.element_code for row in rows if row.carried],
        )

    def fingerprint(self, evidence: Sequence[Evidence] = ()) -> str:
        """Return a short name of exactly this content and its evidence: what a confirmation refers to."""
        content = [
            {code: None if value is None else str(value.normalize()) for code, value in self.values.items()},
            dict(self.reasons),
            dict(self.explanations),
            self.note,
            [[link.element_code, link.title, link.url] for link in evidence],
        ]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
