"""What stands beside the fields: peers, targets, the methodist's comments, what changed since, who filed it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.screen import Screen
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import accept, return_for_revision
from mentoring_reports.submissions.models import PeerFigure, Round, Submission
from mentoring_reports.submissions.peers import refresh_peer_figures
from portal.tenants.models import Organisation
from tests.factories import CURATOR, login
from tests.submissions.acting import FIGURES, METHODIST, hand_over, handed
from tests.workbooks.reporting import hand_in_accepted, make_schools

from .drafts import day, open_round, ready_draft, save
from .records import END, START
from .screens import address, page, row_of, send

YEAR = dt.timedelta(days=365)
REASON = "Проверьте число мероприятий"
COMMENT = "Здесь учтены не все выезды"


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return open_round(municipality)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


def accepted_peers(round_: Round, municipality: Organisation, number: int, kind: str = "Школа") -> None:
    """Accept the reports of so many schools of a type, whose external events are 1, 2, 3 …"""
    schools = [school for school in make_schools(municipality, 2 * number) if school.organisation_type.name == kind]
    for events, school in enumerate(schools[:number], start=1):
        hand_in_accepted(round_, school, FIGURES | {"external_events": events})
    with tenant_context(municipality):
        refresh_peer_figures(round_, {kind})


def screen(round_: Round, school: Organisation) -> Screen:
    basis = Basis.of(round_, school)
    return Screen(basis, Filling.of_draft(basis, None))


def shown(found: Screen, code: str) -> Any:
    return next(row for group in found.groups for row in group.rows if row.element.code == code)


def returned(municipality: Organisation, remarks: dict[str, str] | None = None) -> None:
    with tenant_context(municipality):
        pk = Submission.objects.get().pk
        return_for_revision(submission_id=pk, reason=REASON, by=METHODIST, remarks=remarks or {})


@pytest.fixture
def sent(round_: Round, alpha: Organisation, curator: Client) -> Round:
    """Return the round in which the school has sent its report."""
    with tenant_context(alpha):
        ready_draft(round_, alpha)
    send(curator, round_)
    return round_


def test_the_median_and_quartiles_of_the_type_stand_beside_a_number(
    round_: Round, municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    accepted_peers(round_, municipality, 5)
    response = curator.get(address("fill", round_))
    peers = row_of(response, "external_events").peers
    assert (peers.lower, peers.median, peers.upper, peers.schools) == (2, 3, 4, 5)
    assert "«Школа»" in page(response)
    assert round_.title in page(response)


def test_a_group_of_four_shows_nothing_at_all(round_: Round, municipality: Organisation, curator: Client) -> None:
    accepted_peers(round_, municipality, 4)
    response = curator.get(address("fill", round_))
    assert row_of(response, "external_events").peers is None
    assert all(row.peers is None for row in response.context["screen"].indicators)
    assert "report-peers" not in page(response)


def test_indicators_have_their_target_and_median(round_: Round, municipality: Organisation, curator: Client) -> None:
    accepted_peers(round_, municipality, 5)
    rows = curator.get(address("fill", round_)).context["screen"].indicators
    share = next(row for row in rows if row.indicator.code == "mentor_share")
    assert (share.peers.median, share.target) == (15, share.indicator.target)


def test_a_target_of_the_schools_type_and_year_goes_before_the_general_one(
    round_: Round, municipality: Organisation, in_alpha: Organisation
) -> None:
    share = next(row.indicator for row in screen(round_, in_alpha).indicators if row.indicator.code == "mentor_share")
    basis = Basis.of(round_, in_alpha)
    special = share.targets.model(school_type="Школа", year=END.year, value=Decimal(77))
    share._prefetched_objects_cache["targets"] = [special]
    basis.indicators[:] = [share]
    assert Screen(basis, Filling.of_draft(basis, None)).indicators[0].target == Decimal(77)


def test_peers_of_another_version_of_the_form_are_left_out_where_it_measures_otherwise(
    round_: Round, municipality: Organisation, in_alpha: Organisation
) -> None:
    basis = Basis.of(round_, in_alpha)
    with tenant_context(municipality):
        other = type(round_.form).objects.create(municipality=municipality, code="other", title="Другая форма")
        group = other.groups.create(code="g", name="Раздел")
        other.elements.create(code="external_events", name="Выезды", unit="км", kind="typed", group=group)
        other.elements.create(
            code="mentors", name="Наставники", unit=_unit(basis, "mentors"), kind="typed", group=group
        )
        earlier = open_round(municipality, "old", form=other, period_start=START - YEAR, period_end=END - YEAR)
        for code in ("external_events", "mentors"):
            PeerFigure.objects.create(
                municipality=municipality,
                round=earlier,
                school_type="Школа",
                subject="element",
                code=code,
                schools=5,
                lower=1,
                median=2,
                upper=3,
            )
    found = screen(round_, in_alpha)
    assert shown(found, "external_events").peers is None
    assert shown(found, "mentors").peers.median == 2


def _unit(basis: Basis, code: str) -> str:
    return next(element.unit for element in basis.elements if element.code == code)


def test_the_change_is_shown_in_numbers_and_percent(
    round_: Round, municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    earlier = open_round(municipality, "earlier", period_start=START - YEAR, period_end=END - YEAR)
    submission = hand_over(earlier, alpha, {"external_events": 8, "council_present": 0}, on=day(0))
    with tenant_context(municipality):
        accept(submission_id=submission.pk, by=METHODIST)
    with tenant_context(alpha):
        save(round_, values={"external_events": Decimal(6), "council_present": Decimal(3)})
    response = curator.get(address("fill", round_))
    events, council = row_of(response, "external_events"), row_of(response, "council_present")
    assert (events.change, events.change_percent) == (Decimal(-2), Decimal(-25))
    assert (council.change, council.change_percent) == (Decimal(3), None)


def test_comments_stand_beside_their_numbers_and_the_reason_on_top(
    sent: Round, municipality: Organisation, curator: Client
) -> None:
    returned(municipality, {"external_events": COMMENT})
    response = curator.get(address("fill", sent))
    assert REASON in page(response)
    assert row_of(response, "external_events").remark == COMMENT
    assert row_of(response, "mentors").remark == ""
    assert COMMENT in page(curator.get(address("report", sent)))
    assert row_of(curator.get(address("revision", sent, 1)), "external_events").remark == COMMENT


def test_markup_in_a_comment_is_only_text(sent: Round, municipality: Organisation, curator: Client) -> None:
    returned(municipality, {"external_events": "<script>alert(1)</script>"})
    for name in ("fill", "report"):
        assert "<script>alert(1)" not in curator.get(address(name, sent)).content.decode()


def test_what_changed_since_the_revision_that_came_back_is_told(
    sent: Round, municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    returned(municipality, {"external_events": COMMENT})
    before = curator.get(address("fill", sent))
    fields = {"version": before.context["draft"].version, "value-external_events": "9"}
    curator.post(address("fill", sent), fields)
    after = curator.get(address("fill", sent))
    assert before.context["screen"].changed == []
    assert [row.element.code for row in after.context["screen"].changed] == ["external_events"]
    assert row_of(after, "external_events").before.value == Decimal(4)
    assert [row.element.code for row in curator.get(address("send", sent)).context["screen"].changed]


def test_comments_of_an_earlier_return_are_gone_once_the_report_was_sent_again(
    sent: Round, municipality: Organisation, curator: Client
) -> None:
    returned(municipality, {"external_events": COMMENT})
    send(curator, sent)
    assert row_of(curator.get(address("fill", sent)), "external_events").remark == ""


def test_another_school_sees_no_comment(
    sent: Round, municipality: Organisation, beta: Organisation, curator: Client
) -> None:
    returned(municipality, {"external_events": COMMENT})
    assert COMMENT not in page(login(beta, CURATOR).get(address("fill", sent)))


def test_an_accepted_report_asks_for_no_reason_where_nothing_was_overruled(
    sent: Round, municipality: Organisation, curator: Client
) -> None:
    with tenant_context(municipality):
        accept(submission_id=Submission.objects.get().pk, by=METHODIST)
    assert "data-reason" not in page(curator.get(address("fill", sent)))


def test_what_the_municipality_filed_is_marked_everywhere(
    round_: Round, municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(municipality):
        actions.hand_over(
            round_=round_,
            school=alpha,
            values=handed(FIGURES),
            explanations={},
            note="",
            by=METHODIST,
            behalf_reason="Нет связи",
        )
    for path in ("/admin/school-reports/", address("report", round_), address("revision", round_, 1)):
        assert "Нет связи" in page(curator.get(path))


def test_a_group_says_how_much_is_filled_missing_and_wrong(round_: Round, alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        save(round_, values={"external_events": "много"})
    groups = curator.get(address("fill", round_)).context["screen"].groups
    group = next(found for found in groups if any(row.element.code == "external_events" for row in found.rows))
    assert group.problems >= 1
    assert group.filled < len(group.rows)
    text = page(curator.get(address("fill", round_)))
    assert all(f'href="#{found.group.code}"' in text for found in groups)


def test_the_queries_of_the_form_do_not_depend_on_the_number_of_peers_and_comments(
    sent: Round, municipality: Organisation, curator: Client
) -> None:
    returned(municipality, {"external_events": COMMENT})
    accepted_peers(sent, municipality, 5)
    curator.get(address("fill", sent))
    with CaptureQueriesContext(connection) as few:
        curator.get(address("fill", sent))
    send(curator, sent)
    with tenant_context(municipality):
        pk = Submission.objects.order_by("-revision").first().pk
        codes = ("external_events", "mentors", "mentees", "teaching_staff")
        return_for_revision(submission_id=pk, reason=REASON, by=METHODIST, remarks=dict.fromkeys(codes, COMMENT))
    curator.get(address("fill", sent))
    with CaptureQueriesContext(connection) as many:
        curator.get(address("fill", sent))
    assert len(many) == len(few)
