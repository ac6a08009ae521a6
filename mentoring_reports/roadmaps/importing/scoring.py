"""How well a cell's content suits a column: what alignment, joining and guessing all ask."""

from __future__ import annotations

import re
from functools import lru_cache

from .cleaning import flat, folded
from .looks import is_deadline, is_number, is_post

_LONG, _SHORT = 40, 4
_BARE_DATE = re.compile(r"\d{1,2}[.,/]\d{1,2}(?:[.,/]\d{2,4})?(?:\s?г\.?)?|20\d\d")
# The beginning of a deadline whose rest is on the next page, and a rest: «до 10», «17-21»; «ябрь 2022».
_BEGUN = re.compile(
    r"(?:(?:до|с|со|по|к|в|срок|не|позднее|позже)\s)+«?\d{1,2}»?\.?|\d{1,2}\s?[-–—]\s?\d{1,2}|"
    r"до|с|со|в|во|по|не позднее|не позже|в срок до|в течени[еи]|(?:не реже )?(?:1|2|3|один|два|три)? ?раза?(?: в)?"
)
_MOST_OF_REST = 20
# A dash or a tick says nothing about its column.
_SIGN = re.compile(r"[+xхXХvV✓✔☑*•–—-]{1,3}")
_FORBIDDEN = -9.0
# Words that make one free text likelier in its column than in the others.
_TYPICAL = {
    "indicator": re.compile(r"\d|%|не менее|количеств|\bдоля|процент"),
    "participants": re.compile(
        r"^(?:молод|педагог|участник|все |учител|учащ|обучающ|ученик|родител|наставник|наставляем|"
        r"\d+)"
    ),
    "documents": re.compile(
        r"^(?:приказ|положени|справк|протокол|план|отчет|анкет|список|журнал|договор|согласи|"
        r"программ)"
    ),
    "result": re.compile(
        r"^(?:сформир|провед|создан|разработ|составл|определ|заполн|размещ|приказ|протокол|справк|отчет|"
        r"утвержд)|ен[аоы]?\b"
    ),
}
UNSUITABLE = -1.5
# Of a deadline there is no more than a piece: better here than elsewhere, if it stands here.
_BEGINNING, _REST = 1.0, -0.5


@lru_cache(maxsize=60_000)
def suits(cell: str, role: str) -> float:
    """Return how well a cell suits a role: above 2 surely, about 0 perhaps, below -2 surely not."""
    text = flat(cell)
    if not text or _SIGN.fullmatch(text):
        return 0.0
    if role == "-":
        return _FORBIDDEN
    if role == "number":
        return 4.0 if is_number(text) else -4.0
    if role == "deadline":
        return _suits_deadline(text)
    if role == "responsible":
        return _suits_responsible(text)
    return _suits_activity(text) if role in ("activity", "stage") else _suits_text(text, role)


def _suits_deadline(text: str) -> float:
    if is_deadline(text) or _BARE_DATE.fullmatch(text):
        return 4.0
    if is_post(text):
        return -4.0
    if _BEGUN.fullmatch(folded(text)):
        return _BEGINNING
    if len(text) < _MOST_OF_REST and text[:1].islower():
        return _REST
    return -3.5 if len(text) > _LONG or is_number(text) else -1.5


def _suits_responsible(text: str) -> float:
    if is_deadline(text) or is_number(text):
        return -4.0
    if is_post(text):
        return 3.0
    return -2.0 if len(text) > _LONG else -0.5


def _suits_activity(text: str) -> float:
    if is_deadline(text) or is_number(text):
        return -4.0
    if is_post(text):
        return -1.5
    return 2.0 if len(text) > _LONG else 1.0 if len(text) > _SHORT else -0.5


def _suits_text(text: str, role: str) -> float:
    if is_deadline(text):
        return -2.5
    if is_post(text):
        return 0.7 if role == "participants" else -1.5
    if is_number(text):
        return 0.5 if role in ("indicator", "participants", "other") else -1.5
    typical = _TYPICAL.get(role)
    return 1.6 if typical and typical.search(folded(text)) else 0.8
