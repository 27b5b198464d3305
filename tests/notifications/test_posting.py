"""Letters on paper: printed once, posted on a day, counted when the days are over; nothing leaves against an order."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client

from accounts.models import Role
from cases.actions import letter_travel, letters
from cases.actions.changing import CaseNotFound, NotForYou
from cases.models import Letter, LetterKind, LetterState
from cases.states import CaseState, DutyState
from ledger.models import LedgerEntry
from notifications import paper
from notifications.actions import posting, printing
from notifications.actions.planning import plan_letters, plan_notices
from notifications.actions.sending import send_due
from notifications.actions.settling import correct_address, take_bounce
from notifications.actions.sweeping import sweep
from notifications.models import Message
from notifications.queries import needing
from notifications.states import AttemptOutcome, Because, MessageState, Way
from tests import lives
from tests.adversarial import sealed
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.post import ADDRESS, by_post, code_in, letter_by_post, on_paper, printed, words
from tests.notifications.scene import token_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fixed(now: datetime) -> Iterator[None]:
    cache.clear()
    if not paper.is_possible():
        pytest.fail("The library Pango is missing: run `make fonts` to install it.")
    with time_machine.travel(now, tick=False):
        yield


def post(message: Message, staff: Staff, now: datetime, *, on: date = TODAY, left_already: bool = False) -> None:
    posting.mark_posted(message, posted_on=on, left_already=left_already, by=staff.analyst, now=now)


def test_a_printed_notice_says_what_the_mail_says_with_the_address_and_the_code(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    said = words(printed(case, staff, now))
    for words_of_it in ("Carla Moreau 1 Main Street Portland, OR 97201", case.agency.name, case.reference, "1/"):
        assert words_of_it in said
    # Posted today it counts as delivered on 5 December in New York; ten days follow.
    assert "until the end of Tuesday 15 December 2026" in said
    message = on_paper(case)
    assert (message.state, message.attempts.get().through) == (MessageState.CLAIMED, "post")
    assert send_due(now=now + DAY) == 0
    assert sweep(now=now + DAY) == 0


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        pytest.param("Asia/Tokyo", datetime(2026, 12, 4, 14, 59, tzinfo=UTC), datetime(2026, 12, 4, 15, tzinfo=UTC)),
        pytest.param(
            "Pacific/Honolulu", datetime(2026, 12, 5, 9, 59, tzinfo=UTC), datetime(2026, 12, 5, 10, tzinfo=UTC)
        ),
    ],
)
def test_a_posted_notice_counts_when_its_days_are_over_where_its_customer_lives(
    zone: str, before: datetime, after: datetime, staff: Staff, now: datetime
) -> None:
    case = by_post(staff, now, timezone=zone)
    printed(case, staff, now)
    post(on_paper(case), staff, now)
    assert (posting.count_posted(now=before), case.duties.get().state) == (0, DutyState.PENDING)
    assert posting.count_posted(now=after) == 1
    assert posting.count_posted(now=after) == 0
    duty = case.duties.get()
    assert (duty.state, duty.delivered_at, duty.uncertain_at) == (DutyState.DELIVERED, after, None)
    assert lives.again(case).state == CaseState.CUSTOMER_NOTIFIED
    assert duty.window_ends_at
    assert duty.window_ends_at > after + 10 * DAY


def test_what_is_in_the_post_needs_nobody_until_the_clock_is_late(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    post(on_paper(case), staff, now)
    assert len(needing(staff.ines, now + 3 * DAY)) == 0
    assert len(needing(staff.ines, now + 9 * DAY)) == 1
    assert plan_notices(now=now + 3 * DAY) == 0


def test_the_code_in_the_letter_opens_the_page_while_it_is_in_the_post(
    staff: Staff, now: datetime, client: Client
) -> None:
    case = by_post(staff, now)
    pdf = printed(case, staff, now)
    link = f"/notice/{token_in(words(pdf).replace(' ', ''))}/"
    assert client.get(f"{link}door/").status_code == 404, "nothing was posted yet"
    post(on_paper(case), staff, now)
    assert client.post(f"{link}door/", {"code": code_in(pdf)}).status_code == 302
    assert client.get(link).status_code == 200
    assert client.post(f"{link}object/", {"text": "no"}).status_code == 302
    duty = case.duties.get()
    assert (duty.state, duty.confirmed_at) == (DutyState.DELIVERED, now), "who answers has it"


def test_an_order_stops_what_is_printed_until_somebody_says_that_it_had_left(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    lives.brandts_order(case, staff, now)
    with pytest.raises(posting.MustNotLeave, match="an order"):
        post(on_paper(case), staff, now)
    assert on_paper(case).state == MessageState.CLAIMED
    post(on_paper(case), staff, now, left_already=True)
    duty = case.duties.get()
    assert (duty.state, duty.told_before, duty.posted_on) == (DutyState.WITHHELD, True, TODAY)
    assert posting.count_posted(now=now + 6 * DAY) == 1
    duty.refresh_from_db()
    assert (duty.state, duty.told_before) == (DutyState.WITHHELD, True)


def test_an_order_that_comes_while_it_is_in_the_post_finds_it_told_before(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    post(on_paper(case), staff, now)
    lives.brandts_order(case, staff, now)
    duty = case.duties.get()
    assert (duty.state, duty.told_before) == (DutyState.WITHHELD, True)


def test_an_order_before_printing_cancels_with_its_reason(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    lives.brandts_order(case, staff, now)
    done = printing.print_messages([on_paper(case)], again=False, by=staff.analyst, now=now)
    assert (done.sheets, [one.because for one in done.stopped]) == ([], [Because.SILENT])
    assert on_paper(case).state == MessageState.CANCELLED


def test_an_order_before_printing_again_cancels_too(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    lives.brandts_order(case, staff, now)
    done = printing.print_messages([on_paper(case)], again=True, by=staff.analyst, now=now)
    assert (done.sheets, on_paper(case).state) == ([], MessageState.CANCELLED)
    assert on_paper(case).attempts.get().outcome == AttemptOutcome.DEFERRED


def test_a_letter_to_an_authority_has_left_on_the_day_on_which_it_was_posted(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    letter = letter_by_post(case, staff, now, text="First.\n\nSecond <b>part</b>.")
    said = words(printed(case, staff, now))
    assert "County Police 2 High Street" in said
    assert "First. Second <b>part</b>." in said
    post(on_paper(case), staff, now + 2 * DAY, on=TODAY + DAY)
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert letter.sent_at == datetime(2026, 12, 1, 20, tzinfo=UTC), "noon in Los Angeles"
    assert letter.sent_how.startswith("Post: County Police")
    entry = LedgerEntry.objects.get(stream=case.stream, payload__kind="message_posted")
    assert "County" not in str(entry.payload)


def test_a_letter_that_was_taken_back_too_late_is_on_record_as_sent(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    letter = letter_by_post(case, staff, now)
    printed(case, staff, now)
    letter_travel.take_back_letter(letter_id=letter.pk, by=staff.ines, now=now)
    with pytest.raises(posting.MustNotLeave):
        post(on_paper(case), staff, now)
    post(on_paper(case), staff, now, left_already=True)
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT


@pytest.mark.parametrize("day", [TODAY - DAY, TODAY + 2 * DAY])
def test_nothing_is_posted_before_it_was_printed_or_in_the_future(day: date, staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    with pytest.raises(posting.WrongDay):
        post(on_paper(case), staff, now + DAY, on=day)


def test_what_was_not_posted_after_all_waits_again_and_keeps_its_attempt(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    printing.put_back(on_paper(case), by=staff.analyst, now=now)
    assert on_paper(case).state == MessageState.PLANNED
    printed(case, staff, now + DAY)
    outcomes = on_paper(case).attempts.values_list("outcome", flat=True)
    assert list(outcomes) == [AttemptOutcome.DEFERRED, None]


def test_printed_again_it_is_the_same_letter_on_another_attempt(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    first = printed(case, staff, now)
    again = printing.print_messages([on_paper(case)], again=True, by=staff.analyst, now=now)
    assert again.sheets == [first]
    assert on_paper(case).attempt_count == 2


def test_a_corrected_address_stops_the_old_envelope_and_the_way_is_chosen_anew(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    duty = case.duties.get()
    correct_address(duty_id=duty.pk, email="c@customer.example", postal="9 New Street", by=staff.analyst, now=now)
    with pytest.raises(posting.MustNotLeave, match="corrected"):
        post(on_paper(case), staff, now)
    printing.put_back(on_paper(case), by=staff.analyst, now=now)
    assert plan_notices(now=now) == 1
    assert send_due(now=now) == 1
    assert mailoutbox[0].to == ["c@customer.example"]


def test_a_postal_address_alone_makes_a_failed_notice_owed_by_post(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now, customers=[lives.carla(email="")]), staff, now)
    assert len(needing(staff.ines, now)) == 1
    correct_address(duty_id=case.duties.get().pk, postal=f"\n{ADDRESS}\n\n", by=staff.analyst, now=now)
    assert plan_notices(now=now) == 1
    assert on_paper(case).recipient == f"Carla Moreau\n{ADDRESS}"


def test_what_the_post_returned_is_owed_again_and_never_counts(staff: Staff, now: datetime) -> None:
    case = by_post(staff, now)
    printed(case, staff, now)
    post(on_paper(case), staff, now)
    take_bounce(message_id=on_paper(case).pk, by=staff.analyst, now=now)
    assert posting.count_posted(now=now + 9 * DAY) == 0
    duty = case.duties.get()
    assert (duty.state, duty.posted_on) == (DutyState.FAILED, None)


def test_only_analyst_and_counsel_who_may_know_of_the_case_print(
    staff: Staff, last_year: datetime, now: datetime
) -> None:
    case = by_post(staff, now)
    auditor = make_staff("Olga Auditor", Role.AUDITOR, since=last_year)
    with pytest.raises(NotForYou):
        printing.print_messages([on_paper(case)], again=False, by=auditor, now=now)
    north = sealed.compartment_of(staff, last_year)
    type(case).objects.filter(pk=case.pk).update(compartment=north)
    outsider = make_staff("Otto Outside", Role.ANALYST, Role.COUNSEL, since=last_year)
    for act in (
        lambda: printing.print_messages([on_paper(case)], again=False, by=outsider, now=now),
        lambda: printing.put_back(on_paper(case), by=outsider, now=now),
        lambda: posting.mark_posted(on_paper(case), posted_on=TODAY, left_already=True, by=outsider, now=now),
    ):
        with pytest.raises(CaseNotFound):
            act()


def test_a_print_that_ends_in_the_middle_leaves_nothing_stuck(
    staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [by_post(staff, now), by_post(staff, now)]
    drawn: Iterator[bytes | BaseException] = iter([b"%PDF", KeyboardInterrupt()])

    def die(*_args: object, **_named: object) -> bytes:
        one = next(drawn)
        if isinstance(one, BaseException):
            raise one
        return one

    with monkeypatch.context() as killed:
        killed.setattr(paper, "as_pdf", die)
        with pytest.raises(KeyboardInterrupt):
            printing.print_messages([on_paper(case) for case in cases], again=False, by=staff.analyst, now=now)
    assert [on_paper(case).state for case in cases] == [MessageState.CLAIMED, MessageState.PLANNED]
    assert not on_paper(cases[1]).attempts.exists()
    assert printing.print_messages([on_paper(cases[0])], again=True, by=staff.analyst, now=now).sheets
    assert printed(cases[1], staff, now)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_print_the_same_at_once_get_it_once(staff: Staff, now: datetime) -> None:
    message = on_paper(by_post(staff, now))

    def press(_number: int) -> int:
        try:
            return len(printing.print_messages([message], again=False, by=staff.analyst, now=now).sheets)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(press, range(4))) == 1
    assert message.attempts.count() == 1


def test_a_letter_by_mail_carries_the_same_on_paper(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = lives.in_review(
        lives.received(now, agency=lives.oseis_agency(now, email_domain="police.example")), staff, now
    )
    for _number in range(2):
        letter = letters.draft_letter(case, LetterKind.NARROWING, "Less, please.", by=staff.ines, now=now)
        letter_travel.release_letter(
            letter_id=letter.pk, way="email", recipient="osei@police.example", by=staff.ines, now=now
        )
        plan_letters(now=now)
        send_due(now=now)
        monkeypatch.setattr(paper, "is_possible", lambda: False)
    with_paper, without = mailoutbox
    ((name, content, kind),) = with_paper.attachments
    assert (name, kind) == (f"{case.reference}.pdf", "application/pdf")
    assert isinstance(content, bytes)
    said = words(content)
    assert "Less, please." in said
    assert f"{case.agency.name} osei@police.example" in said
    assert without.attachments == []
    assert Letter.objects.filter(case=case, state=LetterState.SENT).count() == 2
    assert not Message.objects.filter(way=Way.POST).exists()
