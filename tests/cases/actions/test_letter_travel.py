"""A letter is let go, taken back, gone, come back: each by whom it is for, and to where it may go."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from accounts.models import User
from cases.actions import letters
from cases.actions.agencies import revoke_all
from cases.actions.changing import CaseNotFound, NotForYou, Refused, changing
from cases.actions.clocks import start_clock
from cases.actions.compartments import seal
from cases.actions.ending import reject
from cases.actions.letter_travel import (
    NotProven,
    WrongRecipient,
    letter_failed,
    letter_left,
    release_letter,
    take_back_letter,
)
from cases.models import Case, GovernmentNotice, Letter, LetterKind, LetterState, LetterWay
from cases.rules.correspondence import TELLING
from cases.states import ClockState
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial.sealed import compartment_of
from tests.lives import Staff
from tests.notifications.scene import OSEI, again, draft, let_go, ready_letter, with_osei

pytestmark = pytest.mark.django_db

CLOCK = "epoc_objection"


def kinds_of(case: Case) -> list[str]:
    return [entry.payload["kind"] for entry in LedgerEntry.objects.filter(stream=case.stream).order_by("seq")]


def test_a_letter_let_go_says_to_whom_by_whom_and_when(staff: Staff, now: datetime) -> None:
    letter = ready_letter(staff, now)
    assert (letter.state, letter.way, letter.recipient) == (LetterState.READY, LetterWay.EMAIL, OSEI)
    assert (letter.released_by, letter.released_at) == (staff.ines, now)
    assert kinds_of(letter.case)[-1] == "letter_released"
    assert OSEI not in str(list(LedgerEntry.objects.values_list("payload", flat=True)))


def test_a_letter_is_let_go_once(staff: Staff, now: datetime) -> None:
    letter = ready_letter(staff, now)
    with pytest.raises(Refused, match="no longer a draft"):
        let_go(letter, staff, now)


@pytest.mark.parametrize(
    "recipient",
    [
        pytest.param("detective@elsewhere.example", id="another domain"),
        pytest.param("detective@osei.example.evil.example", id="a domain that begins like it"),
        pytest.param(f"mallory@evil.example\nBcc: {OSEI}", id="a header of its own"),
        pytest.param(f"mallory@evil.example\r\nTo: {OSEI}", id="a header of its own, with a carriage return"),
        pytest.param(f"{OSEI}\nBcc: mallory@osei.example", id="a header after it"),
        pytest.param(f"mallory@evil.example, {OSEI}", id="two addresses"),
        pytest.param(f"mallory@evil.example>{OSEI}", id="an end within it"),
        pytest.param(f"Mallory <mallory@evil.example> {OSEI}", id="a name before it"),
        pytest.param(f"mallory@evil.example%00{OSEI}\x00@osei.example", id="a NUL"),
        pytest.param("@osei.example", id="nobody"),
        pytest.param("osei.example", id="a domain alone"),
        pytest.param("", id="nothing"),
    ],
)
def test_by_mail_it_goes_to_one_address_of_the_authority_s_own_domain(
    recipient: str, staff: Staff, now: datetime
) -> None:
    letter = draft(with_osei(now), LetterKind.QUESTION, staff, now)
    with pytest.raises(WrongRecipient):
        let_go(letter, staff, now, recipient=recipient)
    assert (again(letter).state, again(letter).recipient) == (LetterState.DRAFTED, "")


def test_by_mail_it_goes_nowhere_while_no_domain_of_the_authority_is_known(staff: Staff, now: datetime) -> None:
    letter = draft(lives.received(now), LetterKind.QUESTION, staff, now)
    with pytest.raises(WrongRecipient, match="No e-mail domain"):
        let_go(letter, staff, now)


def test_a_way_that_does_not_exist_is_none(staff: Staff, now: datetime) -> None:
    letter = draft(with_osei(now), LetterKind.QUESTION, staff, now)
    for way in ("", "pigeon", "messaging"):
        with pytest.raises(WrongRecipient, match="Choose how it goes"):
            release_letter(letter_id=letter.pk, way=way, recipient=OSEI, by=staff.ines, now=now)


def test_the_e_evidence_system_is_for_what_came_as_e_evidence_where_an_access_point_is_set(
    staff: Staff, now: datetime, settings: Settings
) -> None:
    subpoena = draft(with_osei(now), LetterKind.QUESTION, staff, now)
    epoc = draft(with_osei(now, instrument="eu_epoc"), LetterKind.QUESTION, staff, now)
    with pytest.raises(WrongRecipient, match="No access point"):
        let_go(epoc, staff, now, way=LetterWay.EEVIDENCE, recipient="Court of Bonn")
    settings.WRITDESK = replace(settings.WRITDESK, eevidence_url="https://point.example", eevidence_secret="s" * 32)
    with pytest.raises(WrongRecipient, match="Only what came as e-Evidence"):
        let_go(subpoena, staff, now, way=LetterWay.EEVIDENCE, recipient="Court of Bonn")
    assert let_go(epoc, staff, now, way=LetterWay.EEVIDENCE, recipient="Court of Bonn").state == LetterState.READY


@pytest.mark.parametrize("kind", sorted(TELLING))
def test_what_tells_of_a_customer_goes_to_a_proven_authority_only(kind: str, staff: Staff, now: datetime) -> None:
    case = with_osei(now)
    letter = draft(case, LetterKind(kind), staff, now)
    with pytest.raises(NotProven):
        let_go(letter, staff, now)
    lives.verified(case, staff, now)
    assert let_go(letter, staff, now).state == LetterState.READY


def test_a_call_back_by_two_for_this_case_is_proof_too_and_an_older_one_is_none(staff: Staff, now: datetime) -> None:
    case = with_osei(now, instrument="emergency_disclosure")
    letter = draft(case, LetterKind.ANSWER, staff, now)
    lives.called_back(case, staff, now)
    call = case.verifications.get(method="call_back")
    case.verifications.filter(pk=call.pk).update(verified_at=now - timedelta(days=1))
    with pytest.raises(NotProven):
        let_go(letter, staff, now)
    case.verifications.filter(pk=call.pk).update(verified_at=now)
    assert let_go(letter, staff, now).state == LetterState.READY


def test_the_proof_is_asked_at_the_moment_of_letting_go(staff: Staff, now: datetime) -> None:
    case = lives.verified(with_osei(now), staff, now)
    letter = draft(case, LetterKind.ANSWER, staff, now)
    revoke_all(case.agency, by=staff.analyst, now=now)
    with pytest.raises(NotProven):
        let_go(letter, staff, now)


def test_a_letter_is_let_go_and_taken_back_by_analyst_or_counsel(
    staff: Staff, now: datetime, auditor: User, publisher: User
) -> None:
    letter = draft(with_osei(now), LetterKind.QUESTION, staff, now)
    for stranger in (auditor, publisher):
        with pytest.raises((NotForYou, CaseNotFound)):
            release_letter(letter_id=letter.pk, way="email", recipient=OSEI, by=stranger, now=now)
    release_letter(letter_id=letter.pk, way="email", recipient=OSEI, by=staff.analyst, now=now)
    for stranger in (auditor, publisher):
        with pytest.raises((NotForYou, CaseNotFound)):
            take_back_letter(letter_id=letter.pk, by=stranger, now=now)
    take_back_letter(letter_id=letter.pk, by=staff.analyst, now=now)
    assert again(letter).state == LetterState.DRAFTED


def test_a_letter_of_a_sealed_case_is_let_go_and_taken_back_by_its_members_only(
    staff: Staff, now: datetime, last_year: datetime, administrator: User
) -> None:
    case = with_osei(now)
    letter = draft(case, LetterKind.QUESTION, staff, now)
    seal(case_id=case.pk, compartment=compartment_of(staff, last_year), by=staff.ines, now=now)
    with pytest.raises(CaseNotFound):
        release_letter(letter_id=letter.pk, way="email", recipient=OSEI, by=administrator, now=now)
    let_go(letter, staff, now)
    with pytest.raises(CaseNotFound):
        take_back_letter(letter_id=letter.pk, by=administrator, now=now)


def test_what_has_left_or_may_have_is_not_taken_back(staff: Staff, now: datetime) -> None:
    letter = ready_letter(staff, now)
    Letter.objects.filter(pk=letter.pk).update(uncertain_at=now)
    with pytest.raises(Refused, match="has left, or may have"):
        take_back_letter(letter_id=letter.pk, by=staff.ines, now=now)
    with pytest.raises(Refused, match="no longer a draft"):
        letters.drop_letter(letter_id=letter.pk, by=staff.ines, now=now)
    left(letter, now)
    with pytest.raises(Refused, match="has left, or may have"):
        take_back_letter(letter_id=letter.pk, by=staff.ines, now=now)


def left(letter: Letter, at: datetime) -> None:
    with changing(letter.case_id) as case:
        letter_left(case, again(letter), how=f"E-mail: {OSEI}", at=at, by=None, now=at)


def came_back(letter: Letter, at: datetime) -> None:
    with changing(letter.case_id) as case:
        letter_failed(case, again(letter), because="bounced", now=at)


def test_a_letter_that_left_meets_its_clock_and_one_that_came_back_lets_it_run_on(staff: Staff, now: datetime) -> None:
    case = with_osei(now, instrument="eu_epoc")
    clock = start_clock(case, CLOCK, event_at=now, now=now, by=None)
    due_at = clock.due_at
    letter = let_go(draft(case, LetterKind.QUESTION, staff, now, meets=CLOCK), staff, now)
    left(letter, now)
    clock.refresh_from_db()
    assert (clock.state, clock.settled_at) == (ClockState.MET, now)
    came_back(letter, now + timedelta(days=1))
    clock.refresh_from_db()
    assert (clock.state, clock.settled_at, clock.due_at) == (ClockState.RUNNING, None, due_at)
    assert kinds_of(case)[-2:] == ["clock_resumed", "letter_failed"]
    assert (again(letter).state, again(letter).failed_at) == (LetterState.DRAFTED, now + timedelta(days=1))


def test_a_letter_that_was_never_away_lets_no_clock_run_that_something_else_met(staff: Staff, now: datetime) -> None:
    case = with_osei(now, instrument="eu_epoc")
    clock = start_clock(case, CLOCK, event_at=now, now=now, by=None)
    letter = let_go(draft(case, LetterKind.QUESTION, staff, now, meets=CLOCK), staff, now)
    case.clocks.filter(pk=clock.pk).update(state=ClockState.MET, settled_at=now)
    came_back(letter, now)
    clock.refresh_from_db()
    assert clock.state == ClockState.MET


def test_a_letter_that_came_back_goes_again_once_a_person_says_so(staff: Staff, now: datetime) -> None:
    letter = ready_letter(staff, now)
    left(letter, now)
    came_back(letter, now)
    assert let_go(letter, staff, now, recipient=f"clerk@{OSEI.partition('@')[2]}").failed_at is None


def to_government(case: Case, staff: Staff, now: datetime) -> Letter:
    letter = draft(case, LetterKind.GOVERNMENT, staff, now)
    GovernmentNotice.objects.create(
        case=case,
        country="GB",
        authority="Home Office",
        reason="Its national.",
        letter=letter,
        decided_by=staff.ines,
        decided_at=now,
    )
    return letter


def test_a_word_to_a_foreign_government_is_let_go_by_counsel_alone_and_marks_its_notice(
    staff: Staff, now: datetime
) -> None:
    case = with_osei(now)
    letter = to_government(case, staff, now)
    with pytest.raises(NotForYou):
        release_letter(letter_id=letter.pk, way="email", recipient="desk@gov.example", by=staff.analyst, now=now)
    let_go(letter, staff, now, recipient="desk@gov.example")
    left(letter, now)
    notice = case.government_notices.get()
    assert (notice.sent_at, notice.sent_how) == (now, f"E-mail: {OSEI}")
    assert "government_notice_sent" in kinds_of(case)
    came_back(letter, now)
    assert case.government_notices.get().sent_at is None


def test_a_proven_forgery_drops_what_was_let_go_but_not_what_may_have_left(staff: Staff, now: datetime) -> None:
    case = with_osei(now)
    waiting = let_go(draft(case, LetterKind.QUESTION, staff, now), staff, now)
    doubtful = let_go(draft(case, LetterKind.QUESTION, staff, now), staff, now)
    demand = let_go(draft(case, LetterKind.RETURN_DEMAND, staff, now), staff, now)
    Letter.objects.filter(pk=doubtful.pk).update(uncertain_at=now)
    reject(case_id=case.pk, ground="forged", text="It is forged.", by=staff.ines, now=now)
    assert again(waiting).state == LetterState.DROPPED
    assert again(doubtful).state == again(demand).state == LetterState.READY


def test_a_letter_posted_in_time_met_its_clock_on_that_day(staff: Staff, now: datetime) -> None:
    case = with_osei(now, instrument="eu_epoc")
    clock = start_clock(case, CLOCK, event_at=now, now=now, by=None)
    letter = let_go(draft(case, LetterKind.QUESTION, staff, now, meets=CLOCK), staff, now)
    with changing(case.pk) as locked:
        letter_left(locked, again(letter), how="Post", at=now, by=staff.ines, now=now + timedelta(days=20))
    clock.refresh_from_db()
    assert (clock.state, clock.settled_at) == (ClockState.MET, now)
