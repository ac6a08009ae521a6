"""Every kind of page answers: empty, filled, unpublished."""

from __future__ import annotations

import pytest
from django_tenants.utils import tenant_context
from wagtail.models import Page

from schools.models import HomePage, MentoringPage, NewsIndexPage, SchoolAppearance, StandardPage
from tests.factories import client_at
from tests.schools import building


def published_urls() -> list[str]:
    return [page.get_url() for page in Page.objects.live().filter(depth__gt=1).order_by("path")]


def get(school, path: str):
    return client_at(school).get(path)


def test_every_page_of_a_new_school_answers(alpha):
    with tenant_context(alpha):
        urls = published_urls()

    statuses = {url: get(alpha, url).status_code for url in urls}

    assert len(urls) == 7
    assert set(statuses.values()) == {200}


def test_every_page_of_a_filled_school_answers(alpha):
    with tenant_context(alpha):
        building.fill_site()
        urls = published_urls()

    statuses = {url: get(alpha, url).status_code for url in urls}

    assert len(urls) == 9
    assert set(statuses.values()) == {200}


def test_an_empty_page_says_so_instead_of_showing_nothing(alpha):
    for path in (
        "/nastavnichestvo/programma/",
        "/nastavnichestvo/dorozhnaya-karta/",
        "/nastavnichestvo/dokumenty/",
        "/nastavnichestvo/praktiki/",
        "/novosti/",
    ):
        assert 'class="empty"' in get(alpha, path).text, path


def test_all_blocks_reach_the_page(alpha):
    with tenant_context(alpha):
        building.fill_site()

    text = get(alpha, "/nastavnichestvo/").text

    for piece in (
        "Заголовок блока",
        "Текст абзаца",
        "Пункт списка",
        "Текст цитаты",
        "Ссылка на приказ",
        "Текст врезки",
    ):
        assert piece in text
    assert 'alt="Синий прямоугольник"' in text
    assert "<dd>24</dd>" in text


def test_the_programmes_tasks_are_a_list(alpha):
    with tenant_context(alpha):
        building.fill_site()

    text = get(alpha, "/nastavnichestvo/").text

    assert "<li>Первая задача</li><li>Вторая задача</li>" in text


def test_documents_show_type_size_and_date(alpha):
    with tenant_context(alpha):
        building.fill_site()

    text = get(alpha, "/nastavnichestvo/dokumenty/").text

    assert "pdf" in text
    assert "2,0\xa0КБ" in text
    assert "8 сентября 2026" in text


def test_an_unpublished_page_is_not_found(alpha):
    with tenant_context(alpha):
        StandardPage.objects.get().unpublish()

    assert get(alpha, "/nastavnichestvo/programma/").status_code == 404


def test_a_draft_of_a_published_page_stays_unseen(alpha):
    with tenant_context(alpha):
        home = HomePage.objects.get()
        home.lead = "Ещё не проверено"
        home.save_revision()

    assert "Ещё не проверено" not in get(alpha, "/").text


def test_news_stands_newest_first_and_on_pages(alpha):
    import datetime as dt

    with tenant_context(alpha):
        for day in range(1, 12):
            building.add_news(f"Новость {day} мая", date=dt.date(2026, 5, day))

    first, second = get(alpha, "/novosti/").text, get(alpha, "/novosti/?page=2").text

    assert first.index("Новость 11 мая") < first.index("Новость 10 мая")
    assert "Новость 2 мая" not in first
    assert "Новость 2 мая" in second


@pytest.mark.parametrize("page", ["0", "999", "abc", "-1"])
def test_a_wrong_page_number_is_no_error(alpha, page):
    assert get(alpha, f"/novosti/?page={page}").status_code == 200


def test_the_home_page_shows_the_three_latest_news(alpha):
    with tenant_context(alpha):
        for number in range(4):
            building.add_news(f"Событие {number}")

    text = get(alpha, "/").text

    assert [f"Событие {number}" in text for number in range(4)] == [False, True, True, True]


def test_menu_and_breadcrumbs_know_where_the_reader_is(alpha):
    text = get(alpha, "/nastavnichestvo/dokumenty/").text

    assert '<a href="/nastavnichestvo/" aria-current="true">Наставничество</a>' in text
    assert '<li aria-current="page">Документы</li>' in text
    assert 'aria-current="page"' in text.split('class="local-nav"')[1]


def test_a_school_page_leads_back_to_the_municipal_portal(alpha, municipality):
    text = get(alpha, "/").text

    assert f'<a href="http://portal.test/">{municipality.short_name}</a>' in text


def test_the_chosen_colour_and_contacts_are_on_every_page(alpha):
    with tenant_context(alpha):
        look = SchoolAppearance.objects.get()
        look.accent, look.phone, look.slogan = "terracotta", "+7 (000) 000-00-01", "Учимся друг у друга"
        look.save()

    text = get(alpha, "/novosti/").text

    assert 'data-accent="terracotta"' in text
    assert 'href="tel:+70000000001"' in text
    assert "Учимся друг у друга" in text


def test_a_visitor_gets_no_cookie_and_a_page_that_does_not_vary_by_cookie(alpha):
    response = get(alpha, "/")

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_search_finds_another_form_of_the_word(in_alpha):
    building.add_news("Наставники делятся опытом")

    found = [page.title for page in Page.objects.live().search("наставник")]

    assert "Наставники делятся опытом" in found


def test_a_programme_that_ends_before_it_starts_is_refused(in_alpha):
    import datetime as dt

    from django.core.exceptions import ValidationError

    page = MentoringPage.objects.get()
    page.period_start, page.period_end = dt.date(2026, 9, 1), dt.date(2026, 5, 31)

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert "period_end" in refused.value.message_dict


@pytest.mark.parametrize(
    ("parent", "allowed"),
    [
        (HomePage, {"StandardPage"}),
        (MentoringPage, {"StandardPage", "DocumentsPage", "PracticesIndexPage"}),
        (NewsIndexPage, {"NewsPage"}),
    ],
)
def test_each_page_takes_only_its_own_kinds_of_children(in_alpha, parent, allowed):
    page = parent.objects.get()

    offered = {model.__name__ for model in page.creatable_subpage_models() if model.can_create_at(page)}

    assert offered - {"NewsIndexPage"} == allowed
