"""Texts of notices: placeholders are replaced as plain text, and every built-in text can be filled."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.notices.due import Notice
from mentoring_reports.notices.enums import DECISIONS, OVERVIEW, REMINDERS, NoticeKind
from mentoring_reports.notices.example import example
from mentoring_reports.notices.placeholders import NAMES, fill, unknown, values_of
from mentoring_reports.notices.texts import BUILT_IN, Texts, built_in

LANGUAGES = [code for code, _name in settings.LANGUAGES] + ["en"]


def test_every_kind_has_a_text_and_belongs_to_one_group():
    assert set(BUILT_IN) == set(NoticeKind) == REMINDERS | DECISIONS | OVERVIEW
    assert not (REMINDERS & DECISIONS or DECISIONS & OVERVIEW or REMINDERS & OVERVIEW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NoticeKind)
def test_the_built_in_text_is_filled_whole_in_every_language(kind, language):
    text = built_in(kind, language)

    with translation.override(language):
        strange = unknown(text.subject + text.body, kind)
        filled = fill(text.subject, values_of(example(kind), "Школа")) + fill(
            text.body, values_of(example(kind), "Школа")
        )

    assert strange == []
    assert "{" not in filled


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_placeholders_differ(language):
    with translation.override(language):
        assert len({str(name) for name in NAMES.values()}) == len(NAMES)


def test_a_line_that_names_only_empty_placeholders_is_left_out():
    text = "Принято.\nЗамечание: {reason}\nРедакция {revision}"

    assert fill(text, {"reason": "", "revision": "2"}) == "Принято.\nРедакция 2"


def test_days_come_with_their_word():
    notice = Notice(NoticeKind.BEFORE, "k", dt.date(2026, 6, 1), 1, "Сбор", days=2)

    with translation.override("en"):
        assert values_of(notice, "Школа")["days"] == "2 days"


def test_unknown_placeholders_are_named_as_written():
    assert unknown("{round} {nobody} {reason}", NoticeKind.OPENS) == ["{nobody}", "{reason}"]


@given(st.text(alphabet="abя{}%()<>&\\ \n", min_size=1))
def test_a_value_stays_as_it_is_and_is_never_filled_again(reason):
    values = dict.fromkeys(NAMES, "x") | {"reason": f"[{reason}]"}

    assert fill("{reason}", values) == re.sub(r"\n{3,}", "\n\n", f"[{reason}]")


def test_an_own_text_replaces_only_what_it_says():
    from mentoring_reports.notices.models import NoticeTemplate

    texts = Texts([NoticeTemplate(kind=NoticeKind.OPENS, language="ru", subject="Своё", body="", enabled=False)])

    own, other = texts.of(NoticeKind.OPENS, "ru"), texts.of(NoticeKind.OPENS, "en")
    assert (own.subject, own.body, own.enabled) == ("Своё", built_in(NoticeKind.OPENS, "ru").body, False)
    assert other == built_in(NoticeKind.OPENS, "en")
