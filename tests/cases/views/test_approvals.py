"""The second person's pages: exactly what would be done, to approve or decline as it was read."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Compartment, CompartmentMembership, User
from cases.actions import conflict, ending, withholding
from cases.actions.conflict import Finding
from cases.actions.expiry import expire_approvals
from cases.models import Approval, Case
from cases.states import ApprovalKind, ApprovalState, CaseState
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.views.conftest import As
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=30)


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


@pytest.fixture
def as_paul(signed_in: As, paul: User) -> Client:
    return signed_in(paul)


@pytest.fixture
def proposed(staff: Staff, now: datetime) -> Approval:
    """Ines proposes to answer; the window is over."""
    case = lives.notified(lives.received(now - LONG_AGO), staff, now - LONG_AGO)
    return lives.answer_proposed(case, staff, now)


def address(approval: Approval) -> str:
    return f"/cases/{approval.case.reference}/approvals/{approval.digest}/"


def decide(client: Client, approval: Approval, decision: str, status: int = 302, reason: str = "Seen.") -> str:
    response = client.post(address(approval), {"decision": decision, "reason": reason})
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def state_of(approval: Approval) -> str:
    return Approval.objects.get(pk=approval.pk).state


def test_the_inbox_shows_what_others_proposed_and_apart_from_it_one_s_own(
    proposed: Approval, as_ines: Client, as_paul: Client
) -> None:
    theirs, own = (client.get("/approvals/").content.decode() for client in (as_paul, as_ines))
    assert faults_of_source(theirs) == faults_of_source(own) == []
    for words in (
        proposed.case.reference,
        "Complete as authorised.",
        "Ines Counsel",
        "Subscriber",
        "Produced",
        "acct-",
    ):
        assert words in theirs
    assert 'value="approve"' in theirs
    assert 'value="approve"' not in own
    assert "Nothing waits for you" in own
    assert 'value="take_back"' in own


def test_approved_exactly_as_read_then_released_by_hand(proposed: Approval, as_ines: Client, as_paul: Client) -> None:
    decide(as_paul, proposed, "approve")
    assert state_of(proposed) == ApprovalState.APPROVED
    assert 'value="release"' in as_ines.get(f"/cases/{proposed.case.reference}/").content.decode()
    decide(as_ines, proposed, "release", reason="")
    assert lives.again(proposed.case).state == CaseState.ANSWERED
    assert "This case is in “Answered” now." in decide(as_ines, proposed, "release", 409)


def test_nobody_approves_their_own_proposal_nor_without_the_role(
    proposed: Approval, as_ines: Client, analyst: User, auditor: User, signed_in: As
) -> None:
    assert "You proposed this" in decide(as_ines, proposed, "approve", 403)
    assert "Only counsel" in decide(signed_in(analyst), proposed, "approve", 403)
    decide(signed_in(auditor), proposed, "approve", 403)
    assert state_of(proposed) == ApprovalState.PROPOSED


def test_a_decision_needs_a_reason(proposed: Approval, as_paul: Client) -> None:
    for decision in ("approve", "decline"):
        assert "Write your reason" in decide(as_paul, proposed, decision, 422, reason=" ")
    assert state_of(proposed) == ApprovalState.PROPOSED


def test_declined_and_taken_back_proposals_wait_no_more(
    proposed: Approval, as_ines: Client, as_paul: Client, staff: Staff, now: datetime
) -> None:
    decide(as_paul, proposed, "decline", reason="The file is missing.")
    assert state_of(proposed) == ApprovalState.DECLINED
    assert "no longer waits" in decide(as_paul, proposed, "approve", 409)
    again = lives.answer_proposed(proposed.case, staff, now)
    assert again.digest == proposed.digest
    assert "Only who proposed this" in decide(as_paul, again, "take_back", 403)
    decide(as_ines, again, "take_back")
    assert state_of(again) == ApprovalState.VOID


def test_what_changed_since_is_not_approved(proposed: Approval, as_paul: Client) -> None:
    proposed.case.targets.update(authorised=[])
    html = decide(as_paul, proposed, "approve", 409)
    assert "Something has changed since this was proposed." in html
    assert state_of(proposed) == ApprovalState.PROPOSED


def test_a_digest_that_nobody_proposed_is_no_page(proposed: Approval, as_paul: Client) -> None:
    path = address(proposed).replace(proposed.digest, "0" * 64)
    assert as_paul.get(path).status_code == as_paul.post(path, {"decision": "approve"}).status_code == 404
    assert as_paul.post(address(proposed), {"decision": "burn"}).status_code == 422


def test_each_kind_of_proposal_says_what_it_would_do(staff: Staff, as_paul: Client, now: datetime) -> None:
    _propose_everything(staff, now)
    html = as_paul.get("/approvals/").content.decode()
    for words in (
        "General Data Protection Regulation",
        "Content is left out.",
        "A child&#x27;s safety",
        "Wed 30 Dec 2026",
        "our error",
    ):
        assert words in html
    assert faults_of_source(html) == []


def _propose_everything(staff: Staff, now: datetime) -> None:
    disputed = lives.in_conflict_check(lives.received(now), staff, now)
    finding = Finding("comity_objection", "They live in Germany.", ("residence",), "DE", "gdpr_48", "Art. 48")
    conflict.assess(case_id=disputed.pk, finding=finding, by=staff.ines, now=now)
    conflict.propose_going_on(case_id=disputed.pk, reason="Content is left out.", by=staff.ines, now=now)
    pending = lives.notice_pending(lives.received(now), staff, now)
    withholding.propose_withholding(
        duty_id=pending.duties.get().pk,
        basis_code="child_safety",
        review_date=datetime(2026, 12, 30).date(),  # noqa: DTZ001 - a date
        reason="A child is in the house.",
        by=staff.ines,
        now=now,
    )
    ended = lives.rejected(lives.in_review(lives.received(now), staff, now), staff, now)
    ending.propose_reopening(case_id=ended.pk, because="our_error", reason="Wrong account.", by=staff.ines, now=now)


def test_the_inbox_costs_at_most_fifteen_queries_of_any_number(
    staff: Staff, as_paul: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        _propose_everything(staff, now)
    with django_assert_max_num_queries(15):
        html = as_paul.get("/approvals/").content.decode()
    assert "1 to 10 of 12" in html


def test_proposals_of_sealed_cases_show_to_members_only(
    proposed: Approval, as_paul: Client, paul: User, last_year: datetime
) -> None:
    compartment = Compartment.objects.get(code="national-security")
    Case.objects.filter(pk=proposed.case_id).update(compartment=compartment)
    assert "Nothing waits for you" in as_paul.get("/approvals/").content.decode()
    assert as_paul.get(address(proposed)).status_code == 404
    assert as_paul.post(address(proposed), {"decision": "approve", "reason": "x"}).status_code == 404
    CompartmentMembership.objects.create(user=paul, compartment=compartment, granted_at=last_year)
    assert proposed.case.reference in as_paul.get("/approvals/").content.decode()


def test_the_inbox_is_not_for_everyone(auditor: User, publisher: User, administrator: User, signed_in: As) -> None:
    for user in (auditor, publisher, administrator):
        assert signed_in(user).get("/approvals/").status_code == 403


def test_a_rejection_that_needs_a_second_person_is_carried_out_by_the_approval(
    staff: Staff, as_paul: Client, now: datetime
) -> None:
    case = lives.in_review(
        lives.received(now, instrument="eu_epoc", agency=lives.oseis_agency(now, country="DE")), staff, now
    )
    approval = ending.reject(case_id=case.pk, ground="overbroad", text="Too much.", by=staff.ines, now=now)
    assert approval is not None
    assert approval.kind == ApprovalKind.REJECT
    decide(as_paul, approval, "approve")
    assert lives.again(case).state == CaseState.REJECTED


def test_a_blocked_attempt_is_refused_in_words_and_stays_on_record(proposed: Approval, as_ines: Client) -> None:
    html = decide(as_ines, proposed, "approve", 403)
    assert "You proposed this: another person must approve it." in html
    entry = LedgerEntry.objects.filter(stream=proposed.case.stream).latest("seq")
    assert (entry.payload["kind"], entry.payload["because"]) == ("approval_blocked", "same_person")


def test_what_is_over_is_not_offered_and_not_done(
    proposed: Approval, as_paul: Client, paul: User, now: datetime
) -> None:
    Approval.objects.filter(pk=proposed.pk).update(expires_at=now)
    html = as_paul.get(address(proposed)).content.decode()
    assert "The time for this is over: it must be proposed again." in html
    assert 'value="approve"' not in html
    assert "Propose it again." in decide(as_paul, proposed, "approve", 409)
    Approval.objects.filter(pk=proposed.pk).update(state=ApprovalState.APPROVED, decided_by=paul)
    assert 'value="release"' not in as_paul.get(address(proposed)).content.decode()


def test_one_counsel_is_asked_and_finds_it_first(
    proposed: Approval, staff: Staff, as_ines: Client, as_paul: Client, now: datetime
) -> None:
    older = lives.notified(lives.received(now - LONG_AGO), staff, now - LONG_AGO)
    first = lives.answer_proposed(older, staff, now - timedelta(days=2))
    assert "Choose whom to ask." in decide(as_ines, proposed, "ask", 422)
    response = as_ines.post(address(proposed), {"decision": "ask", "asked": staff.paul.email})
    assert response.status_code == 302
    html = as_paul.get("/approvals/").content.decode()
    assert html.index(proposed.case.reference) < html.index(first.case.reference)
    assert html.count("You were asked to decide this") == 1
    assert faults_of_source(html) == []
    assert "Paul Counsel was asked to decide; any other counsel may." in as_ines.get("/approvals/").content.decode()


def test_only_who_proposed_it_or_was_asked_is_offered_to_ask(
    proposed: Approval, as_ines: Client, as_paul: Client
) -> None:
    theirs, own = (client.get(address(proposed)).content.decode() for client in (as_paul, as_ines))
    assert faults_of_source(own) == []
    assert 'value="ask"' in own
    assert "paul@provider.example" in own
    assert 'value="ask"' not in theirs


def test_the_inbox_shows_until_when_and_what_expired(
    proposed: Approval, staff: Staff, as_ines: Client, as_paul: Client, now: datetime
) -> None:
    assert "Decided and carried out by" in as_paul.get("/approvals/").content.decode()
    expire_approvals(now=now + timedelta(days=15))
    own, theirs = (client.get("/approvals/").content.decode() for client in (as_ines, as_paul))
    assert "<h2>Expired</h2>" in own
    assert proposed.case.reference in own
    assert "Expired on" in own
    assert "Mon 14 Dec 2026" in own
    assert proposed.case.reference not in theirs


def test_what_expired_and_was_asked_costs_no_query_more(
    staff: Staff, as_paul: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for at in (now - timedelta(days=20), now):
        _propose_everything(staff, at)
    Approval.objects.update(asked=staff.paul)
    expire_approvals(now=now)
    with django_assert_max_num_queries(15):
        html = as_paul.get("/approvals/").content.decode()
    assert html.count("You were asked to decide this") == 3
    assert "<h2>Expired</h2>" in html
