"""The forms of the emergency and of fraud, and what the case page shows of them."""

import re
from datetime import datetime

import pytest
from django.test import Client

from cases.actions import deciding, productions, signals
from cases.models import Case
from tests import lives
from tests.cases.actions.test_emergency import emergency, propose
from tests.cases.views.conftest import As
from tests.cases.views.test_acts import do
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff

pytestmark = pytest.mark.django_db

CALL = {
    "number_called": "+1 503 555 0143",
    "number_source": "the county's directory",
    "evidence": "The desk sergeant confirmed it.",
    "second_verifier": "paul@provider.example",
}


@pytest.fixture
def as_ana(signed_in: As, staff: Staff) -> Client:
    return signed_in(staff.analyst)


@pytest.fixture
def as_ines(signed_in: As, staff: Staff) -> Client:
    return signed_in(staff.ines)


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    case = lives.received(now, instrument="emergency_disclosure")
    lives.state_danger(case, staff, now)
    return lives.again(case)


@pytest.fixture
def answered(staff: Staff, now: datetime) -> Case:
    case = emergency(staff, now)
    approval = lives.approved(propose(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    return lives.again(case)


def test_an_emergency_is_asked_what_its_answer_lacks(case: Case, as_ana: Client) -> None:
    html = as_ana.get(case.get_absolute_url()).content.decode()
    assert "2 things are missing before the emergency can be answered" in html
    assert "A second person, by name, must have verified the call." in html


def test_an_emergency_answered_at_once_has_taken_no_step_between(answered: Case, as_ana: Client) -> None:
    html = as_ana.get(answered.get_absolute_url()).content.decode()
    assert html.count('<li class="done">') == 1
    assert "Put off until Sun 31 Jan 2027" in html


def test_a_call_back_is_recorded_and_shown(case: Case, as_ana: Client) -> None:
    html = as_ana.get(f"/cases/{case.reference}/do/call-back/").content.decode()
    assert "Authenticated mail proves nothing" in html
    html = do(as_ana, case, "call-back", **CALL)
    assert faults_of_source(html) == []
    for words in ("Called back +1 503 555 0143", "the county&#x27;s directory", "Ana Analyst, Paul Counsel"):
        assert words in html


def test_a_number_that_stands_in_the_letter_is_refused_and_nothing_typed_is_lost(case: Case, as_ana: Client) -> None:
    html = do(as_ana, case, "call-back", 409, **CALL, numbers_in_request="503 555 0143")
    assert "found independently" in html
    assert "The desk sergeant confirmed it." in html
    assert not case.verifications.exists()


def test_the_paper_is_recorded_where_it_is_awaited(answered: Case, as_ana: Client) -> None:
    html = as_ana.get(f"/cases/{answered.reference}/").content.decode()
    assert f"/cases/{answered.reference}/do/record-paper/1/" in html
    assert faults_of_source(html) == []
    do(as_ana, answered, "record-paper/1", came="yes", note="The subpoena, by registered post.")
    assert answered.clocks.get(rule="follow_up_paper").state == "met"


def test_a_sign_is_shown_and_cleared(case: Case, as_ana: Client, now: datetime) -> None:
    signals.raise_signal(case, "free_mail", now=now, detail="gmail.com")
    html = as_ana.get(f"/cases/{case.reference}/").content.decode()
    for words in ("Written from a free mail address", "gmail.com", "Look at 1 sign of fraud."):
        assert words in html
    html = do(as_ana, case, "clear-signal/1", note="The sheriff's office has no mail of its own.")
    assert "Looked at" in html
    assert faults_of_source(html) == []


def test_a_fraud_is_proven_of_an_open_and_of_an_answered_case(
    answered: Case, as_ines: Client, staff: Staff, now: datetime
) -> None:
    open_one = lives.received(now)
    lives.brandts_order(open_one, staff, now)
    html = do(as_ines, open_one, "prove-forgery", reason="The sheriff knows of no such case.")
    assert "Proven to be a fraud" in html
    assert "do/void-orders" not in html, "it is proposed already"
    assert "Exactly this waits" in do(as_ines, open_one, "void-orders/1", 409, reason="The sheriff knows of no case.")
    (proposal,) = open_one.approvals.all()
    shown = as_ines.get(f"/cases/{open_one.reference}/approvals/{proposal.digest}/").content.decode()
    assert "18 USC 2705(b), D. Or., Mon 30 Nov 2026" in shown
    deciding.decline(approval_id=proposal.pk, decision="Not yet.", by=staff.paul, now=now)
    assert "do/void-orders/1/" in as_ines.get(open_one.get_absolute_url()).content.decode()

    html = do(as_ines, answered, "prove-forgery", reason="The sheriff knows of no such case.")
    assert "Another counsel decides" in html
    assert "do/deliver-by-hand/1/" in as_ines.get(answered.get_absolute_url()).content.decode()
    lives.approved(answered.approvals.get(kind="reopen"), staff, now)
    assert as_ines.get(f"/cases/{answered.reference}/do/deliver-by-hand/1/").status_code == 404
    html = as_ines.get(f"/cases/{answered.reference}/").content.decode()
    assert "do/deliver-by-hand" not in html, "a forger is handed nothing more"
    assert "GDPR Art. 33(1)" in html
    assert "Proven to be a fraud: nothing may leave, reject it" in html
    assert faults_of_source(html) == []
    do(as_ines, answered, "breach-dealt-with/1", notified="no", note="The data were public.")
    assert answered.clocks.get(rule="gdpr_breach_notification").state == "void"


def initial_letter(html: str) -> str:
    found = re.search(r'<textarea[^>]*name="letter"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    assert found
    return found[1].strip()


def test_the_letter_offered_to_a_forger_says_nothing(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.received(now, agency_reference="7 Js 12/26")
    offered = initial_letter(as_ines.get(f"/cases/{case.reference}/do/prove-forgery/").content.decode())
    assert offered.splitlines()[-1] == "We do not act on this request, and we give no further information about it."
    target = case.targets.select_related("customer").get()
    assert target.customer
    assert not any(word in offered for word in (target.value, target.customer.identifier, "fraud", "forge"))


def test_what_shows_a_forgery_stays_in_the_house(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.received(now)
    shows = "The sheriff knows of no such case."
    do(as_ines, case, "prove-forgery", reason=shows, letter="We do not act on this.")
    assert case.letters.get().text == "We do not act on this."
    assert case.fraud_signals.get(code="forged").note == shows


def test_a_forger_need_not_be_answered(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.received(now)
    do(as_ines, case, "prove-forgery", reason="The sheriff knows of no such case.", letter="")
    assert lives.again(case).state == "rejected"
    assert not case.letters.exists()


def test_of_a_case_that_ended_no_letter_is_asked_for(answered: Case, as_ines: Client) -> None:
    html = as_ines.get(f"/cases/{answered.reference}/do/prove-forgery/").content.decode()
    assert 'name="reason"' in html
    assert 'name="letter"' not in html


def test_a_rejection_says_which_of_its_texts_leaves(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.received(now)
    html = as_ines.get(f"/cases/{case.reference}/do/reject/").content.decode()
    assert "The letter, which leaves. Where the request is forged its forger reads it" in html
    do(as_ines, case, "reject", ground="forged", text="We do not act on this.", reason="The seal is another's.")
    assert case.letters.get().text == "We do not act on this."
    assert case.fraud_signals.get(code="forged").note == "The seal is another's."
