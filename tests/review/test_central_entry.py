"""A methodist files for a school that cannot: the same checks, a reason, a mark that nobody can put or leave out."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from django_tenants.utils import tenant_context

from mentoring_reports.row_security import every_school
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.models import Submission
from tests.factories import CURATOR, METHODIST, client_at, login, make_round, make_user
from tests.submissions.acting import METHODIST as AUTHOR
from tests.submissions.acting import accept, exempt, hand_over, handed, participation, return_
from tests.workbooks.reporting import USUAL

DAY = dt.timedelta(days=1)
# A report that the built-in form has nothing against: what must be typed, and no target missed by half.
PAPER = USUAL | {
    "sessions_per_group": 3,
    "participants_diagnosed": 16,
    "external_events": 1,
    "publications": 2,
    "rubrics": 2,
    "practices_shared": 1,
}


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def methodist(municipality):
    return login(municipality, METHODIST)


def address(round_, school):
    return f"/admin/review/rounds/{round_.pk}/schools/{school.pk}/file/"


def typed(values=None, **more):
    numbers = {f"value-{code}": "" if value is None else str(value) for code, value in (values or PAPER).items()}
    today = dt.date.today().strftime("%d.%m.%Y")
    why = {"reason": "В школе нет интернета", "source": "Письмо № 12", "received_on": today, "seen": "0"}
    return {**numbers, **why, **more}


def revisions(round_):
    with tenant_context(round_.municipality):
        return list(Submission.objects.for_round(round_).order_by("revision"))


def file(client, round_, school, **more):
    return client.post(address(round_, school), typed(**{"step": "file", **more}))


def test_the_first_press_shows_the_numbers_once_more_and_files_nothing(round_, alpha, methodist):
    response = methodist.post(address(round_, alpha), typed(step="check"))

    assert response.status_code == 200
    assert response.templates[0].name == "mentoring_review/central_entry/confirm.html"
    assert revisions(round_) == []
    assert ("value-mentors", "6") in list(response.context["form"].kept())


def test_the_second_press_files_a_marked_revision(round_, alpha, methodist):
    confirm = methodist.post(address(round_, alpha), typed(step="check"))

    response = methodist.post(address(round_, alpha), {**dict(confirm.context["form"].kept()), "step": "file"})

    [filed] = revisions(round_)
    assert response.status_code == 302 and response.headers["Location"].endswith(
        f"/rounds/{round_.pk}/schools/{alpha.pk}/"
    )
    assert filed.on_behalf and filed.author_schema == round_.municipality.schema_name
    assert "В школе нет интернета" in filed.behalf_reason and "Письмо № 12" in filed.behalf_reason
    assert participation(round_, alpha).state == "submitted"
    with tenant_context(round_.municipality):
        values = {row.element_code: (row.value, row.counted) for row in filed.values.all()}
    assert values["mentors"] == (Decimal(6), None)
    assert values["mentees_answered"] == (None, None)


def test_the_school_reads_the_revision_and_its_mark(round_, alpha, methodist):
    file(methodist, round_, alpha)

    with tenant_context(alpha):
        assert Submission.objects.get().on_behalf


def test_another_school_does_not_see_it(round_, alpha, beta, methodist):
    file(methodist, round_, alpha)

    with tenant_context(beta):
        assert not Submission.objects.exists()


def test_a_second_press_of_the_same_button_is_no_error_and_no_second_revision(round_, alpha, methodist):
    responses = [file(methodist, round_, alpha), file(methodist, round_, alpha)]

    assert [response.status_code for response in responses] == [302, 302]
    assert len(revisions(round_)) == 1


def test_other_numbers_after_filing_are_refused_and_kept(round_, alpha, methodist):
    file(methodist, round_, alpha)

    response = file(methodist, round_, alpha, **{"value-mentors": "7"})

    assert response.status_code == 409
    assert response.context["form"]["value-mentors"].value() == "7"
    assert len(revisions(round_)) == 1


def test_a_colleague_is_told_that_it_is_filed_already(round_, alpha, methodist, municipality):
    file(methodist, round_, alpha)

    response = file(login(municipality, METHODIST, "colleague"), round_, alpha)

    assert response.status_code == 409
    assert "1" in str(response.context["refusal"])


@pytest.mark.parametrize("name", ["reason", "source", "received_on"])
def test_why_from_which_paper_and_when_are_mandatory(round_, alpha, methodist, name):
    response = file(methodist, round_, alpha, **{name: " "})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    assert revisions(round_) == []


def test_a_paper_from_the_future_is_refused(round_, alpha, methodist):
    tomorrow = (dt.date.today() + 2 * DAY).strftime("%d.%m.%Y")

    assert list(file(methodist, round_, alpha, received_on=tomorrow).context["form"].errors) == ["received_on"]


@pytest.mark.parametrize(
    ("text", "code"), [("шесть", "mentors"), ("", "mentors"), ("6,5", "mentors"), ("-1", "mentors"), ("41", "mentors")]
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(round_, alpha, methodist, text, code):
    response = file(methodist, round_, alpha, **{f"value-{code}": text, "value-plans": "11", "evidence_title": "Скан"})

    form = response.context["form"]
    assert response.status_code == 422
    assert f"value-{code}" in form.errors
    assert (form[f"value-{code}"].value(), form["value-plans"].value(), form["evidence_title"].value()) == (
        text,
        "11",
        "Скан",
    )
    assert revisions(round_) == []


def test_a_warning_needs_an_explanation_and_takes_it_along(round_, municipality, alpha, methodist):
    back = 365 * DAY
    earlier = make_round(
        municipality, "earlier", period_start=round_.period_start - back, period_end=round_.period_end - back,
        opens=round_.opens - back, due=round_.due - back, closes=round_.closes - back,
    )  # fmt: skip
    accept(hand_over(earlier, alpha, PAPER, on=earlier.opens), on=earlier.opens)

    refused = file(methodist, round_, alpha, **{"value-mentors": "12", "value-mentors_trained": "6"})
    keys = [name for name in refused.context["form"].errors if name.startswith("explain-")]
    explained = dict.fromkeys(keys, "Приказ от сентября")
    response = file(methodist, round_, alpha, **{"value-mentors": "12", "value-mentors_trained": "6"}, **explained)

    assert refused.status_code == 422 and "explain-jump:mentors" in keys
    assert response.status_code == 302
    [filed] = revisions(round_)
    assert filed.explanations["jump:mentors"] == "Приказ от сентября"


def test_the_last_accepted_figures_stand_beside(round_, municipality, alpha, methodist):
    back = 365 * DAY
    earlier = make_round(
        municipality, "earlier", period_start=round_.period_start - back, period_end=round_.period_end - back,
        opens=round_.opens - back, due=round_.due - back, closes=round_.closes - back,
    )  # fmt: skip
    accept(hand_over(earlier, alpha, PAPER | {"mentors": 4}, on=earlier.opens), on=earlier.opens)

    groups = methodist.get(address(round_, alpha)).context["groups"]

    assert {row.element.code: row.last for group in groups for row in group.rows}["mentors"] == 4


def test_a_document_needs_title_and_address(round_, alpha, methodist):
    refused = file(methodist, round_, alpha, evidence_title="Скан письма")
    response = file(methodist, round_, alpha, evidence_title="Скан письма", evidence_url="https://docs.example/12")

    assert list(refused.context["form"].errors) == ["evidence_url"]
    assert response.status_code == 302
    with tenant_context(round_.municipality):
        [link] = revisions(round_)[0].evidence.all()
    assert (link.title, link.url) == ("Скан письма", "https://docs.example/12")


def test_a_script_is_no_address(round_, alpha, methodist):
    refused = file(methodist, round_, alpha, evidence_title="Скан", evidence_url="javascript:alert(1)")

    assert list(refused.context["form"].errors) == ["evidence_url"]


def test_a_returned_revision_is_corrected_from_its_numbers(round_, alpha, methodist):
    return_(hand_over(round_, alpha, PAPER | {"mentors": 5}, on=round_.opens), on=round_.opens)

    form = methodist.get(address(round_, alpha)).context["form"]
    file(methodist, round_, alpha, seen="1")

    assert form["value-mentors"].value() == "5"
    first, second = revisions(round_)
    assert (first.on_behalf, second.on_behalf, second.revision) == (False, True, 2)
    assert participation(round_, alpha).state == "resubmitted"


def test_a_revision_that_was_not_on_the_screen_is_not_corrected_blindly(round_, alpha, methodist):
    return_(hand_over(round_, alpha, PAPER | {"mentors": 5}, on=round_.opens), on=round_.opens)

    response = file(methodist, round_, alpha, seen="0", **{"value-mentors": "7"})

    assert response.status_code == 409
    assert response.context["form"]["value-mentors"].value() == "7"
    assert response.context["form"]["seen"].value() == "1"
    assert len(revisions(round_)) == 1


def test_what_waits_for_review_is_not_filed_over(round_, alpha, methodist):
    hand_over(round_, alpha, PAPER, on=round_.opens)

    shown = methodist.get(address(round_, alpha))
    response = file(methodist, round_, alpha, seen="1")

    assert shown.context["is_blocked"] and response.status_code == 409
    assert len(revisions(round_)) == 1


def test_an_accepted_report_is_locked(round_, alpha, methodist):
    accept(hand_over(round_, alpha, PAPER, on=round_.opens), on=round_.opens)

    response = file(methodist, round_, alpha, seen="1")

    assert response.status_code == 409
    assert len(revisions(round_)) == 1


def test_an_exempt_school_is_not_expected(round_, alpha, methodist):
    exempt(round_, alpha, on=round_.opens)

    assert file(methodist, round_, alpha).status_code == 409
    assert revisions(round_) == []


@pytest.mark.parametrize(("opens", "closes"), [(2, 30), (-40, -1)])
def test_a_round_that_takes_nothing_takes_nothing_here(municipality, alpha, methodist, opens, closes):
    today = dt.date.today()
    round_ = make_round(
        municipality, "shut", opens=today + opens * DAY, due=today + closes * DAY, closes=today + closes * DAY
    )

    assert methodist.get(address(round_, alpha)).context["is_blocked"]
    assert file(methodist, round_, alpha).status_code == 409
    assert revisions(round_) == []


def test_a_school_cannot_open_the_screen(round_, alpha, methodist):
    assert login(alpha, CURATOR).get(address(round_, alpha)).status_code == 404
    assert login(alpha, None).post(address(round_, alpha), typed(step="file")).status_code in (302, 404)
    assert revisions(round_) == []


def test_without_the_right_to_review_nothing_is_filed(round_, municipality, alpha):
    client = client_at(municipality)
    user = make_user(municipality, None)
    with tenant_context(municipality):
        client.force_login(user)

    response = file(client, round_, alpha)

    assert response.status_code == 302
    assert revisions(round_) == []


def test_a_school_that_is_not_the_municipalitys_is_not_found(round_, municipality, methodist):
    assert methodist.get(address(round_, municipality)).status_code == 404


def test_a_school_cannot_mark_a_revision_as_the_municipalitys(round_, alpha):
    with pytest.raises(ProgrammingError), transaction.atomic(), tenant_context(alpha):
        actions.hand_over(
            round_=round_, school=alpha, values=handed(PAPER), explanations={}, note="", by=AUTHOR,
            behalf_reason="Будто бы методист",
        )  # fmt: skip

    assert revisions(round_) == []


def test_the_municipality_cannot_leave_the_mark_out(round_, municipality, alpha):
    with pytest.raises(ProgrammingError), transaction.atomic(), tenant_context(municipality):
        actions.hand_over(
            round_=round_, school=alpha, values=handed(PAPER), explanations={}, note="", by=AUTHOR
        )  # fmt: skip

    with every_school():
        assert not Submission.objects.exists()


def test_the_schools_page_in_the_round_offers_it_while_it_makes_sense(round_, alpha, methodist):
    page = f"/admin/rounds/{round_.pk}/schools/{alpha.pk}/"
    before = methodist.get(page).content.decode()
    file(methodist, round_, alpha)
    after = methodist.get(page).content.decode()

    assert address(round_, alpha) in before
    assert address(round_, alpha) not in after


def test_the_number_of_statements_does_not_depend_on_the_number_of_schools(round_, municipality, alpha, methodist):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.workbooks.reporting import hand_in_accepted, make_schools

    methodist.get(address(round_, alpha))
    counts = []
    for number in (0, 6):
        for school in make_schools(municipality, number):
            hand_in_accepted(round_, school, USUAL)
        with CaptureQueriesContext(connection) as statements:
            methodist.get(address(round_, alpha))
        counts.append(len(statements))

    assert counts[0] == counts[1]
