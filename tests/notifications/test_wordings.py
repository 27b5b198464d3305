"""Counsel says a mail in other words, another counsel approves them, and what was sent keeps the words it had."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Role, User
from cases.actions.changing import NotForYou
from cases.actions.second_person import NotIndependent, NotWhatWasRead, SecondPersonRequired
from ledger.models import LedgerEntry
from notifications.actions import wordings
from notifications.catalogue import MAILS
from notifications.models import Message
from notifications.states import MessageState
from notifications.versions import broken, in_use
from notifications.wording_models import Wording, WordingState
from tests import lives
from tests.adversarial.racing import at_once
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.scene import messages_of, plan_and_send
from tests.notifications.wordings import GOOD, SUBJECT

pytestmark = pytest.mark.django_db
MAIL = "request_for_data"


def written(by: User, now: datetime, text: str = GOOD[MAIL], mail: str = MAIL, language: str = "en") -> Wording:
    return wordings.write(mail=mail, language=language, subject=SUBJECT, text=text, reason="Our words.", by=by, now=now)


def proposed(by: User, now: datetime, text: str = GOOD[MAIL], **fields: str) -> Wording:
    draft = written(by, now, text, **fields)
    wordings.propose(wording_id=draft.pk, by=by, now=now)
    return Wording.objects.get(pk=draft.pk)


def approved(staff: Staff, now: datetime, text: str = GOOD[MAIL], **fields: str) -> Wording:
    wording = proposed(staff.ines, now, text, **fields)
    wordings.approve(wording_id=wording.pk, digest=wording.digest, by=staff.paul, now=now)
    return Wording.objects.get(pk=wording.pk)


def test_another_counsel_puts_a_version_in_use_and_the_one_before_is_kept(staff: Staff, now: datetime) -> None:
    first = approved(staff, now)
    assert in_use(MAIL, "en") == first
    second = approved(staff, now + timedelta(hours=1), GOOD[MAIL].replace("Somebody asks", "An authority asks"))
    assert in_use(MAIL, "en") == second
    assert [one.state for one in Wording.objects.order_by("number")] == [WordingState.RETIRED, WordingState.APPROVED]
    assert Wording.objects.get(number=1).text == first.text
    assert in_use(MAIL, "fr") is None


def test_who_wrote_it_does_not_approve_it_under_another_account_either(staff: Staff, now: datetime) -> None:
    wording = proposed(staff.ines, now)
    other = make_staff("Inesita Counsel", Role.COUNSEL, since=now - timedelta(days=365))
    other.person = staff.ines.person
    other.save()
    for one in (staff.ines, other):
        with pytest.raises(SecondPersonRequired):
            wordings.approve(wording_id=wording.pk, digest=wording.digest, by=one, now=now)
    assert in_use(MAIL, "en") is None


def test_who_was_made_counsel_by_the_writer_a_moment_ago_does_not_approve(staff: Staff, now: datetime) -> None:
    wording = proposed(staff.ines, now)
    friend = make_staff("Fay Counsel", Role.COUNSEL, since=now - timedelta(hours=1), by=staff.ines)
    with pytest.raises(NotIndependent):
        wordings.approve(wording_id=wording.pk, digest=wording.digest, by=friend, now=now)


def test_an_analyst_changes_no_words(staff: Staff, now: datetime) -> None:
    with pytest.raises(NotForYou):
        written(staff.analyst, now)
    wording = proposed(staff.ines, now)
    for deed in (wordings.propose, wordings.retire):
        with pytest.raises(NotForYou):
            deed(wording_id=wording.pk, by=staff.analyst, now=now)
    with pytest.raises(NotForYou):
        wordings.approve(wording_id=wording.pk, digest=wording.digest, by=staff.analyst, now=now)


def test_a_draft_is_its_writers(staff: Staff, now: datetime) -> None:
    draft = written(staff.ines, now)
    with pytest.raises(NotForYou):
        wordings.propose(wording_id=draft.pk, by=staff.paul, now=now)
    with pytest.raises(wordings.MovedOn):
        wordings.approve(wording_id=draft.pk, digest=draft.digest, by=staff.paul, now=now)


def test_what_is_approved_is_what_was_read(staff: Staff, now: datetime) -> None:
    wording = proposed(staff.ines, now)
    with pytest.raises(NotWhatWasRead):
        wordings.approve(wording_id=wording.pk, digest="0" * 64, by=staff.paul, now=now)


def test_words_that_leave_something_out_are_not_even_kept(staff: Staff, now: datetime) -> None:
    with pytest.raises(wordings.NotUsable) as refused:
        written(staff.ines, now, GOOD[MAIL].replace("{{ window_until }}", "next week"))
    assert refused.value.problems == ["This mail must say, whatever the case: “window_until”."]
    assert not Wording.objects.exists()


def test_words_without_a_reason_and_words_that_change_nothing_are_refused(staff: Staff, now: datetime) -> None:
    with pytest.raises(wordings.NoReason):
        wordings.write(mail=MAIL, language="en", subject=SUBJECT, text=GOOD[MAIL], reason=" ", by=staff.ines, now=now)
    approved(staff, now)
    with pytest.raises(wordings.NothingNew):
        written(staff.ines, now, GOOD[MAIL].replace("\n", "\r\n"))


@pytest.mark.parametrize("field", ["subject", "text", "mail", "language", "digest"])
def test_no_statement_changes_the_words_that_somebody_proposed(field: str, staff: Staff, now: datetime) -> None:
    wording = proposed(staff.ines, now)
    with pytest.raises(DatabaseError, match="keeps its words"), transaction.atomic():
        Wording.objects.filter(pk=wording.pk).update(**{field: "x"})
    with pytest.raises(DatabaseError), transaction.atomic():
        wording.delete()


def test_the_database_knows_one_version_in_use_and_no_approval_of_ones_own(staff: Staff, now: datetime) -> None:
    approved(staff, now)
    second = proposed(staff.ines, now, GOOD[MAIL] + "\n\nMore.")
    rows = Wording.objects.filter(pk=second.pk)
    with pytest.raises(IntegrityError, match="one_wording_in_use"), transaction.atomic():
        rows.update(state="approved", approved_by=staff.paul, approved_at=now)
    Wording.objects.filter(number=1).update(state="retired")
    with pytest.raises(IntegrityError, match="wording_approved_by_another"), transaction.atomic():
        rows.update(state="approved", approved_by=staff.ines, approved_at=now)
    with pytest.raises(IntegrityError, match="wording_approved_by_somebody"), transaction.atomic():
        rows.update(state="approved")


@pytest.mark.django_db(transaction=True)
def test_two_versions_approved_at_once_leave_one_in_use(staff: Staff, now: datetime) -> None:
    ours = [proposed(staff.ines, now, f"{GOOD[MAIL]}\n\nVersion {number}.") for number in (1, 2)]
    errors = at_once(
        *(
            lambda one=one: wordings.approve(wording_id=one.pk, digest=one.digest, by=staff.paul, now=now)
            for one in ours
        )
    )
    assert errors == [None, None]
    states = sorted(Wording.objects.values_list("state", flat=True))
    assert states == [WordingState.APPROVED, WordingState.RETIRED]


@pytest.mark.django_db(transaction=True)
def test_one_version_approved_twice_at_once_is_approved_once(staff: Staff, now: datetime) -> None:
    one = proposed(staff.ines, now)
    petra = make_staff("Pia Counsel", Role.COUNSEL, since=now - timedelta(days=365))
    errors = at_once(
        *(
            lambda by=by: wordings.approve(wording_id=one.pk, digest=one.digest, by=by, now=now)
            for by in (staff.paul, petra)
        )
    )
    assert [type(error) for error in errors if error] == [wordings.MovedOn]


def test_every_step_is_in_the_ledger_and_no_word_of_it(staff: Staff, now: datetime) -> None:
    wording = approved(staff, now)
    wordings.retire(wording_id=wording.pk, by=staff.ines, now=now)
    entries = LedgerEntry.objects.filter(stream="wordings").order_by("seq")
    assert [(entry.payload["kind"], entry.payload["by"]) for entry in entries] == [
        ("wording_written", staff.ines.pk),
        ("wording_proposed", staff.ines.pk),
        ("wording_approved", staff.paul.pk),
        ("wording_retired", staff.ines.pk),
    ]
    assert {entry.payload["digest"] for entry in entries} == {wording.digest}
    assert "Somebody asks" not in str([entry.payload for entry in entries])


def told(case: object, mailoutbox: list[EmailMultiAlternatives]) -> str:
    return " ".join(str(mailoutbox[-1].body).split())


def test_a_notice_leaves_in_the_words_in_use_and_keeps_them(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    wording = approved(staff, now)
    agency = lives.oseis_agency(now, name="Osei & <Sons>\n- a point\n# a heading {{ law }}")
    case = lives.notice_pending(lives.received(now, agency=agency), staff, now)
    plan_and_send(now)
    (message,) = messages_of(case)
    assert message.wording == wording
    mail = mailoutbox[-1]
    assert mail.subject == f"Example Network: notice {case.reference}"
    assert "Somebody asks for your data" in mail.body
    # What an outsider calls itself is neither a list nor a heading, and no mark in it counts.
    assert "Osei & <Sons> - a point # a heading {{ law }}" in " ".join(str(mail.body).split())
    html = str(mail.alternatives[0][0])
    assert "Osei &amp; &lt;Sons&gt; - a point # a heading {{ law }}" in html
    assert "<h1>Somebody asks for your data</h1>" in html
    later = now + timedelta(hours=1)
    wordings.retire(wording_id=wording.pk, by=staff.ines, now=later)
    another = lives.notice_pending(lives.received(later), staff, later)
    plan_and_send(later)
    assert messages_of(another)[0].wording is None
    assert Message.objects.get(pk=message.pk).wording == wording
    entry = LedgerEntry.objects.get(stream=case.stream, payload__kind="message_attempted")
    assert entry.payload["wording"] == 1


def test_words_that_break_at_sending_give_way_to_the_built_in_ones_and_staff_see_it(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an upgrade by which a mail must state another fact."""
    wording = approved(staff, now)
    mail = MAILS[MAIL]
    monkeypatch.setitem(
        MAILS,
        MAIL,
        type(mail)(mail.name, mail.title, mail.whom, mail.basis, mail.needs | {"answer_from"}),
    )
    first = lives.notice_pending(lives.received(now), staff, now)
    second = lives.notice_pending(lives.received(now), staff, now)
    assert plan_and_send(now) == 2
    for case in (first, second):
        (message,) = messages_of(case)
        assert (message.state, message.wording) == (MessageState.SENT, None)
    assert "It rests on this law" in told(first, mailoutbox)
    assert [one.pk for one in broken()] == [wording.pk]
    assert LedgerEntry.objects.filter(payload__kind="wording_broke").count() == 1
