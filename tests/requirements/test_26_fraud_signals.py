"""Requirement 26: first-contact agency, free mail, domain younger than a year, cited statute not of that jurisdiction,
reused document hash, more than N emergency requests a day of an agency: raise to level 2. A proven fraud cascades: all
requests by that identity are flagged, answered ones reopened on a person's decision, customers told.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Compartment
from cases.actions import ending, productions, review, signals
from cases.actions.agencies import find_or_add_agency
from cases.actions.changing import NotForYou, Refused
from cases.actions.domains import record_domain
from cases.models import Case, FraudSignal
from cases.queries import needs
from cases.states import ApprovalKind, DutyKind
from tests import lives
from tests.cases.actions.test_emergency import emergency, propose
from tests.config.shell.looking import faults_of_source
from tests.intake.sending import file, send
from tests.lives import Staff

pytestmark = pytest.mark.django_db

HASH = "a" * 64


def codes(case: Case) -> list[str]:
    return list(case.fraud_signals.order_by("pk").values_list("code", flat=True))


def note(case: Case, now: datetime, **seen: Any) -> list[str]:
    signals.note_signals(case, **({"text": "", "hashes": []} | seen), now=now)
    return codes(case)


@pytest.fixture
def known(now: datetime) -> Case:
    """A second request of an agency that is known here."""
    agency = lives.oseis_agency(now, email_domain="ppb.example")
    lives.received(now - timedelta(days=90), agency=agency)
    return lives.received(now, agency=agency)


def test_a_known_agency_s_ordinary_request_raises_nothing(known: Case, now: datetime) -> None:
    known.agency.domain_registered_date = date(2011, 5, 2)
    assert note(known, now, text="Under 18 U.S.C. 2703(c)(2) we ask.") == []


def test_first_contact(now: datetime) -> None:
    assert note(lives.received(now), now) == ["first_contact"]


def test_an_agency_that_was_verified_before_it_wrote_is_no_first_contact(staff: Staff, now: datetime) -> None:
    assert note(lives.verified(lives.received(now), staff, now), now) == []


def test_free_mail(now: datetime) -> None:
    agency = lives.oseis_agency(now, email_domain="gmail.com")
    assert note(lives.received(now, agency=agency), now) == ["first_contact", "free_mail"]


def test_a_young_domain_where_its_age_is_known(known: Case, now: datetime) -> None:
    known.agency.domain_registered_date = date(2026, 6, 1)
    assert note(known, now) == ["young_domain"]


def test_it_is_raised_too_where_somebody_looks_it_up_later(known: Case, staff: Staff, now: datetime) -> None:
    record_domain(agency=known.agency, registered_date=date(2026, 6, 1), by=staff.analyst, now=now)
    assert codes(known) == ["young_domain"]
    namesake = find_or_add_agency(name="Osei's office", country="US", kind="court", email_domain="PPB.example", now=now)
    assert note(lives.received(now, agency=namesake), now) == ["first_contact", "young_domain"]


@pytest.mark.parametrize(
    ("domain", "day"),
    [pytest.param("", date(2020, 1, 1), id="no domain"), pytest.param("ppb.example", date(2026, 12, 2), id="tomorrow")],
)
def test_no_domain_no_day_and_none_that_is_to_come(domain: str, day: date, staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, email_domain=domain)
    with pytest.raises(Refused):
        record_domain(agency=agency, registered_date=day, by=staff.analyst, now=now)


def test_a_statute_of_another_jurisdiction(known: Case, now: datetime) -> None:
    assert note(known, now, text="gemäß § 100j StPO") == ["foreign_statute"]
    assert known.fraud_signals.get().detail == "StPO"


def test_a_document_that_came_with_another_agency_s_request(known: Case, staff: Staff, now: datetime) -> None:
    lives.with_file(lives.received(now), staff, now, b"Subpoena")
    mine = lives.with_file(known, staff, now, b"Subpoena")
    assert note(known, now, hashes=[mine.document.sha256]) == ["reused_document"]


def test_the_same_agency_may_send_its_own_paper_twice(known: Case, staff: Staff, now: datetime) -> None:
    twice = lives.with_file(lives.received(now, agency=known.agency), staff, now, b"Subpoena")
    assert note(known, now, hashes=[twice.document.sha256]) == []


def test_more_emergencies_in_a_day_than_the_operator_thinks_usual(now: datetime, settings: Any) -> None:
    agency, most = lives.oseis_agency(now), settings.WRITDESK.emergencies_a_day
    lives.received(now - timedelta(days=90), agency=agency)
    for _ in range(most - 1):
        lives.received(now - timedelta(hours=23), instrument="emergency_disclosure", agency=agency)
    usual = lives.received(now, instrument="emergency_disclosure", agency=agency)
    assert note(usual, now) == []
    one_more = lives.received(now, instrument="emergency_disclosure", agency=agency)
    assert note(one_more, now) == ["many_emergencies"]
    tomorrow = lives.received(now + timedelta(days=2), instrument="emergency_disclosure", agency=agency)
    assert note(tomorrow, now) == []


def test_a_sealed_case_is_compared_with_nobody_outside(staff: Staff, now: datetime) -> None:
    """Neither that an agency wrote before nor that a paper came before may tell of a sealed case (invariant 6)."""
    agency = lives.oseis_agency(now)
    before, other = lives.received(now, agency=agency), lives.received(now)
    paper = lives.with_file(other, staff, now, b"Letter")
    compartment = Compartment.objects.get(code="national-security")
    Case.objects.filter(pk__in=[before.pk, other.pk]).update(compartment=compartment)
    assert note(lives.received(now, agency=agency), now, hashes=[paper.document.sha256]) == ["first_contact"]


def test_level_2_review_does_not_begin_before_a_person_cleared_each_sign(staff: Staff, now: datetime) -> None:
    case = lives.verified(lives.received(now), staff, now)
    signals.raise_signal(case, "free_mail", now=now, detail="gmail.com")
    signals.raise_signal(case, "reused_document", now=now)
    with pytest.raises(Refused, match="Look at 2 signs of fraud"):
        review.begin_review(case_id=case.pk, by=staff.analyst, now=now)
    first, second = case.fraud_signals.all()
    with pytest.raises(Refused, match="what you checked"):
        signals.clear_signal(signal_id=first.pk, note=" ", by=staff.analyst, now=now)
    signals.clear_signal(signal_id=first.pk, note="The county has no domain.", by=staff.analyst, now=now)
    with pytest.raises(Refused, match="Look at 1 sign of fraud"):
        review.begin_review(case_id=case.pk, by=staff.analyst, now=now)
    signals.clear_signal(signal_id=second.pk, note="A form of the State.", by=staff.ines, now=now)
    with pytest.raises(Refused, match="already"):
        signals.clear_signal(signal_id=second.pk, note="Again.", by=staff.ines, now=now)
    review.begin_review(case_id=case.pk, by=staff.analyst, now=now)


def test_no_emergency_is_answered_either(staff: Staff, now: datetime) -> None:
    case = emergency(staff, now)
    signals.raise_signal(case, "many_emergencies", now=now)
    with pytest.raises(Refused, match="Look at 1 sign of fraud"):
        propose(case, staff, now)


@pytest.mark.parametrize("kind", [ApprovalKind.ANSWER, ApprovalKind.PRODUCE_PART])
def test_nothing_else_is_answered_either(kind: ApprovalKind, staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    later = now + timedelta(days=15)
    signals.raise_signal(case, "forged_elsewhere", now=later)
    with pytest.raises(Refused, match="Look at 1 sign of fraud"):
        lives.answer_proposed(case, staff, later, kind=kind)
    signals.clear_signal(signal_id=case.fraud_signals.get().pk, note="Called.", by=staff.ines, now=later)
    lives.answer_proposed(case, staff, later, kind=kind)


def test_a_sign_that_comes_between_approval_and_release_stops_it(staff: Staff, now: datetime) -> None:
    case = emergency(staff, now)
    approval = lives.approved(propose(case, staff, now), staff, now)
    signals.raise_signal(case, "paper_never_came", now=now)
    with pytest.raises(Refused):
        productions.release(approval_id=approval.pk, by=staff.ines, now=now)


def test_what_is_proven_is_cleared_by_nobody(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    ending.reject(case_id=case.pk, ground="forged", text="Not genuine.", by=staff.ines, now=now)
    with pytest.raises(Refused, match="nobody can clear"):
        signals.clear_signal(signal_id=case.fraud_signals.get().pk, note="It was.", by=staff.ines, now=now)


def test_who_works_no_cases_clears_nothing(auditor: Any, staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    signals.raise_signal(case, "free_mail", now=now)
    with pytest.raises(NotForYou):
        signals.clear_signal(signal_id=case.fraud_signals.get().pk, note="x", by=auditor, now=now)


def test_they_are_seen_when_the_form_arrives(client: Client, staff: Staff, now: datetime) -> None:
    send(client, file(), message="In the name of § 100j StPO!", officer_email="osei@gmail.com")
    case = Case.objects.get()
    assert {"first_contact", "free_mail", "foreign_statute"} == set(codes(case))
    assert needs.cases(staff.analyst, "fraud", now=now) == {case.pk}


def test_a_proven_fraud_flags_the_sender_s_other_requests_and_the_page_lists_them(
    staff: Staff,
    client: Client,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    agency = lives.oseis_agency(now)
    forged, open_one = lives.received(now, agency=agency), lives.received(now, agency=agency)
    answered = emergency(staff, now, agency=agency)
    approval = lives.approved(propose(answered, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    ending.reject(case_id=forged.pk, ground="forged", text="Not genuine.", by=staff.ines, now=now)
    assert set(FraudSignal.objects.filter(cleared_at=None).values_list("case", flat=True)) == {open_one.pk, answered.pk}
    assert forged.duties.get().kind == DutyKind.FRAUD
    client.force_login(staff.ines)
    with django_assert_max_num_queries(16):
        html = client.get(f"/cases/{forged.reference}/").content.decode()
    assert faults_of_source(html) == []
    for case in (open_one, answered):
        assert f"Look at this too: {case.reference}" in html
    html = client.get(f"/cases/{open_one.reference}/").content.decode()
    assert "Level 2: a person must look" in html
    assert faults_of_source(html) == []
