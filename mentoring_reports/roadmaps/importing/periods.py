"""A plan's period, as its title or the order around it says it: a school year, years, or days from and to."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from .cleaning import flat, folded
from .plans import Period

_DASH = r"\s?[-–—/\\]\s?"
_YEARS = re.compile(rf"\b(20\d\d){_DASH}(20\d\d|\d\d)\b(?![.]\d)(?:\s?(?:-?й|-?м|-?го))?\s?(уч|учебн|гг|год)?")
_YEARS_APART = re.compile(r"\b(20\d\d)\s?(?:г\.?|год)?\s(?:и|по)\s(20\d\d)\s?г")
_SCHOOL_YEAR = re.compile(r"уч\.?\s?(?:ебн\w+)?\s?(?:г\b|год|\.)")
_ONE_YEAR = re.compile(r"\b(20\d\d)(?:\s?-?(?:й|м|го))?\s?(?:г\b|год)|\bна\s(20\d\d)\b")
_DAYS = re.compile(
    r"(?<![\d.])(\d{1,2})[.](\d{1,2})[.](20\d\d|\d\d)\s?(?:г\.?|года)?\s?(?:по|до|[-–—])\s?"
    r"(\d{1,2})[.](\d{1,2})[.](20\d\d|\d\d)(?!\d)"
)
_MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма[йяе]",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
_MONTH = "|".join(f"{name}\\w*" for name in _MONTHS)
_TO = r"\s?(?:г\.?|года)?\s?(?:[-–—]|по|до)\s?"
_MONTH_RANGE = re.compile(rf"({_MONTH})(?:\s(20\d\d))?{_TO}({_MONTH})\s(20\d\d)")
_DAYS_IN_WORDS = re.compile(
    rf"[«\"]?(\d{{1,2}})[»\"]?\s({_MONTH})(?:\s(20\d\d))?{_TO}[«\"]?(\d{{1,2}})[»\"]?\s({_MONTH})\s(20\d\d)"
)
_HALF = re.compile(rf"\b(ii|i|2|1|втор|перв)(?:-?[ео]е)?\s?полугоди\w*\s(20\d\d)(?:{_DASH}(20\d\d|\d\d)\b)?")
_REALISED = re.compile(
    r"(?:срок\w*|период\w*)\s(?:реализации|действия|исполнения|выполнения|внедрения|осуществления|проведения)|"
    r"на период"
)
_DAYS_ALONE = re.compile(r"срок\w* (?:реализации|действия)\W{1,3}(?:с )?[\d.]{6,10} ?(?:по|-|–|—) ?[\d.]{6,11}")
_LAWS = re.compile(r"\bот\s\d{1,2}[. ]|№\s?\w|\bфз\b|распоряжени|постановлени|письм[оа]")
_ANY_YEAR = re.compile(r"(?<!\d)(20[1-4]\d)(?!\d)")
_DATED = re.compile(r"(?<!\d)\d{1,2}\.(\d{1,2})\.(20\d\d|\d\d)(?!\d)")
_LAST_MONTH_OF_SCHOOL_YEAR = 8


def read_period(text: str, source: str) -> Period | None:
    """Return the period that a title or a sentence names, or None."""
    plain = folded(flat(text)).replace("−", "-")
    days = next(filter(None, (rule(plain) for rule in _RULES)), None)
    return Period(days[0], days[1], source) if days and days[0] <= days[1] else None


def period_of_order(texts: Iterable[str]) -> Period | None:
    """Return the first period that the texts around a plan name as the plan's; laws and dates of orders are not."""
    for text in texts:
        plain = folded(flat(text))
        named = _REALISED.search(plain) or re.search(r"\bна\s20\d\d|учебн\w+ год", plain)
        period = read_period(plain[named.start() :], "order") if named else None
        if period and not _LAWS.search(plain[max(0, (named.start() if named else 0) - 20) :][:60]):
            return period
    return None


def period_under_title(texts: Iterable[str]) -> Period | None:
    """Return the days that a line under the title gives, «Срок реализации: с 01.10.2024 по 31.05.2025», or None.

    A title that names a school year does not say these days, so this line is more exact than the title.
    """
    plain = (folded(flat(text)) for text in texts)
    found = next((match for text in plain if (match := _DAYS_ALONE.fullmatch(text))), None)
    return read_period(found[0], "order") if found else None


def period_of_deadlines(texts: Sequence[str]) -> Period | None:
    """Return the school year or the calendar years into which the dates of the deadlines fall."""
    dated = [(_year(year), int(month)) for text in texts for month, year in _DATED.findall(text)]
    years = Counter(int(year) for text in texts for year in _ANY_YEAR.findall(text))
    if dated:
        starts = Counter(year if month > _LAST_MONTH_OF_SCHOOL_YEAR else year - 1 for year, month in dated)
        start = starts.most_common(1)[0][0]
        return Period(dt.date(start, 9, 1), dt.date(start + 1, 8, 31), "deadlines")
    if not years:
        return None
    first, last = min(years), max(years)
    if last - first == 1:
        return Period(dt.date(first, 9, 1), dt.date(last, 8, 31), "deadlines")
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31), "deadlines")


def _from_days(plain: str) -> tuple[dt.date, dt.date] | None:
    match = _DAYS.search(plain)
    if not match:
        return None
    d1, m1, y1, d2, m2, y2 = match.groups()
    return _days((_year(y1), int(m1), int(d1)), (_year(y2), int(m2), int(d2)))


def _from_days_in_words(plain: str) -> tuple[dt.date, dt.date] | None:
    """Read «с «01» сентября 2023 г. по «31» мая 2024 г.»."""
    match = _DAYS_IN_WORDS.search(plain)
    if not match:
        return None
    d1, m1, y1, d2, m2, y2 = match.groups()
    return _days((int(y1 or y2), _month(m1), int(d1)), (int(y2), _month(m2), int(d2)))


def _days(first: tuple[int, int, int], last: tuple[int, int, int]) -> tuple[dt.date, dt.date] | None:
    try:
        return dt.date(*first), dt.date(*last)
    except ValueError:
        return None


def _from_months(plain: str) -> tuple[dt.date, dt.date] | None:
    match = _MONTH_RANGE.search(plain)
    if not match:
        return None
    first, last = _month(match[1]), _month(match[3])
    return dt.date(int(match[2] or match[4]), first, 1), _end_of_month(int(match[4]), last)


def _from_half(plain: str) -> tuple[dt.date, dt.date] | None:
    """Read «I полугодие 2024-2025 учебного года», or the half of a calendar year."""
    match = _HALF.search(plain)
    if not match:
        return None
    year, second = int(match[2]), match[1] in ("ii", "2", "втор")
    if match[3]:
        return (
            (dt.date(year + 1, 1, 1), dt.date(year + 1, 8, 31))
            if second
            else (dt.date(year, 9, 1), dt.date(year, 12, 31))
        )
    return (dt.date(year, 7, 1), dt.date(year, 12, 31)) if second else (dt.date(year, 1, 1), dt.date(year, 6, 30))


def _from_years(plain: str) -> tuple[dt.date, dt.date] | None:
    """Two years in a row with a dash are a school year, unless it says «годы»; more are calendar years."""
    match = _YEARS.search(plain) or _YEARS_APART.search(plain)
    if not match:
        return None
    first = int(match[1])
    last = _year(match[2])
    tail = plain[match.end(2) : match.end(2) + 20]
    if last - first == 1 and not re.match(r"\s?(?:годы|годов|гг)", tail):
        return dt.date(first, 9, 1), dt.date(last, 8, 31)
    if _SCHOOL_YEAR.search(tail):
        return dt.date(first, 9, 1), dt.date(last, 8, 31)
    return (dt.date(first, 1, 1), dt.date(last, 12, 31)) if first < last < first + 11 else None


def _from_one_year(plain: str) -> tuple[dt.date, dt.date] | None:
    match = _ONE_YEAR.search(plain)
    if not match:
        return None
    year = int(match[1] or match[2])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)  # noqa: PLR2004


def _month(name: str) -> int:
    return next(n for n, stem in enumerate(_MONTHS, start=1) if re.match(stem, name))


def _end_of_month(year: int, month: int) -> dt.date:
    return (dt.date(year + month // 12, month % 12 + 1, 1)) - dt.timedelta(days=1)


_RULES = (_from_days, _from_days_in_words, _from_months, _from_half, _from_years, _from_one_year)
