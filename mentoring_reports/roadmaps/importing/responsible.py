"""Several responsible persons in one cell: told apart by separators where these part posts, and by posts."""

from __future__ import annotations

import re

from .cleaning import flat, folded
from .posts import OWN_POST, PERSON, starts_own_post, starts_person, starts_post

_SEPARATOR = re.compile(r"(\sи\s|[;\n•▪●]|,|/|\s\+\s)")
_CERTAIN = ";•▪●"
_HANGING = re.compile(r"(?:\b(?:по|за|и|с|в|на|для|при|от)|[-–—(])$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ые|ие|их|ых|ного|ого|ему|ому)$")
# Posts that end as adjectives do; «старший», «социальный» wait for the word after them.
_WHOLE = re.compile(r"(?:заведующ|вожат|наставляем)\w+$")
_BROKEN = re.compile(
    r"\b((?!заведующ|вожат|наставляем|ответственн)[^\W\d_]+(?:ый|ий|ой|ая|яя|ые|ие))\n(?=[^\W\d_])", re.IGNORECASE
)
_PLURAL = re.compile(r"[^\W\d_]+[еиыя]\b")
# «Зав. практикой»: an instrumental that ends as an adjective does.
_HEADED = re.compile(r"(?:зав\.?|заведующ\w+|управляющ\w+)\s?[^\W\d_]+ой$")
_HEAD = re.compile(r"(?:заведующ|вожат)\w+$")
_DESCRIBED = re.compile(r"(?:[^\W\d_]+(?:ый|ий|ой|ая|яя|ые|ие)\s){1,2}")
# «Руководители» on one line, «ШМО» on the next.
_OF_BODIES = re.compile(
    r"(?:руководител[ьи]|член[ы]?|педагоги?|директор[а]?|специалист[ы]?|администраци[ия]|куратор[ы]?|методист[ы]?)$"
)
_ABBREVIATION = re.compile(r"[А-ЯЁA-Z]{2,5}\.?(?:$|\s\()")
# «педагог наставник», «учитель методист»: one person with two words for the post.
_PAIRS = re.compile(
    r"(?:^|[,;] ?)(?:педагог|педагоги|учитель|учителя|студент|студенты|ученик|работодатель)"
    r" (?:наставник|наставляем|методист|психолог|организатор|библиотекарь|куратор|дефектолог|логопед)\w*$"
)
_FIRST_WORD = re.compile(r"\w+")
# Of the posts in small letters, those that hardly ever stand inside another's name.
_SMALL_STARTS = re.compile(
    r"(?:социальн\w+ педагог|классн\w+ руководител|рабоч\w+ групп|педагог-|замест|зам\.|директор\b|куратор[ы]?\b|"
    r"руководител[ьи]\b|наставник[и]?\b|наставляем(?:ые|ый)\b|методист[ы]?\b|психолог\b|советник\b|педагоги\b|"
    r"администрация\b|координатор\b|тьютор[ы]?\b|учител[ья]\b)"
)


def split_responsible(text: str) -> tuple[str, ...]:
    """Return the persons and posts that a cell names, in order, each once."""
    parted = [piece for part in _parted(text) for piece in _apart(part)]
    named = [piece.strip(" ,;/–—-•+") for piece in parted]
    return tuple(dict.fromkeys(flat(piece) for piece in named if piece))


def _parted(text: str) -> list[str]:
    """Split at separators, and put back together what is one name."""
    pieces = _SEPARATOR.split(_hidden(text))
    parts = [pieces[0]]
    for separator, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if _parts(separator, parts[-1], piece):
            parts.append(piece)
        else:
            parts[-1] += separator.replace("\n", " ") + piece
    return [part.translate(_SHOWN) for part in parts]


_SHOWN = {0xE000: ",", 0xE001: ";", 0xE002: "/", 0xE003: "\n"}


def _hidden(text: str) -> str:
    """Hide the separators inside brackets, and the line breaks after «муниципальные»: they part nothing."""
    text = _BROKEN.sub(r"\1 ", text)
    hidden = str.maketrans({",": "\ue000", ";": "\ue001", "/": "\ue002", "\n": "\ue003"})
    return re.sub(r"\([^()]*\)", lambda match: match[0].translate(hidden), text)


def _parts(separator: str, before: str, after: str) -> bool:
    """Tell whether a separator stands between two persons, not inside one's name."""
    piece = after.lstrip(" -–—•▪●*")
    if not before.strip():
        return False
    if separator in _CERTAIN or not piece:
        return True
    if _HANGING.search(before.rstrip()):
        return False
    if separator == "\n":
        return _parts_lines(before, piece)
    if separator == "," and _is_only_person(before) and starts_own_post(piece) and not _PLURAL.match(piece):
        return piece[:1].isupper()  # «Иванова И.И., директор» is one
    return _parts_words(separator, piece)


def _parts_lines(before: str, piece: str) -> bool:
    """Tell whether a new line begins a new person: a name goes with the post above it."""
    plain = folded(before.rstrip())
    if (_ADJECTIVE.search(plain) and not _WHOLE.search(plain)) or _is_pair(before.rstrip(), folded(piece)):
        return False
    if _ABBREVIATION.fullmatch(piece) and _OF_BODIES.search(plain):
        return False
    if starts_person(piece):
        return starts_person(before.strip()) or PERSON.search(before) is not None
    return starts_post(piece) or (piece[:1].isupper() and not _ABBREVIATION.match(piece))


def _parts_words(separator: str, piece: str) -> bool:
    if starts_post(piece) or starts_person(piece) or _is_described_post(piece):
        return True
    return separator == "," and piece[:1].isupper() and not _ABBREVIATION.match(piece)


def _is_described_post(piece: str) -> bool:
    """Tell whether a text is a post after words that say which: «приглашённые эксперты»."""
    described = _DESCRIBED.match(piece)
    return described is not None and starts_post(piece[described.end() :])


def _apart(part: str) -> list[str]:
    """Split where a new post begins with nothing between: «Руководитель ОО Куратор внедрения ПН»."""
    starts = [0]
    plain = folded(part)
    for match in OWN_POST.finditer(plain):
        if match.start() > starts[-1] and _begins_person(part, plain, match.start(), starts[-1]):
            starts.append(match.start())
    return [part[start:end] for start, end in zip(starts, [*starts[1:], len(part)], strict=True)]


def _begins_person(part: str, plain: str, at: int, start: int) -> bool:
    """Tell whether the post at a place is another person's than the text since `start`."""
    before = part[start:at].rstrip()
    if at and (plain[at - 1].isalnum() or plain[at - 1] in '-–(«."'):
        return False
    last = folded(before).rpartition(" ")[2]
    described = _ADJECTIVE.search(last) and not _HEAD.match(last) and not _HEADED.search(folded(before))
    if not before or _HANGING.search(before) or described or _is_pair(before, plain[at:]):
        return False
    if before.count("(") > before.count(")") or _is_only_person(before):
        return False
    if part[at].isupper():
        return True
    return _SMALL_STARTS.match(plain, at) is not None and starts_own_post(part[at:]) and starts_post(before.lstrip())


def _is_pair(before: str, after: str) -> bool:
    """Tell whether the word before and the post after name one person together."""
    word = _FIRST_WORD.match(after)
    hyphened = word is not None and after[word.end() : word.end() + 1] == "-"
    return not hyphened and _PAIRS.search(f"{folded(before)} {word[0] if word else ''}") is not None


def _is_only_person(before: str) -> bool:
    """Tell whether a text is a person without a post: the post after it is the person's own."""
    return PERSON.fullmatch(before.strip(" ,–—-")) is not None
