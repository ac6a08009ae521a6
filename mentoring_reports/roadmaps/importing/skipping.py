"""Rows that are no part of a plan, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .cleaning import flat, folded
from .looks import is_number, is_post
from .posts import PERSON

# Codes of the reasons; the words for people are with the screens that show them.
REASONS = (
    "header", "repeated_header", "title", "numbering_row", "separator", "page_number", "table_continued", "signature",
    "contents", "passport", "appendix", "order", "list", "text_around", "other_table", "empty_row", "empty_section",
    "column_not_used", "remark",
)  # fmt: skip
_SEPARATOR = re.compile(r"[\W_]+")
_PAGE = re.compile(r"[-–—]?\s?\d{1,3}\s?[-–—]?|(?:стр(?:аница)?|с|лист)\.?\s?\d+(?:\sиз\s\d+)?|\d+\sиз\s\d+")
_CONTINUED = re.compile(r"(?:продолжение|окончание)\s(?:таблиц|приложени|дорожн|плана)")
_SIGNED = re.compile(
    r"(?:согласован[оа]?|утвержда[юе]\w*|утвержден[оа]?|рассмотрен[оа]?|принят[оа]?|с приказом|ознакомлен[аыо]?|"
    r"м\.\s?п\.|подпись|дата(?:\s|:)*_|«?_+»?|протокол (?:от|№)|исп\.|исполнитель:)(?!\w)"
)
_LINE_TO_SIGN = re.compile(r"_{3,}|/\s?_+\s?/")
_HEAD_OF_SCHOOL = re.compile(r"(?:и\.?\s?о\.?\s)?(?:директор|заведующ|руководитель|начальник|председатель)\w*")
_APPENDIX = re.compile(r"приложени[ея]\s?(?:№|n|к\b|\d|$)|к приказу\b|от «?_*\d*»?.{0,20}№\s?\S*$")
_CONTENTS = re.compile(r"(?:содержание|оглавление)\W*$|.{3,}(?:\.{4,}|…{2,}|(?:\. ){4,})\s?\d{0,3}$")
_ORDER = re.compile(
    r"(?:приказ(?:ываю)?|распоряжение|постановление|положение)\W*$|приказываю|в (?:целях|соответствии)|на основании|"
    r"контроль за (?:исполнением|выполнением)|(?:утвердить|назначить|возложить|разместить)\s|уважаем"
)
_PASSPORT = re.compile(
    r"(?:полное )?наименование (?:программы|организации|оу|оо)|разработчик|автор\w* программы|"
    r"цел[ьи](?: и задачи)?(?: программы)?$|"
    r"задачи(?: программы)?$|сроки? реализации|ожидаемые (?:конечные )?результаты|исполнител[ьи]|основани[ея] для|"
    r"нормативно|источник\w* финансирования|паспорт|заказчик|этапы реализации|формы наставничества|куратор программы|"
    r"целевая (?:группа|аудитория)|участники программы|название программы|тип программы|актуальность|контактн|"
    r"адрес|телефон"
)
_FOREIGN = re.compile(
    r"ф\.?\s?и\.?\s?о\b|фамилия|должност|стаж|предмет|телефон|дата рождения|подпись|квалификац|образование|наставник|"
    r"наставляем|класс$|пара|почт|адрес|образовательн\w+ организаци|№|n$|примечан|группа|возраст|категория$"
)


def reason(cells: Sequence[str], *, in_table: bool) -> str:
    """Return why a row is surely no part of a plan, "" where it may be one."""
    text = folded(flat(" ".join(cells)))
    if _SEPARATOR.fullmatch(text):
        return "signature" if "____" in text else "separator"
    if is_numbering(cells):
        return "numbering_row"
    if re.fullmatch(r"\d{1,3}\.?", text) and in_table:
        return "empty_row"
    if _CONTINUED.match(text):
        return "table_continued"
    if _is_signature(cells, text):
        return "signature"
    return "" if in_table else _reason_of_line(text)


def _reason_of_line(text: str) -> str:
    """Return the reason for a line outside of tables."""
    if _PAGE.fullmatch(text):
        return "page_number"
    if _APPENDIX.match(text):
        return "appendix"
    if _CONTENTS.match(text):
        return "contents"
    return "order" if _ORDER.match(text) else ""


def is_numbering(cells: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: 1 2 3 4 5."""
    filled = [cell.strip().rstrip(".") for cell in cells if cell.strip()]
    return len(filled) > 2 and filled == [str(n) for n in range(1, len(filled) + 1)]  # noqa: PLR2004


def _is_signature(cells: Sequence[str], text: str) -> bool:
    filled = sum(bool(cell.strip()) for cell in cells)
    if _SIGNED.match(text) and filled < 4 and len(text) < 200 and not _is_deed(text):  # noqa: PLR2004
        return True
    named = _HEAD_OF_SCHOOL.match(text) is not None
    if _LINE_TO_SIGN.search(text) and (named or filled < 3) and len(text) < 200:  # noqa: PLR2004
        return True
    if _is_post_and_person(cells):
        return True
    signed = PERSON.search(flat(" ".join(cells))) is not None
    return named and signed and len(text) < 100 and filled == 1  # noqa: PLR2004


def _is_post_and_person(cells: Sequence[str]) -> bool:
    """Tell whether a row holds a post and, in another cell, a name, and nothing else."""
    filled = [flat(cell) for cell in cells if cell.strip()]
    return len(filled) == 2 and is_post(filled[0]) and PERSON.fullmatch(filled[1]) is not None  # noqa: PLR2004


def _is_deed(text: str) -> bool:
    """Tell whether a text that begins like an approval says what is to be done: «Утверждение …» is an activity."""
    return is_number(text[:4]) or re.match(r"(?:утвержд|согласов|рассмотр)ени|принятие", text) is not None


def is_passport_label(cell: str) -> bool:
    """Tell whether a cell is a label of a programme's passport."""
    return len(cell) < 90 and _PASSPORT.match(folded(flat(cell))) is not None  # noqa: PLR2004


def is_foreign_header(cells: Sequence[str]) -> bool:
    """Tell whether a row is the header of a table of something else: persons, pairs, contacts."""
    named = [folded(flat(cell)) for cell in cells if cell.strip()]
    foreign = sum(bool(_FOREIGN.match(name)) and len(name) < 60 for name in named)  # noqa: PLR2004
    persons = any(re.match(r"ф\.?\s?и\.?\s?о|фамилия|должност|стаж", name) for name in named)
    return len(named) > 1 and persons and foreign >= len(named) * 0.6
