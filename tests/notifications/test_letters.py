"""A letter that was let go travels to the authority, once, and the case hears of it."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django.fixtures import Settings

from cases.actions.agencies import revoke_all
from cases.actions.ending import reject
from cases.actions.installation import hold_installation
from cases.actions.letter_travel import take_back_letter
from cases.models import Case, HoldReason, LetterKind, LetterState, LetterWay
from cases.rules.correspondence import TELLING
from ledger.models import LedgerEntry
from notifications.actions.claiming import claim
from notifications.actions.planning import plan_letters
from notifications.actions.sending import hand_over, send_due
from notifications.actions.settling import settle, take_bounce
from notifications.models import Message
from notifications.states import Because, MessageState
from notifications.transports import opened
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import DOMAIN, OSEI, Vanishing, again, draft, let_go, post, ready_letter, with_osei

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_a_letter_let_go_leaves_once_with_what_counsel_wrote(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    letter = ready_letter(staff, now)
    assert post(now) == 1
    assert post(now) == 0
    (mail,) = smtp_sink.letters
    assert mail.recipients == [OSEI]
    assert "Dear Detective," in smtp_sink.text()
    assert letter.case.reference in smtp_sink.text()
    letter = again(letter)
    assert (letter.state, letter.sent_at, letter.sent_how) == (LetterState.SENT, now, f"E-mail: {OSEI}")
    message = Message.objects.get()
    assert (message.state, message.template, message.attempts.get().through) == (MessageState.SENT, "letter", "email")


def test_what_happened_stands_in_the_ledger_without_an_address_or_a_word(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    letter = ready_letter(staff, now)
    post(now)
    payloads = list(
        LedgerEntry.objects.filter(stream=letter.case.stream).order_by("seq").values_list("payload", flat=True)
    )
    kinds = [payload["kind"] for payload in payloads]
    assert kinds[kinds.index("letter_released") :] == [
        "letter_released",
        "letter_message_planned",
        "letter_message_attempted",
        "letter_message_attempt_ended",
        "letter_sent",
    ]
    assert "osei" not in str(payloads).lower()
    assert "which day" not in str(payloads)


@pytest.mark.parametrize("kind", LetterKind.values)
def test_nothing_of_a_customer_stands_in_a_subject_whatever_the_letter_is(
    kind: str, staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    customer = lives.carla(name="Zoe Zulu", identifier="zulu-account", email="zulu@customer.example")
    case = lives.verified(with_osei(now, customers=[customer], agency_reference="ZULU-1"), staff, now)
    letter = draft(case, LetterKind(kind), staff, now)
    letter.text = "About Zoe Zulu\nzulu-account"
    letter.save()
    let_go(letter, staff, now)
    post(now)
    (mail,) = mailoutbox
    assert mail.subject == f"Your request: our reference {case.reference}"
    headers = str([value for name, value in mail.message().items() if name != "To"])
    assert "zulu" not in headers.lower()


def test_a_letter_in_plain_text_ends_no_frame_and_in_html_stands_as_text(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    letter = draft(with_osei(now), LetterKind.QUESTION, staff, now)
    letter.text = "<script>alert(1)</script> & {{ provider }} \u2028 end"
    letter.save()
    let_go(letter, staff, now)
    post(now)
    html = str(mailoutbox[0].alternatives[0][0])
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ provider }}" in html
    assert "<script>alert(1)</script> & {{ provider }}" in str(mailoutbox[0].body)


def test_taken_back_before_it_leaves_nothing_leaves(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    letter = ready_letter(staff, now)
    plan_letters(now=now)
    take_back_letter(letter_id=letter.pk, by=staff.analyst, now=now)
    assert send_due(now=now) == 0
    message = Message.objects.get()
    assert (message.state, message.because) == (MessageState.CANCELLED, Because.NOT_PENDING)
    assert again(letter).state == LetterState.DRAFTED


def test_taken_back_between_the_claim_and_the_first_byte_nothing_leaves(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = ready_letter(staff, now)
    plan_letters(now=now)
    parcel = claim(Message.objects.get().pk, now=now)
    take_back_letter(letter_id=letter.pk, by=staff.analyst, now=now)
    assert parcel
    with opened() as carrier:
        assert not hand_over(parcel, now=now, carrier=carrier)
    assert smtp_sink.letters == []
    assert Message.objects.get().state == MessageState.CANCELLED


def test_let_go_to_another_address_between_the_claim_and_the_first_byte_it_goes_to_the_new_one_alone(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = ready_letter(staff, now)
    plan_letters(now=now)
    parcel = claim(Message.objects.get().pk, now=now)
    take_back_letter(letter_id=letter.pk, by=staff.analyst, now=now)
    let_go(letter, staff, now, recipient=f"clerk@{DOMAIN}")
    assert parcel
    with opened() as carrier:
        assert not hand_over(parcel, now=now, carrier=carrier)
    assert smtp_sink.letters == []
    assert send_due(now=now + timedelta(minutes=1)) == 1
    assert [one.recipients for one in smtp_sink.letters] == [[f"clerk@{DOMAIN}"]]


def test_let_go_by_post_instead_the_planned_mail_does_not_leave(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    letter = ready_letter(staff, now)
    plan_letters(now=now)
    take_back_letter(letter_id=letter.pk, by=staff.analyst, now=now)
    let_go(letter, staff, now, way=LetterWay.POST, recipient="The clerk\n1 Court Street")
    assert send_due(now=now) == 0
    assert Message.objects.get().because == Because.NEW_ADDRESS
    assert post(now) == 0
    assert Message.objects.latest("id").way == "post"
    assert smtp_sink.letters == []


def test_refused_for_good_it_is_a_draft_again_and_a_person_s_work(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    smtp_sink.replies[OSEI] = "550 5.1.1 no such user"
    letter = ready_letter(staff, now)
    assert post(now) == 0
    letter = again(letter)
    assert (letter.state, letter.failed_at, letter.sent_at) == (LetterState.DRAFTED, now, None)
    assert Message.objects.get().because == Because.REFUSED
    assert post(now + DAY) == 0
    let_go(letter, staff, now + DAY, recipient=f"clerk@{DOMAIN}")
    assert post(now + DAY) == 1


def test_put_off_for_days_it_is_a_person_s_work(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    smtp_sink.replies[OSEI] = "451 later"
    letter = ready_letter(staff, now)
    post(now)
    assert again(letter).state == LetterState.READY
    send_due(now=now + 5 * DAY)
    assert Message.objects.get().because == Because.GAVE_UP
    assert (again(letter).state, again(letter).failed_at) == (LetterState.DRAFTED, now + 5 * DAY)


@pytest.mark.parametrize("arrived", [True, False])
def test_of_an_uncertain_letter_a_person_says_whether_it_arrived(
    arrived: bool,
    staff: Staff,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    letter = ready_letter(staff, now)
    with monkeypatch.context() as wire:
        wire.setattr("notifications.actions.sending.opened", Vanishing)
        post(now)
    assert (again(letter).state, again(letter).uncertain_at) == (LetterState.READY, now)
    for days in range(5):
        assert post(now + days * DAY) == 0
    settle(message_id=Message.objects.get().pk, arrived=arrived, by=staff.analyst, now=now + 5 * DAY)
    letter = again(letter)
    assert letter.uncertain_at is None
    assert (letter.state, letter.sent_at) == ((LetterState.SENT, now) if arrived else (LetterState.DRAFTED, None))
    assert post(now + 6 * DAY) == 0
    assert mailoutbox == []


def test_a_letter_that_came_back_is_a_draft_again(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    letter = ready_letter(staff, now)
    post(now)
    take_bounce(message_id=Message.objects.get().pk, by=staff.analyst, now=now + DAY)
    assert (again(letter).state, again(letter).failed_at) == (LetterState.DRAFTED, now + DAY)
    assert post(now + DAY) == 0


@pytest.mark.parametrize("is_planned", [False, True], ids=["before it is planned", "once it is planned"])
@pytest.mark.parametrize("kind", sorted(TELLING))
def test_proof_taken_back_before_it_leaves_keeps_it_here_for_a_person(
    kind: str, is_planned: bool, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = ready_letter(staff, now, LetterKind(kind))
    if is_planned:
        plan_letters(now=now)
    revoke_all(letter.case.agency, by=staff.analyst, now=now)
    assert post(now) == 0
    assert smtp_sink.letters == []
    assert again(letter).state == LetterState.READY
    assert [message.because for message in Message.objects.all()] == [Because.UNPROVEN] * is_planned
    lives.verified(letter.case, staff, now)
    assert post(now) == 1


def test_proof_taken_back_between_the_claim_and_the_first_byte_keeps_it_here(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = ready_letter(staff, now, LetterKind.ANSWER)
    plan_letters(now=now)
    parcel = claim(Message.objects.get().pk, now=now)
    revoke_all(letter.case.agency, by=staff.analyst, now=now)
    assert parcel
    with opened() as carrier:
        assert not hand_over(parcel, now=now, carrier=carrier)
    assert smtp_sink.letters == []
    assert Message.objects.get().because == Because.UNPROVEN


def test_a_domain_corrected_since_it_was_let_go_keeps_it_here(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    letter = ready_letter(staff, now)
    plan_letters(now=now)
    letter.case.agency.email_domain = "police.example"
    letter.case.agency.save()
    assert post(now) == 0
    assert smtp_sink.letters == []
    assert again(letter).state == LetterState.READY


def test_a_forged_request_is_answered_by_nothing_that_was_ready(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    letter = ready_letter(staff, now)
    plan_letters(now=now)
    reject(case_id=letter.case_id, ground="forged", text="It is forged.", by=staff.ines, now=now)
    assert post(now) == 0
    assert again(letter).state == LetterState.DROPPED
    assert smtp_sink.letters == []


@pytest.mark.parametrize("is_planned", [False, True], ids=["before it is planned", "once it is planned"])
def test_nothing_leaves_while_the_installation_is_held(
    is_planned: bool, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = ready_letter(staff, now)
    if is_planned:
        plan_letters(now=now)
    hold_installation(because=HoldReason.RESTORED, now=now)
    assert post(now) == 0
    assert smtp_sink.letters == []
    assert again(letter).state == LetterState.READY


@pytest.mark.parametrize("is_planned", [False, True], ids=["before it is planned", "once it is planned"])
def test_nothing_leaves_of_a_case_that_is_held(is_planned: bool, staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    letter = ready_letter(staff, now)
    if is_planned:
        plan_letters(now=now)
    Case.objects.filter(pk=letter.case_id).update(is_held=True)
    assert post(now) == 0
    assert smtp_sink.letters == []
    Case.objects.filter(pk=letter.case_id).update(is_held=False)
    assert post(now) == 1


def test_an_order_not_to_tell_a_customer_stops_no_letter_to_who_brought_it(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letter = ready_letter(staff, now)
    lives.brandts_order(letter.case, staff, now)
    assert post(now) == 1


def test_through_an_access_point_that_is_not_set_nothing_is_tried(
    staff: Staff, now: datetime, settings: Settings, smtp_sink: Sink
) -> None:
    letter = draft(with_osei(now, instrument="eu_epoc"), LetterKind.QUESTION, staff, now)
    letter.way, letter.recipient, letter.state = LetterWay.EEVIDENCE, "Court of Bonn", LetterState.READY
    letter.released_at = now
    letter.save()
    assert post(now) == 0
    assert Message.objects.count() == 0
    assert again(letter).state == LetterState.READY


def test_a_letter_leaves_in_the_language_of_the_authority_s_country(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    agency = lives.oseis_agency(now, country="FR", email_domain=DOMAIN)
    letter = draft(lives.received(now, agency=agency), LetterKind.QUESTION, staff, now)
    let_go(letter, staff, now)
    post(now)
    assert mailoutbox[0].extra_headers["Content-Language"] == "fr"
