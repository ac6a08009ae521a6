"""Posts: who may be responsible. The table of posts, and how several persons in one cell are told apart."""

from __future__ import annotations

import re

from .cleaning import folded

# Posts in the nominative: where one of these begins, a new person begins, even with nothing between.
_OWN = (
    r"директор[ы]?\b|замест(?:ител[ьи])?(?!\w)|зам\b|завучи?\b|завед\w+(?:ий|ая|ие)\b|зав\b|руководител[ьи]\b|"
    r"куратор[ы]?\b|наставник[и]?\b|наставляем(?:ый|ые|ая)\b|педагог(?:и)?(?:\b|-)|психолог[и]?\b|методист[ы]?\b|"
    r"учител[ья]\b|преподавател[ьи]\b|воспитател[ьи]\b|советник[и]?\b|администраци[яи]\b|администратор[ы]?\b|"
    r"координатор[ы]?\b|председател[ьи]\b|секретар[ьи]\b|специалист[ы]?\b|библиотекар[ьи]\b|инженер\b|тьютор[ы]?\b|"
    r"логопед[ы]?\b|дефектолог[и]?\b|вожат(?:ый|ые|ая)\b|бухгалтер\b|делопроизводител[ьи]\b|юрист\b|"
    r"ответственн(?:ый|ые|ая)\b|модератор[ы]?\b|организатор[ы]?\b|эксперт[ы]?\b|начальник[и]?\b|инструктор[ы]?\b|"
    r"волонтер[ы]?\b|работодател[ьи]\b|здувр\b|здвр\b|лаборант\b|мастера?\b|старш(?:ий|ая|ие)\s"
)
# Bodies and groups: named as responsible, but the words occur inside other names, too.
_BODIES = (
    r"групп[аы]\b|рабоч(?:ая|ие)\s+групп|совет[ы]?\b|педсовет\b|методсовет\b|шмо\b|мо\b|рмо\b|гмо\b|"
    r"директора (?:школ|оо|оу|доо|доу|образовательн|учрежд)\w*|"
    r"методический кабинет\b|методкабинет\b|уо\b|имц\b|ммц\b|рмц\b|умц\b|гмц\b|цро\b|цоко\b|цнппм\w*|оргкомитет\b|"
    r"комисси[яи]\b|жюри\b|команд[аы]\b|служб[аы]\b|центр\b|коллектив\b|педколлектив\b|член[ы]?\b|партнер[ы]?\b|"
    r"представител[ьи]\b|родител[ьи]\b|обучающиеся\b|ученик[и]?\b|студент[ы]?\b|участник[и]?\b|выпускник[и]?\b|"
    r"исполнител[ьи]\b|оо\b|школа\b|ректор\b|департамент\b|управлени[ея]\b|отдел\b|все\s|штаб\b|актив\b|"
    r"объединени[ея]\b|образовательн(?:ая|ые)\s+организаци"
)
# Words that belong to the post after them.
_BEFORE = (
    r"(?:социальн\w+|соц|классн\w+|кл|старш\w+|молод\w+|главн\w+|ведущ\w+|школьн\w+|муниципальн\w+|региональн\w+|"
    r"научн\w+|педагогическ\w+|методическ\w+|рабоч\w+|творческ\w+|инициативн\w+|проектн\w+|управленческ\w+|"
    r"экспертн\w+|ответственн\w+|системн\w+|общ\w+|родительск\w+|ученическ\w+|попечительск\w+|внутренн\w+|"
    r"и\.?\s?о|врио|техническ\w+|художественн\w+|музыкальн\w+|назначенн\w+|предметн\w+)\.?\s+"
)
POST = re.compile(rf"(?:{_BEFORE}){{0,2}}(?:{_OWN}|{_BODIES})")
# Of the groups, only those with their full name begin anew inside a text.
OWN_POST = re.compile(
    rf"(?:{_BEFORE}){{0,2}}(?:{_OWN}|(?<=рабочая )группа|(?<=рабочие )группы|"
    rf"педагогический коллектив)"
)
PERSON = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.?)?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+|"
    r"[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вна|вич|чна|ьич)"
)
# A post's name is a few words; this many in a row without a second post are a sentence.
_MOST_WORDS_OF_A_POST = 12
_VERBS = re.compile(
    r"\b(?:провед\w+|составл\w+|разработа\w+|оформл\w+|сформирова\w+|организова\w+|ознакомл\w+|утвержд\w+|"
    r"\w{3,}(?:(?<!те)ли|(?<!чл)ены|аны|яны|ано|ено|ют|ует)\b)"
)


def names_somebody(text: str) -> bool:
    """Tell whether a text begins with a post or a person, and is short enough to be nothing else."""
    if not (POST.match(folded(text)) or PERSON.match(text)):
        return False
    posts = len(POST.findall(folded(text))) + len(PERSON.findall(text))
    words = len(text.split())
    return words <= _MOST_WORDS_OF_A_POST * posts and not _VERBS.search(folded(text))


def starts_post(text: str) -> bool:
    """Tell whether a text begins with a post in the nominative."""
    return POST.match(folded(text)) is not None


def starts_own_post(text: str) -> bool:
    """Tell whether a text begins with a person's post, not with a body that may be part of a longer name."""
    return OWN_POST.match(folded(text)) is not None


def starts_person(text: str) -> bool:
    """Tell whether a text begins with a surname and initials."""
    return PERSON.match(text) is not None
