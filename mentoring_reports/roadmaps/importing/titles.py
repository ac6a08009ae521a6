"""The title of a plan: which of the lines before its table name it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mentoring_reports.roadmaps.readers.document import Row

from .cleaning import flat, folded
from .skipping import reason

_KIND = (
    r"дорожн\w+ карт\w*|план(?:-|\b)|план-график|комплекс мер\w*|(?:календарн\w+|годов\w+|перспективн\w+|учебн\w+|"
    r"комплексн\w+|индивидуальн\w+|примерн\w+|типов\w+|муниципальн\w+|рабоч\w+|тематическ\w+|"
    r"сетев\w+)(?:[ -]\w+)? план\b|"
    r"циклограмма|график\b|перечень мероприятий|мероприятия\b.*(?:на 20|дорожн)|(?:примерн\w+|"
    r"типов\w+) дорожн\w+ карт\w*|"
    r"персонализированн\w+ программ\w*|программа (?:наставнич|мероприят|работ)\w*"
)
_TITLE = re.compile(rf"\W*(?:(?:приложение|раздел)?\s?№?\s?(?:\d*|[ivx]{{1,5}})[.:]?\s*)(?:{_KIND})")
_GOES_ON = re.compile(
    r"(?:[«(]|муниципальн|мбоу|моу|маоу|мкоу|мобу|гбоу|мбу|муп|гимнази|лице[йя]|школ|средн|основн|общеобразоват|"
    r"целев\w+ модел|"
    r"наставничеств|20\d\d)"
)
# Words after which a title is not at its end: «по реализации», «о внедрении».
_OPEN = re.compile(
    r"(?:\b(?:по|о|об|в|на|для|и|с)|реализации|внедрени[июя]|развити[юя]|применени[июя]|организации|системы|"
    r"модели)$"
)
_BESIDE = re.compile(
    r"(?:цел[ьи]|задач|основн\w+ (?:задач|цел)|куратор|сроки?\b|период|список|приложени|разработчик|"
    r"составител)"
)
_MOST_ROWS_BEFORE, _MOST_LINES, _MOST_CHARACTERS = 60, 7, 260


def is_title(text: str) -> bool:
    """Tell whether a line names a plan."""
    plain = folded(flat(text))
    if text[:1].islower():
        return False
    return len(plain) < _MOST_CHARACTERS and _TITLE.match(plain) is not None and not plain.endswith((";", ":"))


def title_before(rows: Sequence[Row], after: int, header: int) -> tuple[int, int] | None:
    """Return the places (first, after the last) of the title nearest above a header, or None."""
    for place in range(header - 1, max(after, header - _MOST_ROWS_BEFORE) - 1, -1):
        if is_single(rows[place]) and is_title(rows[place].text) and not reason([rows[place].text], in_table=False):
            start = _begun(rows, after, place)
            return start, _end(rows, place, header)
    return None


def any_line_before(rows: Sequence[Row], after: int, header: int) -> tuple[int, int] | None:
    """Return the nearest line above a header that may be a title for want of a better one."""
    for place in range(header - 1, max(after, header - 4) - 1, -1):
        text = flat(rows[place].text)
        short = len(text) < _MOST_CHARACTERS and not text.endswith((".", ";", ":", ","))
        if is_single(rows[place]) and short and not reason([text], in_table=False):
            start = place
            while start > after and text[:1].islower() and is_single(rows[start - 1]):
                start, text = start - 1, rows[start - 1].text
            return start, place + 1
    return None


def is_single(row: Row) -> bool:
    """Tell whether a row holds a single text: a line, or a row of a sheet with one cell filled."""
    return len({cell for cell in row.cells if cell}) == 1


def _begun(rows: Sequence[Row], after: int, place: int) -> int:
    """Return where the title begins: «ПЛАН» may stand on the line above «мероприятий»."""
    text = rows[place].text
    while place > after and text[:1].islower() and is_single(rows[place - 1]) and _is_next(rows, place):
        place, text = place - 1, rows[place - 1].text
    above = rows[place - 1] if place > after else None
    if above and is_single(above) and is_title(above.text) and _is_next(rows, place):
        return place - 1
    return place


def _end(rows: Sequence[Row], place: int, header: int) -> int:
    end = place + 1
    while end < min(header, place + _MOST_LINES) and _is_next(rows, end) and _goes_on(rows[end - 1], rows[end]):
        end += 1
    return end


def _is_next(rows: Sequence[Row], place: int) -> bool:
    """Tell whether no empty line stands above a row."""
    return rows[place].first - rows[place - 1].last <= 1


def _goes_on(upper: Row, lower: Row) -> bool:
    """Tell whether a line goes on with the title above it."""
    text = flat(lower.text)
    plain = folded(text)
    if not is_single(lower) or len(text) > _MOST_CHARACTERS or _BESIDE.match(plain) or text.endswith((":", ";")):
        return False
    small = text[:1].islower() or text.isupper()
    open_end = upper.text.endswith(("«", "-", "–", ",")) or _OPEN.search(folded(upper.text)) is not None
    return small or open_end or _GOES_ON.match(plain) is not None
