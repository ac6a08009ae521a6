"""The deadline of an activity: from its cells, from signs under months, or from the section that it stands in."""

from __future__ import annotations

import re

from mentoring_reports.roadmaps.deadlines import Deadline, read_deadline

from .cleaning import flat, folded
from .looks import is_deadline
from .plans import Period
from .records import Record

_SIGN = re.compile(r"[+xхvу✓✔☑*●•-]{1,3}|да", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{3,60})\)")
_START, _END = re.compile(r"начал"), re.compile(r"окончан|конец|конечн|заверш")


def deadline_text(record: Record) -> str:
    """Return the text of all the deadline columns together."""
    found = record.texts("deadline")
    by_name = {key: cell for column, cell in found for key in _ends(column.header)}
    if len(found) == 2 and len(by_name) == 2:  # noqa: PLR2004
        return flat(f"с {by_name['start']} по {by_name['end']}")
    texts = [column.mark if column.mark and _SIGN.fullmatch(cell.strip()) else cell for column, cell in found]
    return flat((", " if any(column.mark for column, _ in found) else " ").join(texts))


def _ends(header: str) -> list[str]:
    plain = folded(header)
    return ["end"] if _END.search(plain) else ["start"] if _START.search(plain) else []


def deadline_of(record: Record, section: str, period: Period) -> tuple[Deadline, tuple[str, ...]]:
    """Return the deadline and the warnings about it; one of the section's is taken where there is no own."""
    text, more = deadline_text(record), []
    if record.date_held:
        more.append("deadline_from_section")
    if not text:
        text = deadline_in_title(section)
        more.append("deadline_from_section" if text else "no_deadline")
    deadline = read_deadline(text, period.days)
    known = [str(warning) for warning in deadline.warnings] if text else []
    return deadline, tuple(dict.fromkeys([*more, *known]))


def deadline_in_title(title: str) -> str:
    """Return the deadline that a section's title is, or holds in brackets; "" without one."""
    if is_deadline(title):
        return title
    return next((part for part in _IN_BRACKETS.findall(title) if is_deadline(part)), "")
