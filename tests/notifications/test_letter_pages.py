"""What staff see of letters on their way and do about them; nothing of a case that is not theirs to know."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.models import Compartment, Role, User
from cases.actions.agencies import revoke_all
from cases.actions.compartments import seal
from cases.models import Letter, LetterKind, LetterState
from ledger.models import LedgerEntry
from notifications.actions.events import Event, take_event
from notifications.actions.planning import plan_letters
from notifications.models import Message
from notifications.needy_letters import letters_needing
from notifications.states import EventKind
from tests import lives
from tests.adversarial.sealed import compartment_of
from tests.fixtures.mail import Sink
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.scene import (
    OSEI,
    Vanishing,
    again,
    draft,
    let_go,
    plan_and_send,
    post,
    ready_letter,
    with_osei,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def uncertain(staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Letter:
    """A letter of which nobody knows whether it arrived."""
    letter = ready_letter(staff, now)
    with monkeypatch.context() as wire:
        wire.setattr("notifications.actions.sending.opened", Vanishing)
        post(now)
    return again(letter)


@pytest.fixture
def sent(staff: Staff, now: datetime, smtp_sink: Sink) -> Letter:
    """A letter that left."""
    letter = ready_letter(staff, now)
    post(now)
    return again(letter)


def path(letter: Letter, what: str = "") -> str:
    return f"/notices/{letter.case.reference}/letters/1/{what}"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, address: str) -> str:
    response = signed_in(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_whither_it_went_through_what_and_what_was_reported(
    sent: Letter, auditor: User, now: datetime
) -> None:
    key = Message.objects.get().key
    for kind in (EventKind.DELAYED, EventKind.DELIVERED):
        take_event(Event("dsn", kind, kind, now, key=key), now=now)
    shown = page(auditor, path(sent))
    assert OSEI in shown
    for words in ("Dear Detective,", "Attempt 1", "Accepted by the relay", ">email<", "250", "Delayed", "dsn"):
        assert words in shown
    assert shown.count("Changed nothing") == 1


def test_a_notice_s_page_says_the_same(staff: Staff, now: datetime, smtp_sink: Sink, analyst: User) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    take_event(Event("dsn", "1", EventKind.DELIVERED, now, key=Message.objects.get().key), now=now)
    shown = page(analyst, f"/notices/{case.reference}/1/")
    for words in ("Attempt 1", ">email<", "dsn", "Delivered", "E-mail"):
        assert words in shown


def test_however_often_it_was_tried_the_page_asks_as_little(sent: Letter, analyst: User, now: datetime) -> None:
    client = signed_in(analyst)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path(sent)).status_code == 200
        return len(queries)

    client.get(path(sent))
    before = asked()
    message = Message.objects.get()
    for number in range(2, 12):
        message.attempts.create(number=number, started_at=now)
        take_event(Event("dsn", str(number), EventKind.DELAYED, now, key=message.key), now=now)
    assert asked() == before


@pytest.mark.parametrize(("arrived", "state"), [("yes", LetterState.SENT), ("no", LetterState.DRAFTED)])
def test_an_uncertain_letter_is_settled_by_a_person(
    arrived: str, state: LetterState, uncertain: Letter, staff: Staff, now: datetime
) -> None:
    assert "Did it arrive?" in page(staff.analyst, path(uncertain))
    with time_machine.travel(now + DAY, tick=False):
        signed_in(staff.analyst).post(path(uncertain, "settle/"), {"arrived": arrived})
    assert again(uncertain).state == state
    assert "Did it arrive?" not in page(staff.analyst, path(uncertain))


def test_settled_twice_the_second_is_told_so(uncertain: Letter, staff: Staff, now: datetime) -> None:
    for answer in ("no", "yes"):
        response = signed_in(staff.analyst).post(path(uncertain, "settle/"), {"arrived": answer}, follow=True)
    assert "Somebody has settled this already." in response.content.decode()
    assert again(uncertain).state == LetterState.DRAFTED


def test_an_answer_that_is_none_is_asked_for_again(uncertain: Letter, staff: Staff) -> None:
    assert signed_in(staff.analyst).post(path(uncertain, "settle/"), {}).status_code == 422
    assert again(uncertain).state == LetterState.READY


def test_a_letter_that_came_back_is_a_draft_again(sent: Letter, staff: Staff) -> None:
    assert "The letter came back" in page(staff.analyst, path(sent))
    signed_in(staff.analyst).post(path(sent, "came-back/"))
    assert again(sent).state == LetterState.DRAFTED
    assert again(sent).failed_at
    assert "The letter came back" not in page(staff.analyst, path(sent))


def test_an_auditor_looks_and_does_nothing(uncertain: Letter, auditor: User) -> None:
    assert "Did it arrive?" not in page(auditor, path(uncertain))
    for what in ("settle/", "came-back/"):
        assert signed_in(auditor).post(path(uncertain, what), {"arrived": "yes"}).status_code == 403
    assert again(uncertain).state == LetterState.READY


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.ADMINISTRATOR])
def test_the_pages_are_for_analyst_counsel_and_auditor(role: Role, sent: Letter, last_year: datetime) -> None:
    other = signed_in(make_staff("Petra Other", role, since=last_year))
    key = Message.objects.get().key
    for address in (path(sent), f"/notices/messages/{key}/"):
        assert other.get(address).status_code == 403
        assert Client().get(address).status_code == 302
    assert Client().post(path(sent, "settle/"), {"arrived": "yes"}).status_code == 302


@pytest.mark.parametrize("number", [0, 2, 999_999])
def test_a_letter_that_is_not_there_is_not_there(number: int, sent: Letter, analyst: User) -> None:
    client = signed_in(analyst)
    assert client.get(f"/notices/{sent.case.reference}/letters/{number}/").status_code == 404
    assert (
        client.post(f"/notices/{sent.case.reference}/letters/{number}/settle/", {"arrived": "yes"}).status_code == 404
    )


def test_by_the_key_of_a_message_one_comes_to_what_it_is_of(sent: Letter, staff: Staff, now: datetime) -> None:
    letter_key = Message.objects.get().key
    case = lives.notice_pending(lives.received(now, customers=[lives.carla(), lives.carla()]), staff, now)
    plan_and_send(now)
    client = signed_in(staff.analyst)
    assert client.get(f"/notices/messages/{letter_key}/").headers["Location"] == path(sent)
    latest = Message.objects.filter(case=case).latest("duty_id")
    assert client.get(f"/notices/messages/{latest.key}/").headers["Location"] == f"/notices/{case.reference}/2/"
    assert client.get(f"/notices/messages/{'0' * 32}/").status_code == 404


def test_of_a_sealed_case_nothing_is_there_for_others_and_every_look_is_on_record(
    sent: Letter, staff: Staff, now: datetime, last_year: datetime
) -> None:
    seal(case_id=sent.case_id, compartment=compartment_of(staff, last_year), by=staff.ines, now=now)
    otto = signed_in(make_staff("Otto Outside", *Role, since=last_year))
    key = Message.objects.get().key

    def written(client: Client, address: str) -> tuple[int, list[str]]:
        before = set(LedgerEntry.objects.values_list("pk", flat=True))
        status = client.get(address).status_code
        return status, [entry.payload["kind"] for entry in LedgerEntry.objects.exclude(pk__in=before)]

    for address in (path(sent), f"/notices/messages/{key}/"):
        assert written(otto, address) == (404, ["access_refused"])
    assert written(signed_in(staff.analyst), path(sent)) == (200, ["sealed_looked_at"])
    assert written(signed_in(staff.analyst), f"/notices/messages/{key}/") == (302, ["sealed_looked_at"])
    assert otto.post(path(sent, "came-back/")).status_code == 404
    assert again(sent).state == LetterState.SENT
    petra = signed_in(make_staff("Petra Publisher", Role.PUBLISHER, since=last_year))
    for address in (path(sent), f"/notices/messages/{key}/"):
        assert written(petra, address) == (403, ["access_refused"])


def needing(staff: Staff, now: datetime, sink: Sink) -> list[Letter]:
    """A letter that came back, one that waits since yesterday, one kept for want of proof; and others."""
    sink.replies["gone@osei.example"] = "550 no"
    failed = let_go(draft(with_osei(now), LetterKind.QUESTION, staff, now), staff, now, recipient="gone@osei.example")
    post(now)
    waiting = ready_letter(staff, now - DAY, LetterKind.QUESTION)
    waiting.case.is_held = True
    waiting.case.save(update_fields=["is_held"])
    unproven = ready_letter(staff, now, LetterKind.ANSWER)
    plan_letters(now=now)
    revoke_all(unproven.case.agency, by=staff.analyst, now=now)
    ready_letter(staff, now)
    post(now)
    draft(with_osei(now), LetterKind.QUESTION, staff, now)
    return [failed, waiting, unproven]


def test_letters_that_need_a_person_are_listed_counted_and_lead_to_their_page(
    uncertain: Letter, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    letters = [uncertain, *needing(staff, now, smtp_sink)]
    staff.analyst.forget_grants()
    assert len(letters_needing(staff.analyst, now)) == 4
    with time_machine.travel(now, tick=False):
        for address in ("/notices/", "/notices/?need=letters"):
            shown = page(staff.analyst, address)
            for letter in letters:
                assert path(letter) in shown
            assert shown.count("data-row") == 4
            assert "It is not proven any more who asks." in shown
        assert "data-row" not in page(staff.analyst, "/notices/?need=failed")


def test_where_no_letter_needs_anybody_it_says_so(analyst: User) -> None:
    assert "No letter needs you" in page(analyst, "/notices/")


def test_letters_of_a_case_in_a_compartment_show_to_its_members_only(
    uncertain: Letter, staff: Staff, now: datetime
) -> None:
    uncertain.case.compartment = Compartment.objects.create(code="circle", name="Circle")
    uncertain.case.save(update_fields=["compartment"])
    assert not letters_needing(staff.analyst, now)
    assert uncertain.case.reference not in page(staff.analyst, "/notices/")


def test_the_list_comes_in_pages_and_asks_as_little_for_many_as_for_one(
    staff: Staff, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = with_osei(now)
    for _number in range(26):
        draft(case, LetterKind.QUESTION, staff, now)
    client = signed_in(staff.analyst)
    client.get("/notices/")
    Letter.objects.filter(pk__in=case.letters.values("pk")[:1]).update(failed_at=now)
    with CaptureQueriesContext(connection) as one:
        client.get("/notices/")
    Letter.objects.update(failed_at=now)
    with django_assert_num_queries(len(one)):
        shown = client.get("/notices/").content.decode()
    assert "All 26 letters" in shown
    assert client.get("/notices/?need=letters&page=2").content.decode().count("data-row") == 1


def test_the_page_of_the_case_leads_to_a_letter_that_was_let_go(sent: Letter, staff: Staff, now: datetime) -> None:
    draft(sent.case, LetterKind.QUESTION, staff, now)
    shown = page(staff.analyst, sent.case.get_absolute_url())
    assert path(sent) in shown
    assert path(sent).replace("/1/", "/2/") not in shown


def test_where_mail_goes_to_files_the_outbox_shows_letters_too(
    staff: Staff, now: datetime, settings: Settings, tmp_path: str
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    letter = ready_letter(staff, now)
    post(now)
    shown = page(staff.analyst, "/notices/outbox/")
    assert letter.case.reference in shown
    assert "Question" in shown
    assert "Dear Detective," in page(staff.analyst, f"/notices/outbox/{Message.objects.get().key}/")
