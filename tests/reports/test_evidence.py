"""Evidence: links to pages, documents and addresses, which leave the school as title and address only."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from mentoring_reports.reports.actions import submit
from mentoring_reports.reports.attaching import MOST_EVIDENCE, Target, attach_evidence, remove_evidence
from mentoring_reports.reports.errors import EvidenceBroken, EvidenceRefused, NotEditable, TooMuchEvidence
from mentoring_reports.reports.evidence import evidence_of
from mentoring_reports.reports.models import Draft, DraftEvidence
from mentoring_reports.submissions.models import Round, Submission, SubmittedEvidence
from portal.tenants.models import Organisation
from tests.factories import CURATOR, client_at, login, make_user

from .drafts import day, open_round, ready_draft, save
from .screens import address, page, send

REPORT = "https://example.org/otchet"


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return open_round(municipality)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


def document(title: str = "Приказ", collection: Collection | None = None) -> Document:
    fields = {"collection": collection} if collection else {}
    return Document.objects.create(title=title, file=ContentFile(b"%PDF-1.4", name="prikaz.pdf"), **fields)


def private_collection() -> Collection:
    made = Collection.get_first_root_node().add_child(name="Личное")
    CollectionViewRestriction.objects.create(collection=made, restriction_type=CollectionViewRestriction.LOGIN)
    return made


def attach(client: Client, round_: Round, **fields: Any) -> Any:
    return client.post(address("evidence", round_), {"element": "", "title": "", "url": "", **fields})


def attached(school: Organisation) -> list[tuple[str, str, str]]:
    with tenant_context(school):
        return [(link.element_code, link.title, link.url) for link in evidence_of(Draft.objects.first())]


def test_an_address_is_attached_to_a_number_and_stands_beside_it(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    attach(curator, round_, element="external_events", title="Программа", url=REPORT)
    assert attached(alpha) == [("external_events", "Программа", REPORT)]
    assert f'href="{REPORT}"' in page(curator.get(address("fill", round_)))


def test_a_page_and_a_document_lead_to_the_schools_own_host(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        home, order = Page.objects.get(depth=2), document()
    attach(curator, round_, page=home.pk)
    attach(curator, round_, document=order.pk)
    links = attached(alpha)
    assert [title for _code, title, _url in links] == [home.title, "Приказ"]
    assert all(url.startswith("http") and "://alpha.portal.test" in url for _code, _title, url in links)


def test_a_methodist_can_open_the_document_without_a_login(round_: Round, alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        order = document()
    attach(curator, round_, document=order.pk)
    path = "/" + attached(alpha)[0][2].split("/", 3)[3]
    response = client_at(alpha).get(path)
    response.close()
    assert response.status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(document.cookie)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "vbscript:msgbox",
        " java\nscript:alert(1)",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org/" + "x" * 1000,
        "просто текст",
        "https://exa mple.org/",
    ],
)
def test_a_hostile_or_broken_address_is_refused_and_kept_on_the_screen(
    round_: Round, alpha: Organisation, curator: Client, url: str
) -> None:
    response = attach(curator, round_, url=url, title="Отчёт")
    assert response.status_code == 422
    assert response.context["form"].errors
    assert response.context["form"]["title"].value() == "Отчёт"
    assert attached(alpha) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://user:secret@example.org/"])
def test_the_action_refuses_hostile_addresses_too(round_: Round, in_alpha: Organisation, url: str) -> None:
    with pytest.raises(EvidenceRefused):
        attach_evidence(round_=round_, target=Target(url=url))
    assert not DraftEvidence.objects.exists()


def test_markup_in_a_title_is_only_text(round_: Round, curator: Client) -> None:
    attach(curator, round_, url=REPORT, title='"><script>alert(1)</script>')
    for name in ("evidence", "fill"):
        assert "<script>alert(1)" not in curator.get(address(name, round_)).content.decode()


def test_nothing_or_two_things_at_once_are_refused(round_: Round, alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        order = document()
    assert attach(curator, round_).status_code == 422
    assert attach(curator, round_, url=REPORT, document=order.pk).status_code == 422
    assert attached(alpha) == []


def test_a_number_that_the_form_does_not_have_is_refused(
    round_: Round, curator: Client, in_alpha: Organisation
) -> None:
    assert attach(curator, round_, url=REPORT, element="no_such").status_code == 422
    with tenant_context(in_alpha), pytest.raises(EvidenceRefused):
        attach_evidence(round_=round_, target=Target(url=REPORT), element_code="no_such")


def test_a_document_that_the_curator_may_not_choose_is_refused(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        make_user(alpha, CURATOR, "stripped").groups.get().collection_permissions.all().delete()
        order = document()
    assert attach(curator, round_, document=order.pk).status_code == 422
    assert attached(alpha) == []


def test_what_a_methodist_cannot_open_is_warned_of(round_: Round, alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        hidden = Page.objects.get(depth=2).add_child(instance=Page(title="Черновая", slug="draft-page", live=False))
        secret = Page.objects.get(depth=2).add_child(instance=Page(title="Закрытая", slug="secret-page"))
        below = secret.add_child(instance=Page(title="Ниже", slug="below"))
        PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
        order = document(collection=private_collection())
    for fields in ({"page": hidden.pk}, {"page": below.pk}, {"document": order.pk}):
        attach(curator, round_, **fields)
    with tenant_context(alpha):
        assert all(link.doubt and link.url for link in evidence_of(Draft.objects.get()))
        assert len(evidence_of(Draft.objects.get())) == 3


def test_evidence_leaves_the_school_as_titles_and_addresses(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        ready_draft(round_, alpha)
        order = document()
    attach(curator, round_, element="external_events", document=order.pk)
    attach(curator, round_, url=REPORT, title="Отчёт")
    send(curator, round_)
    with tenant_context(alpha):
        sent = list(SubmittedEvidence.objects.values_list("element_code", "title", "url"))
    assert sent == attached(alpha)
    text = page(curator.get(address("revision", round_, 1)))
    assert f'href="{REPORT}"' in text
    assert sent[0][2] in text


def test_evidence_attached_after_the_summary_was_opened_is_not_sent_unseen(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        ready_draft(round_, alpha)
    summary = curator.get(address("send", round_))
    attach(curator, round_, url=REPORT)
    fields = {"version": summary.context["draft"].version, "confirmed": summary.context["fingerprint"]}
    assert curator.post(address("send", round_), fields)["Location"] == address("send", round_)
    with tenant_context(alpha):
        assert not Submission.objects.exists()


def test_a_deleted_document_stops_the_report_and_says_so(round_: Round, alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        ready_draft(round_, alpha)
        order = document("Пропавший приказ")
    attach(curator, round_, document=order.pk)
    with tenant_context(alpha):
        order.delete()
    assert curator.get(address("send", round_))["Location"] == address("evidence", round_)
    assert "Пропавший приказ" in page(curator.get(address("evidence", round_)))
    with tenant_context(alpha), pytest.raises(EvidenceBroken):
        submit(draft=Draft.objects.get(), by=make_user(alpha, CURATOR, "second"))


def test_evidence_is_removed_by_post_only(round_: Round, alpha: Organisation, curator: Client) -> None:
    attach(curator, round_, url=REPORT)
    with tenant_context(alpha):
        pk = DraftEvidence.objects.get().pk
    assert curator.get(address("evidence_remove", round_, pk)).status_code == 405
    curator.post(address("evidence_remove", round_, pk))
    assert attached(alpha) == []


def test_evidence_of_another_round_is_not_removed_by_this_ones_address(
    round_: Round, municipality: Organisation, in_alpha: Organisation
) -> None:
    other = open_round(municipality, "other")
    kept = attach_evidence(round_=other, target=Target(url=REPORT))
    remove_evidence(round_=round_, evidence_id=kept.pk)
    assert DraftEvidence.objects.filter(pk=kept.pk).exists()


def test_saving_the_form_keeps_the_evidence_and_evidence_makes_no_form_stale(
    round_: Round, in_alpha: Organisation
) -> None:
    draft = save(round_)
    attach_evidence(round_=round_, target=Target(url=REPORT))
    save(round_, version=draft.version, note="Дальше")
    assert DraftEvidence.objects.count() == 1


def test_a_closed_round_takes_no_evidence_and_loses_none(municipality: Organisation, in_alpha: Organisation) -> None:
    round_ = open_round(municipality)
    kept = attach_evidence(round_=round_, target=Target(url=REPORT))
    with tenant_context(municipality):
        Round.objects.update(opens=day(-9), due=day(-5), closes=day(-1))
    with pytest.raises(NotEditable):
        attach_evidence(round_=Round.objects.get(), target=Target(url=REPORT))
    with pytest.raises(NotEditable):
        remove_evidence(round_=Round.objects.get(), evidence_id=kept.pk)
    assert DraftEvidence.objects.count() == 1


def test_a_report_takes_so_many_links_and_no_more(round_: Round, in_alpha: Organisation) -> None:
    attach_evidence(round_=round_, target=Target(url=REPORT))
    draft = Draft.objects.get()
    DraftEvidence.objects.bulk_create(
        DraftEvidence(draft=draft, title="x", url=REPORT) for _ in range(MOST_EVIDENCE - 1)
    )
    with pytest.raises(TooMuchEvidence):
        attach_evidence(round_=round_, target=Target(url=REPORT))


def test_another_school_sees_nothing_of_it(
    round_: Round, alpha: Organisation, beta: Organisation, curator: Client
) -> None:
    attach(curator, round_, url=REPORT, title="Отчёт первой школы")
    other = login(beta, CURATOR)
    with tenant_context(alpha):
        pk = DraftEvidence.objects.get().pk
    assert "Отчёт первой школы" not in page(other.get(address("evidence", round_)))
    other.post(address("evidence_remove", round_, pk))
    assert len(attached(alpha)) == 1


def test_the_queries_of_the_form_do_not_grow_with_the_evidence(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        home = Page.objects.get(depth=2)
        attach_evidence(round_=round_, target=Target(document=document()))
        attach_evidence(round_=round_, target=Target(page=home))
    curator.get(address("fill", round_))
    with CaptureQueriesContext(connection) as few:
        curator.get(address("fill", round_))
    with tenant_context(alpha):
        for _number in range(5):
            attach_evidence(round_=round_, target=Target(document=document()))
            attach_evidence(round_=round_, target=Target(page=home))
    with CaptureQueriesContext(connection) as many:
        curator.get(address("fill", round_))
    assert len(many) == len(few)
