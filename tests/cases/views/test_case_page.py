"""The page of a case: where it stands, what is missing, what this person may do, what is on record."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.models import Compartment, CompartmentMembership, Role, User
from cases.actions import objections
from cases.actions.changing import only
from cases.actions.matches import Found, record_matches
from cases.actions.nondisclosure import hold_notices
from cases.actions.review import set_emergency
from cases.models import Case, CaseDocument, NoticeDuty, Sighting, Target
from cases.states import CaseState, DutyState, TargetKind, TargetMatch
from cases.tally import recount
from tests import lives
from tests.cases.views.conftest import As
from tests.cases.views.states import MAKE
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff
from vault.actions import new_scope, store

pytestmark = pytest.mark.django_db

MANY = 2000


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(f"/cases/{case.reference}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def crowded(case: Case, number: int) -> None:
    """Give the case that many more targets, each of a customer of its own who is owed a notice."""
    customers = [lives.carla(country="DE") for _ in range(3)]
    duties = NoticeDuty.objects.bulk_create(
        NoticeDuty(case=case, customer=customers[n % 3], state=DutyState.PENDING) for n in range(number)
    )
    Target.objects.bulk_create(
        Target(
            case=case,
            kind=TargetKind.DOMAIN,
            value=f"shop{n}.example",
            customer=customers[n % 3],
            duty=duties[n],
            asked=["subscriber"],
        )
        for n in range(number)
    )
    Case.objects.filter(pk=case.pk).update(target_count=number + 1)


@pytest.mark.parametrize("state", MAKE)
def test_in_every_state_the_page_is_sound_and_costs_at_most_sixteen_queries(
    state: CaseState,
    staff: Staff,
    as_ines: Client,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case = MAKE[state](staff, now)
    with django_assert_max_num_queries(16):  # one of them for the figure beside the inbox
        html = page(as_ines, case)
    assert faults_of_source(html) == []
    assert case.get_state_display() in html


def test_thousands_of_targets_cost_no_more_queries_than_one(
    staff: Staff, as_ines: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = lives.notified(lives.received(now), staff, now)
    crowded(case, MANY)
    with django_assert_max_num_queries(20):
        html = page(as_ines, case)
    assert "1 to 25 of 2001" in html
    assert f"{MANY} notices are not settled yet" not in html  # that is asked in notice_pending, not here
    assert f"and {MANY + 1 - 50} more" in html
    assert "shop9.example" in html
    assert "shop1999.example" in page(as_ines, case, "?targets=81")
    found = page(as_ines, case, "?target=shop199")
    assert "shop1990.example" in found
    assert "shop2.example" not in found


@pytest.mark.parametrize(
    "query", ["?targets=x", "?targets=-3", "?targets=99999999999", "?targets=", "?target=%00", "?targets=²"]
)
def test_nonsense_in_the_address_is_left_out(query: str, as_ines: Client, now: datetime) -> None:
    page(as_ines, lives.received(now), query)


def test_the_page_says_what_the_next_step_lacks(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.received(now)
    assert "One thing is missing before legal review can begin" in page(as_ines, case)
    assert "Verify the agency, or set the emergency and state the danger." in page(as_ines, case)
    lives.verified(case, staff, now)
    assert "Nothing is missing: legal review can begin" in page(as_ines, case)


def test_what_a_person_may_not_do_stays_in_place_with_the_reason(staff: Staff, signed_in: As, now: datetime) -> None:
    case = lives.received(now)
    counsel, analyst = (page(signed_in(user), case) for user in (staff.ines, staff.analyst))
    assert "Only an analyst may do this." in counsel
    assert 'aria-describedby="why-begin-review"' in analyst
    assert "Only when the case is in: Customer notified, Notice withheld." in counsel
    assert f"/cases/{case.reference}/do/reject/" in counsel
    assert f"/cases/{case.reference}/do/reject/" not in analyst
    assert f"/cases/{case.reference}/do/set-emergency/" in analyst


def test_an_order_not_to_tell_shows_its_countdown_and_who_was_told_before(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = lives.notified(lives.received(now, customers=[lives.carla(name="Carla Moreau")]), staff, now)
    lives.brandts_order(case, staff, now, last_day=date(2026, 12, 9))
    html = page(as_ines, case)
    assert "Telling the customers is forbidden" in html
    assert "<b>10</b>" in html
    assert "Told before" in html
    assert "Carla Moreau" in html


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        pytest.param(lambda case, staff, now: _arrive(case, now), "Holds every notice", id="something arrived"),
        pytest.param(lambda case, staff, now: _danger(case, staff, now), "A child is held.", id="emergency"),
        pytest.param(lambda case, staff, now: _keep(case, staff, now), "warrant.txt", id="document"),
    ],
)
def test_the_page_shows(
    prepare: Callable[[Case, Staff, datetime], None], words: str, staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = lives.received(now, instrument="emergency_disclosure")
    prepare(case, staff, now)
    assert words in page(as_ines, case)


def _arrive(case: Case, now: datetime) -> None:
    hold_notices(case_id=case.pk, source="submission:1", because="target", now=now)


def _danger(case: Case, staff: Staff, now: datetime) -> None:
    set_emergency(
        case_id=case.pk,
        danger="A child is held.",
        data_to_danger="",
        follow_up_paper_date=None,
        by=staff.analyst,
        now=now,
    )


def _keep(case: Case, staff: Staff, now: datetime) -> None:
    document = store([b"Warrant."], scope=new_scope(now=now), name="warrant.txt", by_id=staff.ines.pk, now=now)
    CaseDocument.objects.create(case=case, document=document, role="process", added_at=now)


def test_an_objection_is_shown_with_what_can_be_done_about_it(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    duty = case.duties.get()
    objections.receive_objection(duty_id=duty.pk, text="I am a journalist.", now=now)
    html = page(as_ines, case)
    assert "I am a journalist." in html
    assert f"/cases/{case.reference}/do/decide-objection/1/" in html


def test_who_looks_is_noted_once(as_ines: Client, ines: User, now: datetime) -> None:
    case = lives.received(now)
    page(as_ines, case)
    assert "Ines Counsel" in page(as_ines, case)
    assert Sighting.objects.get(case=case).user == ines


def test_an_unknown_and_a_sealed_case_look_alike(signed_in: As, analyst: User, now: datetime) -> None:
    sealed = lives.received(now, instrument="us_nsl")
    client = signed_in(analyst)
    for path in (
        "",
        "do/begin-review/",
        "do/seal/",
        f"approvals/{'0' * 64}/",
        f"documents/{'0' * 8}-0000-4000-8000-{'0' * 12}/",
    ):
        known, unknown = (
            client.get(f"/cases/{reference}/{path}") for reference in (sealed.reference, "WD-2026-000000000")
        )
        assert known.status_code == unknown.status_code == 404
        assert known.content == unknown.content
    assert client.post(f"/cases/{sealed.reference}/do/begin-review/").status_code == 404


@pytest.mark.parametrize("path", ["", "do/assign/", "do/reject/", "do/begin-review/", f"approvals/{'0' * 64}/"])
def test_people_without_a_part_in_cases_are_refused(
    path: str, publisher: User, administrator: User, signed_in: As, now: datetime
) -> None:
    case = lives.received(now)
    for user in (publisher, administrator):
        response = signed_in(user).get(f"/cases/{case.reference}/{path}")
        assert response.status_code == 403
        assert "This page is for: Analyst, Counsel or Auditor." in response.content.decode()


def test_each_reason_why_something_cannot_be_done_stands_on_its_own_line(
    staff: Staff, signed_in: As, now: datetime
) -> None:
    html = page(signed_in(staff.ines), lives.in_conflict_check(lives.received(now), staff, now))
    why = html.partition('id="why-clear-conflict">')[2].partition("</div>")[0]
    reasons = re.findall(r"<li>(.+?)</li>", why)
    assert len(reasons) == 2
    assert all(reason.endswith(".") for reason in reasons)


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        pytest.param((Role.ANALYST,), "Only an analyst may do this.", id="one"),
        pytest.param((Role.COUNSEL,), "Only counsel may do this.", id="without an article"),
        pytest.param((Role.ANALYST, Role.COUNSEL), "Only an analyst or counsel may do this.", id="two"),
        pytest.param(tuple(Role)[:3], "Only an analyst, counsel or a publisher may do this.", id="three"),
    ],
)
def test_who_may_do_something_is_said_as_people_say_it(roles: tuple[Role, ...], said: str) -> None:
    assert only(roles) == said


def test_an_auditor_reads_and_changes_nothing(staff: Staff, auditor: User, signed_in: As, now: datetime) -> None:
    case = lives.verified(lives.received(now), staff, now)
    html = page(signed_in(auditor), case)
    assert "Only an analyst may do this." in html
    response = signed_in(auditor).post(f"/cases/{case.reference}/do/begin-review/")
    assert response.status_code == 403
    assert "Only an analyst may do this. Nothing was changed." in response.content.decode()
    assert lives.again(case).state == CaseState.RECEIVED


def test_a_visitor_is_sent_to_sign_in(client: Client, now: datetime) -> None:
    case = lives.received(now)
    for path in ("/", f"/cases/{case.reference}/", "/approvals/", f"/cases/{case.reference}/do/assign/"):
        assert client.get(path).headers["Location"].startswith("/sign-in/")


def test_a_document_goes_out_of_its_own_case_only(staff: Staff, as_ines: Client, now: datetime) -> None:
    case, other = lives.received(now), lives.received(now)
    _keep(case, staff, now)
    document = case.documents.get().document
    response = as_ines.get(f"/cases/{case.reference}/documents/{document.pk}/")
    assert b"".join(response) == b"Warrant."
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert as_ines.get(f"/cases/{other.reference}/documents/{document.pk}/").status_code == 404


def test_targets_without_a_customer_say_so_and_can_be_picked_out(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.received(now, customers=[lives.carla(), lives.carla()])
    nobodys = case.targets.first()
    assert nobodys
    case.targets.filter(pk=nobodys.pk).update(customer=None)
    record_matches(case_id=case.pk, found=[Found(nobodys.pk, TargetMatch.NOT_FOUND)], now=now)
    recount(case)
    others = case.targets.exclude(pk=nobodys.pk).get()
    table = page(as_ines, case, "?match=not_found").split("Targets and data")[1].split("</table>")[0]
    assert "No customer found" in table
    assert nobodys.value in table
    assert others.value not in table
    assert "No target is like this." in page(as_ines, case, "?match=several")
    assert others.value in page(as_ines, case, "?match=nonsense")


def test_a_sealed_case_says_that_the_directory_is_not_asked(
    as_ines: Client, ines: User, now: datetime, settings: Settings
) -> None:
    case = lives.received(now)
    said = "the customer directory is not asked about it"
    settings.WRITDESK = replace(settings.WRITDESK, directory_url="https://directory.example")
    assert said not in page(as_ines, case)
    compartment = Compartment.objects.create(code="grand-jury", name="Grand jury")
    CompartmentMembership.objects.create(user=ines, compartment=compartment, granted_at=now)
    Case.objects.filter(pk=case.pk).update(compartment=compartment)
    assert said in page(as_ines, case)
