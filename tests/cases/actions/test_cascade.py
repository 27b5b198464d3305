"""A proven forgery flags every other request of the same sender: answered by nobody before a person looked."""

from datetime import datetime

import pytest

from accounts.models import Compartment
from cases.actions import ending, review, signals
from cases.actions.agencies import find_or_add_officer
from cases.actions.cascade import flag_sender
from cases.actions.changing import Refused
from cases.models import Agency, Approval, Case, FraudSignal, Officer
from cases.queries.forgeries import of_the_same_sender
from tests import lives
from tests.cases.actions.test_emergency import emergency, propose
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(now: datetime) -> Agency:
    return lives.oseis_agency(now, email_domain="ppb.example")


@pytest.fixture
def mallory(agency: Agency) -> Officer:
    found = find_or_add_officer(agency=agency, name="Mallory", email="osei@ppb.example")
    assert found
    return found


def forge(case: Case, staff: Staff, now: datetime) -> None:
    ending.reject(case_id=case.pk, ground="forged", text="The sheriff knows of no such case.", by=staff.ines, now=now)


def flagged() -> set[int]:
    return set(FraudSignal.objects.filter(code="forged_elsewhere").values_list("case_id", flat=True))


def test_every_other_request_of_the_agency_and_of_the_officer_is_flagged(
    agency: Agency, mallory: Officer, staff: Staff, now: datetime
) -> None:
    forged = lives.received(now, agency=agency, officer=mallory)
    same_agency = lives.received(now, agency=agency)
    elsewhere = lives.oseis_agency(now)
    alias = find_or_add_officer(agency=elsewhere, name="M. Osei", email="osei@ppb.example")
    same_officer = lives.verified(lives.received(now, agency=elsewhere, officer=alias), staff, now)
    stranger = lives.verified(lives.received(now), staff, now)
    forge(forged, staff, now)
    assert flagged() == {same_agency.pk, same_officer.pk}
    assert not lives.again(same_officer).agency.is_verified(now)
    assert lives.again(stranger).agency.is_verified(now)


def test_a_flagged_request_goes_no_further_before_a_person_looked(agency: Agency, staff: Staff, now: datetime) -> None:
    open_one = lives.verified(lives.received(now, agency=agency), staff, now)
    forge(lives.received(now, agency=agency), staff, now)
    lives.verified(open_one, staff, now)
    with pytest.raises(Refused, match="Look at 1 sign of fraud"):
        review.begin_review(case_id=open_one.pk, by=staff.analyst, now=now)
    signals.clear_signal(
        signal_id=open_one.fraud_signals.get().pk, note="The sheriff confirmed this one.", by=staff.analyst, now=now
    )
    review.begin_review(case_id=open_one.pk, by=staff.analyst, now=now)


def test_what_was_approved_for_release_falls(agency: Agency, staff: Staff, now: datetime) -> None:
    case = emergency(staff, now, agency=agency)
    approval = lives.approved(propose(case, staff, now), staff, now)
    forge(lives.received(now, agency=agency), staff, now)
    assert Approval.objects.get(pk=approval.pk).state == "void"
    with pytest.raises(Refused, match="Call the agency back"):
        propose(case, staff, now)


def test_a_sign_that_was_cleared_waits_anew_after_a_second_forgery(agency: Agency, staff: Staff, now: datetime) -> None:
    case = lives.received(now, agency=agency)
    forge(lives.received(now, agency=agency), staff, now)
    signals.clear_signal(signal_id=case.fraud_signals.get().pk, note="Checked.", by=staff.analyst, now=now)
    forge(lives.received(now, agency=agency), staff, now)
    assert case.fraud_signals.get().cleared_at is None


def test_a_sealed_forgery_tells_nobody_outside_its_compartment(agency: Agency, staff: Staff, now: datetime) -> None:
    sealed, beside = lives.received(now, agency=agency), lives.received(now, agency=agency)
    ordinary = lives.received(now, agency=agency)
    compartment = Compartment.objects.get(code="national-security")
    Case.objects.filter(pk__in=[sealed.pk, beside.pk]).update(compartment=compartment)
    lives.verified(ordinary, staff, now)
    flag_sender(lives.again(sealed), by=staff.ines, now=now)
    agency.refresh_from_db()
    assert agency.is_verified(now), "else its page would tell everybody that something sealed was forged"
    assert flagged() == {beside.pk}
    assert not ordinary.fraud_signals.exists()


def test_the_list_shows_a_person_only_what_they_may_know_of(agency: Agency, staff: Staff, now: datetime) -> None:
    forged, other, sealed = (lives.received(now, agency=agency) for _ in range(3))
    Case.objects.filter(pk=sealed.pk).update(compartment=Compartment.objects.get(code="national-security"))
    forge(forged, staff, now)
    assert flagged() == {other.pk, sealed.pk}
    assert [case.pk for case in of_the_same_sender(staff.ines, forged)] == [other.pk]
