"""The columns of a table by the meaning of their headers, whatever the order and the wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .cleaning import flat, folded
from .words import unwrapped

ROLES = (
    "number", "stage", "activity", "deadline", "responsible", "result", "indicator", "participants", "documents",
    "other",
)  # fmt: skip

# The role whose word comes first in a header is meant: «Срок выполнения мероприятия» is a deadline.
_WORDS = {
    "number": r"^(?:№|#|n°|n$|n\s?п|no\b|номер\b|п\s?[/\\.]\s?п|пп$|nn)",
    "other": (
        r"отметк|примечан|мест[оа]\b|форм[аы] (?:провед|работ|организ|контрол|и метод|занят|мероп|меропр|реализ|взаим)|"
        r"\bфакт\w*|статус|ссылк|финанс|ресурс|бюджет|источник|кол\S* час|количество час|\bчас(?:ы|ов)\b|контроль|"
        r"\bцел[ьи]\b(?! групп)|оценк|подпись|выполнено|комментари|метод[ыа]?\b|механизм"
    ),
    "deadline": (
        r"срок|\bдат[аы]\b|период|врем[яе]|когда|месяц|график|календар|четверть|квартал|начало|окончан|^конец\b|"
        r"^завершен"
    ),
    "responsible": r"ответствен|отвествен|исполнител|\bкто\b|организатор|координатор|^куратор\w*$|реализует",
    "indicator": r"показател|индикатор|критери|целев\w+ значен|метрик|единиц\w* измер|эффективност",
    "result": r"результат|итог|эффект\b|продукт|\bвыход|ожидаем\w+$|планируем\w+$|достижени|отдача",
    "participants": (
        r"участник|участн|целев\w+ (?:групп|аудитор)|аудитори|контингент|категори|охват|для кого|адресат|класс\w*$|"
        r"наставляем|с кем"
    ),
    "documents": r"документ|форм\w+ отчет|форм\w+ представ|отчетн|подтвержд|приложени|\bакт(?:ы|ов)?\b|материал",
    "stage": r"этап|раздел|направлени|\bблок|модул|\bзадач|стади|ступен|компонент",
    "activity": (
        r"мероприят|содержан|деятельност|вид\w* (?:работ|деят)|что (?:делат|нужно|сделать)|\bтем[аы]\b|действи|"
        r"\bтематик|\bработ[аыу]?\b|задани|\bшаг|активност|событи|пункт|проект|вопрос|\bмер[ыа]?\b|перечень|процедур|поручени"
    ),
}
_WEAK_ACTIVITY = re.compile(r"наименован|назван|\bплан\b|что\b")
_PATTERNS = {role: re.compile(words) for role, words in _WORDS.items()}
_STAGE_AND_ACTIVITY = re.compile(r"этап\w*\s*(?:,|/|\sи\s|\()\s*(?:мероприят|содержан|работ|вид)")
_MOST_CHARACTERS = 130
# In a long cell only its beginning is a name; the words may occur later in any sentence.
_NAME = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a plan's table: its header as written and what it means; role "other" is kept but not used."""

    header: str
    role: str
    mark: str = ""


@lru_cache(maxsize=10_000)
def role_of(header: str) -> str:
    """Return what a header means, "" where it means nothing known."""
    plain = folded(flat(unwrapped(header)))
    if not plain or len(plain) > _MOST_CHARACTERS:
        return ""
    if _STAGE_AND_ACTIVITY.search(plain):
        return "activity"
    found = {role: match.start() for role, pattern in _PATTERNS.items() if (match := pattern.search(plain[:_NAME]))}
    if found and "responsible" in found and found.keys() <= {"other", "responsible"}:
        return "responsible"  # «Место проведения, ответственный» has no other place for the person
    if found:
        return min(found, key=lambda role: found[role])
    return "activity" if _WEAK_ACTIVITY.search(plain[:_NAME]) else ""


def columns_of(headers: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of a header row; a table without activities has them under its stages."""
    columns = [Column(flat(unwrapped(header)), role_of(header) or "other") for header in headers]
    roles = [column.role for column in columns]
    if "activity" not in roles:
        columns = _activity_found(columns)
    return tuple(columns)


def _activity_found(columns: list[Column]) -> list[Column]:
    """Take the column that most likely holds the activities for them: stages, else the first without a meaning."""
    for role in ("stage", "other", "documents", "result"):
        for place, column in enumerate(columns):
            if column.role == role and (column.header or role == "other"):
                return [*columns[:place], Column(column.header, "activity"), *columns[place + 1 :]]
    return columns


def place_of(columns: Sequence[Column], role: str) -> int | None:
    """Return the first column of a role, or None."""
    return next((place for place, column in enumerate(columns) if column.role == role), None)
