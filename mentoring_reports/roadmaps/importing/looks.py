"""What a cell looks like by its content alone: a number, a deadline, a post. Quick, and without a period."""

from __future__ import annotations

import re
from functools import lru_cache

from .cleaning import flat, folded
from .posts import names_somebody

_NUMBER = re.compile(r"(?:№\s*)?\d{1,3}(?:\.\d{1,3}){0,4}\s?[.)]?|[IVXLCІХ]{1,6}[.)]?")
_TOKEN = re.compile(r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d+|[^\W\d_]+")
_MOST_CHARACTERS, _MOST_OF_POSTS = 140, 600
_MONTH = (
    r"январ\w*|янв|феврал\w*|фев|март[аеу]?|мар|апрел\w*|апр|ма[йяею]|июн\w*|июл\w*|август\w*|авг|сентябр\w*|сент?|"
    r"октябр\w*|окт|ноябр\w*|нояб?|декабр\w*|дек"
)
_ANCHOR = re.compile(
    rf"(?:{_MONTH}|кв|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?|20\d\d|год[ау]?|квартал\w*|полугоди\w*|четверт\w*|"
    rf"течени[еи]|"
    r"еже\w+|посто\w+|регулярно|систематически|периодически|раз[а]?|график\w*|необходимости|период\w*|недел\w*|"
    r"месяц\w*|каникул\w*|весь|протяжении|весн\w+|зим\w+|осен\w+|лет[оам]\w*|дн[ияей]\w*|план[уаомы]*|"
    r"запросу|согласованию|однократно|дважды|декад\w+|непрерывно|числа|"
    r"понедельник\w*|вторник\w*|средам|четверг\w*|пятниц\w*|суббот\w*|воскресень\w*)"
)
_FILLER = re.compile(
    r"(?:до|с|со|по|от|не|позднее|позже|ранее|в|во|на|и|или|к|за|срок|сроки|всего|всей|го|й|я|ое|ая|ый|г|гг|годов|"
    r"годы|лет|"
    r"учебн\w+|уч|уг|числа|кажд\w+|перв\w+|втор\w+|трет\w+|четвер\w+|последн\w+|после|перед|начал\w+|кон[ец]\w+|"
    r"середин\w+|окончани\w+|один|одного|одну|два|две|три|мере|согласно|соответствии|далее|весь|менее|реже|дата|"
    r"рабочих|i|ii|iii|iv|v|x|ориентировочно|календарн\w+|ежемес\w*|еженед\w*|\d+)"
)
# Words that stand inside such a text, never at its beginning: «Программа на 2023 год» is a document.
_INNER = re.compile(
    r"(?:реализации|программ\w*|пн|действия|проекта|отдельн\w+|утвержденн\w+|индивидуальн\w+|дорожн\w+|карт\w+|"
    r"работ\w*|"
    r"школ\w*|оо|необходимост\w*|ходе|время|этап\w*|течение|дней|поступлени\w*|следующ\w+|отчетн\w+|предыдущ\w+|"
    r"наставничества|проведения|месячн\w+|"
    r"сезон\w*|срока|воспитательн\w+|методическ\w+|учреждени\w+|педсовет\w*)"
)
_LEAST_SHARE = 0.8
_PLAN = re.compile(r"план[уаомы]*")
_BY_PLAN = re.compile(r"(?:по|согласно|соответстви\w+|графи\w+)\b.{0,40}\bплан")
# Relative to another event: whatever the event is called.
_RELATIVE = re.compile(
    r"(?:(?:не (?:позднее|позже|ранее)|в течени[еи]|через|за|спустя|до|после)\b.{0,20}\b(?:дн\w+|дней|недел\w+|"
    r"месяц\w*)\b|"
    r"(?:после|перед|по (?:окончании|завершении|итогам|мере|факту|запросу|графику|отдельному|расписанию))\b)"
)
_MOST_WORDS_OF_RELATIVE = 9
# By another paper, whosever it is: «согласно плану РМК».
_SCHEDULED = re.compile(r"(?:по|согласно|в соответствии с)\s(?:\S+\s){0,2}(?:план|график|расписани)\w*\b")
# A number of something that is no time: «не менее 1 публикации в месяц» is an aim.
# «Неделя наставничества» takes place; it is not when something does.
_EVENT = re.compile(
    r"(?:недел[яи]|декад[аы]|день|дни|месячник|год) "
    r"(?:наставни|педагог|молод|учител|методич|открыт|психолог|професс|наук)"
)
_COUNTED = re.compile(
    r"не (?:менее|более|меньше|больше)(?: чем)? \d+(?:-?х)? (?!раз|дн|рабоч|календар|недел|месяц|"
    r"час)\w"
)


def is_number(text: str) -> bool:
    """Tell whether a cell holds only a number of a row: 1, 1., 7.1.1, IV."""
    return len(text) < 16 and _NUMBER.fullmatch(text.strip()) is not None  # noqa: PLR2004


@lru_cache(maxsize=20_000)
def is_deadline(text: str) -> bool:
    """Tell whether a cell says when, and nothing else: nearly every word of it belongs to dates and periods."""
    if len(text) > 3 * _MOST_CHARACTERS:
        return False
    plain = folded(flat(text))
    if not plain or len(plain) > _MOST_CHARACTERS or is_number(plain):
        return False
    tokens = _TOKEN.findall(plain)
    if _COUNTED.match(plain) or _EVENT.match(plain):
        return False
    if len(tokens) <= _MOST_WORDS_OF_RELATIVE and (_RELATIVE.match(plain) or _SCHEDULED.match(plain)):
        return True
    anchors = sum(_ANCHOR.fullmatch(token) is not None for token in tokens)
    if any(_PLAN.fullmatch(token) for token in tokens) and not _BY_PLAN.search(plain):
        return False
    begins = bool(_ANCHOR.fullmatch(tokens[0]) or _FILLER.fullmatch(tokens[0])) if tokens else False
    known = sum(any(words.fullmatch(token) for words in (_ANCHOR, _FILLER, _INNER)) for token in tokens)
    return begins and anchors > 0 and known >= len(tokens) * _LEAST_SHARE


@lru_cache(maxsize=20_000)
def is_post(text: str) -> bool:
    """Tell whether a cell names posts or persons, and is not a sentence that merely begins with one."""
    return len(text) < _MOST_OF_POSTS and names_somebody(flat(text))


def starts_small(text: str) -> bool:
    """Tell whether a text begins in the middle of a sentence: with a small letter or a closing mark."""
    first = text.lstrip('«"(')[:1]
    return first.islower() or text[:1] in ",;:)»%"


def starts_list_entry(text: str) -> bool:
    """Tell whether a text begins as an entry of a list inside a cell does."""
    return re.match(r"(?:[-–—•▪●·*]\s*|\d{1,2}\)\s*|[а-я]\)\s*)\S", text) is not None
