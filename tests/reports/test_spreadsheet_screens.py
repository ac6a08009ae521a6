"""The spreadsheet's screens: nothing is saved unconfirmed, nothing is lost in a conflict, schools stay apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tenants.utils import tenant_context

from mentoring_reports.reports.models import Draft
from mentoring_reports.reports.spreadsheet import layout
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, login

from .drafts import day, open_round, save
from .records import teacher
from .sheets import address as cell_address
from .sheets import downloaded, filled, opened, packed

TYPED = "external_events"
VALUE = layout.VALUE


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return open_round(municipality)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


def address(name: str, round_: Round, *args: Any) -> str:
    return reverse(f"mentoring_reports:{name}", urlconf="portal.urls_school", args=[round_.pk, *args])


def upload(client: Client, round_: Round, content: bytes) -> Any:
    file = SimpleUploadedFile("form.xlsx", content)
    return client.post(address("spreadsheet", round_), {"file": file})


def previewed(client: Client, round_: Round, content: bytes) -> tuple[str, Any]:
    """Upload, and return the preview's address with the preview."""
    url = upload(client, round_, content)["Location"]
    return url, client.get(url)


def confirm(client: Client, url: str, preview: Any) -> Any:
    return client.post(url, {"version": preview.context["version"]})


def values_of(alpha: Organisation) -> dict[str, Decimal | None]:
    with tenant_context(alpha):
        return {row.element_code: row.value for draft in Draft.objects.all() for row in draft.values.all()}


@pytest.fixture
def content(round_: Round, alpha: Organisation) -> bytes:
    """Return the form filled in over a draft of version 1."""
    with tenant_context(alpha):
        save(round_, values={TYPED: Decimal(5), "sessions_per_group": Decimal(3)}, note="Просим учесть")
        return filled(downloaded(round_, alpha), {(TYPED, VALUE): 6})


def test_the_form_is_downloaded_under_the_rounds_name(round_: Round, curator: Client) -> None:
    response = curator.get(address("spreadsheet_file", round_))
    assert response.content.startswith(b"PK")
    assert "attachment" in response["Content-Disposition"]
    assert opened(response.content).worksheets[0].protection.sheet


def test_nothing_is_saved_before_it_is_confirmed(
    round_: Round, alpha: Organisation, curator: Client, content: bytes
) -> None:
    _url, preview = previewed(curator, round_, content)
    shown = [(row.address, row.before, row.after) for row in preview.context["plan"].changes]
    with tenant_context(alpha):
        assert shown == [(cell_address(content, TYPED), "5", "6")]
        assert Draft.objects.get().version == 1
    assert values_of(alpha)[TYPED] == 5


def test_confirming_changes_what_was_shown_and_keeps_the_rest(
    round_: Round, alpha: Organisation, curator: Client, content: bytes
) -> None:
    url, preview = previewed(curator, round_, content)
    response = confirm(curator, url, preview)
    assert response["Location"] == address("fill", round_)
    assert values_of(alpha) == {TYPED: 6, "sessions_per_group": 3}
    with tenant_context(alpha):
        draft = Draft.objects.get()
    assert (draft.version, draft.note) == (2, "Просим учесть")


def test_confirming_twice_changes_once(round_: Round, alpha: Organisation, curator: Client, content: bytes) -> None:
    url, preview = previewed(curator, round_, content)
    confirm(curator, url, preview)
    assert confirm(curator, url, preview)["Location"] == address("spreadsheet", round_)
    with tenant_context(alpha):
        assert Draft.objects.get().version == 2


def test_without_a_draft_the_file_makes_the_first_one(round_: Round, alpha: Organisation, curator: Client) -> None:
    content = filled(curator.get(address("spreadsheet_file", round_)).content, {(TYPED, VALUE): "7"})
    url, preview = previewed(curator, round_, content)
    confirm(curator, url, preview)
    assert values_of(alpha)[TYPED] == 7


def test_a_draft_saved_after_the_preview_is_not_overwritten_and_the_upload_is_not_lost(
    round_: Round, alpha: Organisation, curator: Client, content: bytes
) -> None:
    url, preview = previewed(curator, round_, content)
    with tenant_context(alpha):
        save(round_, version=1, values={TYPED: Decimal(8), "sessions_per_group": Decimal(4)})
    response = confirm(curator, url, preview)
    assert response.status_code == 409
    assert values_of(alpha) == {TYPED: 8, "sessions_per_group": 4}
    (change,) = response.context["plan"].changes
    assert (change.before, change.after, change.contested) == ("8", "6", True)
    confirm(curator, url, response)
    assert values_of(alpha) == {TYPED: 6, "sessions_per_group": 4}


def test_cells_with_errors_are_named_and_the_rest_can_be_taken(
    round_: Round, alpha: Organisation, curator: Client, content: bytes
) -> None:
    bad = filled(content, {("sessions_per_group", VALUE): "три"})
    url, preview = previewed(curator, round_, bad)
    cell = cell_address(content, "sessions_per_group")
    assert f'data-cell="{cell}"' in preview.content.decode()
    assert [error.address for error in preview.context["plan"].errors] == [cell]
    confirm(curator, url, preview)
    assert values_of(alpha) == {TYPED: 6, "sessions_per_group": 3}


def test_another_schools_form_is_refused_by_its_name(
    round_: Round, alpha: Organisation, beta: Organisation, content: bytes
) -> None:
    response = upload(login(beta, CURATOR), round_, content)
    assert response.status_code == 422
    assert alpha.name in str(response.context["form"].errors)
    with tenant_context(beta):
        assert Draft.objects.count() == 0


def test_another_rounds_form_is_refused_by_its_title(
    round_: Round, municipality: Organisation, curator: Client, content: bytes
) -> None:
    other = open_round(municipality, "2026-2")
    response = upload(curator, other, content)
    assert response.status_code == 422
    assert round_.title in str(response.context["form"].errors)


def test_a_form_of_another_version_is_refused(round_: Round, curator: Client, content: bytes) -> None:
    book = opened(content)
    for row in book.worksheets[1].iter_rows():
        if row[0].value == layout.FORM_VERSION:
            row[1].value = "99"
    response = upload(curator, round_, packed(book))
    assert response.status_code == 422
    assert response.context["form"].errors["file"]


@pytest.mark.parametrize("content", [b"", b"code;value\n", b"PK\x03\x04nothing", b"x" * (2 * 1024 * 1024 + 1)])
def test_what_cannot_be_read_is_told_at_the_field(round_: Round, curator: Client, content: bytes) -> None:
    response = upload(curator, round_, content)
    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_no_file_at_all_is_told_at_the_field(round_: Round, curator: Client) -> None:
    response = curator.post(address("spreadsheet", round_), {})
    assert response.context["form"].errors["file"]


def test_a_closed_round_takes_no_file_but_gives_one(municipality: Organisation, curator: Client) -> None:
    closed = open_round(municipality, opens=day(-9), due=day(-5), closes=day(-1))
    content = curator.get(address("spreadsheet_file", closed)).content
    assert upload(curator, closed, content).status_code == 422


def test_a_round_that_closes_before_the_confirmation_takes_nothing(
    round_: Round, alpha: Organisation, municipality: Organisation, curator: Client, content: bytes
) -> None:
    url, preview = previewed(curator, round_, content)
    with tenant_context(municipality):
        Round.objects.filter(pk=round_.pk).update(opens=day(-9), due=day(-5), closes=day(-1))
    assert confirm(curator, url, preview)["Location"] == address("spreadsheet", round_)
    assert values_of(alpha)[TYPED] == 5


def test_an_upload_belongs_to_who_made_it(round_: Round, alpha: Organisation, curator: Client, content: bytes) -> None:
    url, _preview = previewed(curator, round_, content)
    colleague = login(alpha, CURATOR, "colleague")
    assert colleague.get(url)["Location"] == address("spreadsheet", round_)


def test_a_later_upload_takes_the_place_of_an_earlier_one(
    round_: Round, alpha: Organisation, curator: Client, content: bytes
) -> None:
    first, preview = previewed(curator, round_, content)
    previewed(curator, round_, filled(content, {(TYPED, VALUE): 9}))
    assert confirm(curator, first, preview)["Location"] == address("spreadsheet", round_)
    assert values_of(alpha)[TYPED] == 5


@pytest.mark.parametrize("name", ["spreadsheet", "spreadsheet_file"])
def test_an_editor_without_the_right_is_turned_away(round_: Round, alpha: Organisation, name: str) -> None:
    assert login(alpha, EDITOR).get(address(name, round_)).status_code in {302, 403}


def test_what_people_wrote_is_shown_and_never_run(round_: Round, curator: Client, content: bytes) -> None:
    evil = filled(
        content, {("teaching_staff", VALUE): 4, ("teaching_staff", layout.REASON): "<script>alert(1)</script>"}
    )
    _url, preview = previewed(curator, round_, evil)
    assert "<script>alert" not in preview.content.decode()


def test_the_preview_asks_the_database_no_more_for_many_changes(
    round_: Round, alpha: Organisation, curator: Client, content: bytes
) -> None:
    few = _statements(curator, round_, content)
    with tenant_context(alpha):
        teacher()
    cells = {(code, VALUE): 2 for code in ("teaching_staff", "mentors", "mentees", "experts", "sessions_per_group")}
    assert _statements(curator, round_, filled(content, cells)) == few


def _statements(client: Client, round_: Round, content: bytes) -> int:
    url, _first = previewed(client, round_, content)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
