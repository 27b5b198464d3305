"""The deadlines on the page of a case: how each was found, who moved it, and the forms that move it."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from cases.actions import clock_changes, events, questions
from cases.models import Case
from cases.states import ClockState
from tests import lives
from tests.cases.views.conftest import As
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


@pytest.fixture
def as_ana(signed_in: As, analyst: User) -> Client:
    return signed_in(analyst)


def epoc(received_at: datetime, **fields: object) -> Case:
    agency = lives.oseis_agency(received_at, country="DE", kind="court")
    return lives.received(received_at, instrument="eu_epoc", agency=agency, **fields)  # type: ignore[arg-type]


def page(client: Client, case: Case) -> str:
    html = client.get(f"/cases/{case.reference}/").content.decode()
    assert faults_of_source(html) == []
    return html


def do(client: Client, case: Case, address: str, status: int = 302, /, **data: object) -> str:
    response = client.post(f"/cases/{case.reference}/do/{address}/", data)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def test_a_deadline_is_a_finding_step_by_step_with_its_other_reading(as_ines: Client) -> None:
    html = page(as_ines, epoc(datetime.fromisoformat("2026-11-25T09:00:00-08:00")))
    for words in (
        "due 5 December 2026: 10 days from receipt on 25 November, weekends count, Reg. (EU) 2023/1543 Art. 10(3)",
        "arguable under Reg. 1182/71 Art. 3(4): 7 December 2026",
        "Step by step",
        "<li>receipt on 25 November 2026</li><li>10 days after it: 5 December 2026</li>",
    ):
        assert words in html
    assert "unverified" not in html


def test_a_rule_that_counsel_has_not_confirmed_carries_its_mark(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.received(now, instrument="civil_subpoena")
    events.record_event(case_id=case.pk, rule="civil_objection", event_at=now, by=staff.analyst, now=now)
    assert ">unverified</span>" in page(as_ines, case).replace("</svg>", ">")


def test_who_moved_a_clock_and_why_stands_under_it(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.in_review(epoc(now, return_date=date(2026, 12, 20)), staff, now)
    clock = case.clocks.get(rule="return_date")
    clock_changes.extend_clock(
        clock_id=clock.pk, last_day=date(2026, 12, 23), reason="Osei gave us longer.", by=staff.paul, now=now
    )
    ids = [case.clocks.get(rule="epoc_answer").pk]
    questions.ask_agency(case_id=case.pk, text="Which?", pause_clocks=ids, by=staff.analyst, now=now)
    html = page(as_ines, case)
    assert "Extended through Wed 23 Dec 2026 on Mon 30 Nov 2026 by Paul Counsel: Osei gave us longer." in html
    assert "Suspended on Mon 30 Nov 2026 by Ana Analyst: a question to the agency" in html


def test_counsel_suspends_extends_and_lets_run_on_from_the_page(as_ines: Client, now: datetime) -> None:
    case = epoc(now)
    answer = f"/cases/{case.reference}/do/suspend-clock/1/"
    assert answer in page(as_ines, case)
    do(as_ines, case, "suspend-clock/1", 422)
    do(as_ines, case, "suspend-clock/1", reason="The certificate is unclear.")
    html = page(as_ines, case)
    assert answer not in html
    assert f"/cases/{case.reference}/do/resume-clock/1/" in html
    do(as_ines, case, "resume-clock/1", reason="It is clear.")
    assert "later than the present end" in do(
        as_ines, case, "extend-clock/1", 409, last_day="2026-12-10", reason="Granted."
    )
    do(as_ines, case, "extend-clock/1", last_day="2026-12-20", reason="Granted.")
    assert case.clocks.get(rule="epoc_answer").due_at == datetime.fromisoformat("2026-12-21T00:00:00-08:00")


def test_an_analyst_is_offered_no_change_of_a_clock(as_ana: Client, now: datetime) -> None:
    case = epoc(now)
    assert "extend-clock" not in page(as_ana, case)
    do(as_ana, case, "extend-clock/1", 403, last_day="2026-12-20", reason="Granted.")


def test_a_return_date_is_changed_and_its_clock_begins_anew(as_ana: Client, now: datetime) -> None:
    case = lives.received(now, return_date=date(2026, 12, 4))
    assert "already" in do(as_ana, case, "change-return-date", 409, return_date="2026-12-04")
    do(as_ana, case, "change-return-date", return_date="2026-12-18")
    assert lives.again(case).due_date == date(2026, 12, 18)


def test_an_authority_notified_later_is_recorded_once_and_for_such_requests_only(as_ana: Client, now: datetime) -> None:
    subpoena, case = lives.received(now), epoc(now)
    assert "authority-notified" not in page(as_ana, subpoena)
    assert "authority-notified" in page(as_ana, case)
    do(as_ana, case, "authority-notified")
    assert case.clocks.get(rule="epoc_answer_notified").not_before_at
    assert "authority-notified" not in page(as_ana, case)
    assert "on record already" in do(as_ana, case, "authority-notified", 409)


def test_an_order_that_came_in_time_ends_the_limit_of_the_emergency(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = lives.received(now, instrument="us_pen_register", asked=["traffic"])
    for rule in ("pen_trap_emergency_order", "pen_trap_end"):
        events.record_event(case_id=case.pk, rule=rule, event_at=now, by=staff.ines, now=now)
    html = page(as_ines, case)
    assert f"/cases/{case.reference}/do/confirm-in-time/1/" in html
    assert f"/cases/{case.reference}/do/confirm-in-time/2/" not in html
    late = (now + timedelta(hours=49)).isoformat()
    assert "too late" in do(as_ines, case, "confirm-in-time/1", 409, confirmed_at=late)
    do(as_ines, case, "confirm-in-time/1", confirmed_at=(now + timedelta(hours=40)).isoformat())
    assert case.clocks.get(rule="pen_trap_emergency_order").state == ClockState.VOID


def test_moved_clocks_cost_the_page_no_query_more(
    staff: Staff, as_ines: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = epoc(now, return_date=date(2026, 12, 20))
    for clock in case.clocks.all():
        clock_changes.suspend_clock(clock_id=clock.pk, reason="Unclear.", by=staff.ines, now=now)
        clock_changes.resume_clock(clock_id=clock.pk, reason="Clear.", by=staff.paul, now=now)
    with django_assert_max_num_queries(20):
        page(as_ines, case)
