"""The staff's mails: at the hour each chose, at once where it cannot wait, at most once, and saying little."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.core.mail import EmailMultiAlternatives

from accounts.models import User
from cases.actions.compartments import seal
from cases.models import Case, InstallationHold, Sighting
from notifications.actions.alerting import recompute_alerts
from notifications.actions.inbox import take
from notifications.actions.staff_mails import plan_staff_mails, send_staff_mail, send_staff_mails
from notifications.models import Alert, StaffMail, StaffMailState, Telling
from notifications.transports import opened
from tests import lives
from tests.adversarial import sealed
from tests.adversarial.racing import at_once, while_it_waits
from tests.fixtures.mail import Sink
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.alerts.scene import DAY, HOUR, overdue, prefer, subjects, tick
from tests.notifications.scene import Vanishing

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def letters_to(user: User, outbox: list[EmailMultiAlternatives]) -> list[EmailMultiAlternatives]:
    return [letter for letter in outbox if letter.to == [user.email]]


def test_a_digest_goes_out_once_a_day_at_the_hour_and_in_the_zone_that_each_chose(
    staff: Staff, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    overdue(MONDAY, assignee=staff.analyst)
    User.objects.filter(pk=staff.analyst.pk).update(timezone="America/New_York")
    prefer(staff.analyst, digest_hour=9)
    left = [hour for hour in range(72) if tick(MONDAY + hour * HOUR)]
    mine = letters_to(staff.analyst, mailoutbox)
    assert subjects(mine) == ["Writdesk: 1 thing for you"] * 3
    assert {14, 38, 62} <= set(left), "nine o'clock in New York is two in the afternoon in UTC"


def test_no_digest_on_days_that_were_not_chosen_or_when_nothing_waits(
    staff: Staff, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = overdue(MONDAY, assignee=staff.analyst)
    prefer(staff.analyst, weekdays=[3])
    prefer(staff.ines, digest=False)
    tick(MONDAY + 12 * HOUR)
    take(alerts=[Alert.objects.get().pk], by=staff.analyst, now=MONDAY + 12 * HOUR)
    tick(MONDAY + DAY + 12 * HOUR)
    assert letters_to(staff.analyst, mailoutbox) == []
    assert letters_to(staff.paul, mailoutbox) == []
    assert not StaffMail.objects.filter(user=staff.ines, kind="digest").exists()
    assert StaffMail.objects.filter(user=staff.paul, state=StaffMailState.CANCELLED).count() == 2
    tick(MONDAY + 2 * DAY + 12 * HOUR)
    assert case.reference in letters_to(staff.analyst, mailoutbox)[0].body


def test_a_digest_that_was_slept_through_is_sent_later_on_its_day_and_never_after_it(
    staff: Staff, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    overdue(MONDAY, assignee=staff.analyst)
    tick(MONDAY + 22 * HOUR)
    tick(MONDAY + DAY + HOUR)
    assert len(letters_to(staff.analyst, mailoutbox)) == 1


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
@pytest.mark.parametrize("hour", [1, 2, 3])
def test_on_a_day_on_which_the_clocks_are_moved_there_is_one_digest(
    day: datetime, hour: int, staff: Staff, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    User.objects.filter(pk=staff.analyst.pk).update(timezone="Europe/Berlin")
    prefer(staff.analyst, digest_hour=hour, weekdays=[7])
    overdue(day, assignee=staff.analyst)
    for quarters in range(4 * 8):
        tick(day - HOUR + quarters * 15 * MINUTE)
    assert len([one for one in letters_to(staff.analyst, mailoutbox) if "urgent" not in one.subject]) == 1


def test_it_says_what_stands_when_it_is_sent_and_nothing_that_is_over_or_another_has(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    over, taken, stands = (overdue(now) for _ in range(3))
    recompute_alerts(now=now)
    plan_staff_mails(now=now)
    Alert.objects.filter(case=over).update(resolved_at=now, next_at=None)
    take(alerts=[Alert.objects.get(case=taken).pk], by=staff.ines, now=now)
    send_staff_mails(now=now)
    [mine] = letters_to(staff.analyst, mailoutbox)
    assert [case.reference in mine.body for case in (over, taken, stands)] == [False, False, True]
    [hers] = letters_to(staff.ines, mailoutbox)
    assert [case.reference in hers.body for case in (over, taken, stands)] == [False, True, True]


def test_it_names_reference_kind_day_and_link_and_no_customer_target_or_authority(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    customer = lives.carla(name="Carla Moreau", identifier="acct-carla", email="carla@customer.example")
    agency = lives.oseis_agency(now, name="Portland Police Bureau")
    case = lives.received(now, customers=[customer], agency=agency, return_date=now.date(), agency_reference="PPB-7")
    Case.objects.filter(pk=case.pk).update(assignee=staff.analyst)
    User.objects.filter(pk=staff.analyst.pk).update(language="fr", timezone="Asia/Tokyo")
    tick(now)
    [mine] = letters_to(staff.analyst, mailoutbox)
    html = str(mine.alternatives[0][0])
    assert mine.subject == "Writdesk : 1 point vous attend"
    assert "mar. 1 déc. 2026" in mine.body or "1 décembre 2026" in mine.body, (
        "midnight in Los Angeles is Tuesday in Tokyo"
    )
    assert f"/inbox/{case.reference}/1/" in mine.body
    for secret in ("Carla", "acct-carla", "carla@", "Portland", "Osei", "PPB-7"):
        assert secret not in str(mine.message())
        assert secret not in mine.body + html


def test_an_emergency_is_mailed_at_once_one_mail_for_all_that_came(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    at_night = MONDAY + 2 * HOUR
    cases = [lives.received(at_night, danger_claimed=True) for _ in range(3)]
    prefer(staff.paul, at_once=False)
    tick(at_night)
    assert subjects(letters_to(staff.analyst, mailoutbox)) == ["Writdesk: 3 urgent things for you"]
    assert all(case.reference in letters_to(staff.analyst, mailoutbox)[0].body for case in cases)
    assert letters_to(staff.paul, mailoutbox) == []
    tick(at_night + MINUTE)
    assert len(letters_to(staff.analyst, mailoutbox)) == 1


def test_what_came_up_is_mailed_at_once_and_administrators_learn_reference_and_kind_alone(
    staff: Staff, administrator: User, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = overdue(MONDAY + 9 * HOUR, assignee=staff.analyst)
    for hour in range(9, 22):
        tick(MONDAY + hour * HOUR)
    [hers] = letters_to(administrator, mailoutbox)
    assert f"- {case.reference}: Deadline passed\n" in hers.body
    assert f"/inbox/{case.reference}" not in hers.body
    assert "2026," not in hers.body
    assert "Nobody who was told before you" in hers.body
    assert [one.subject for one in letters_to(staff.paul, mailoutbox)] == ["Writdesk: 1 thing for you"]


def test_the_links_of_a_long_digest_are_bounded_and_the_rest_is_counted(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.alerts.mails.SHOWN", 2)
    for _ in range(5):
        overdue(now, assignee=staff.analyst)
    tick(now)
    [mine] = letters_to(staff.analyst, mailoutbox)
    assert mine.body.count("/inbox/WD-") == 2
    assert "And 3 more in your inbox" in mine.body


def test_a_held_installation_mails_nobody(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    overdue(now, assignee=staff.analyst)
    InstallationHold.objects.create(held_at=now, because="restored")
    assert tick(now) == 0
    assert Telling.objects.filter(user=staff.analyst).exists(), "the inbox shows it"
    assert mailoutbox == []


def test_who_left_the_house_gets_nothing_that_was_planned_before(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    overdue(now, assignee=staff.analyst)
    recompute_alerts(now=now)
    plan_staff_mails(now=now)
    User.objects.filter(pk=staff.analyst.pk).update(is_active=False)
    send_staff_mails(now=now)
    assert letters_to(staff.analyst, mailoutbox) == []


def test_a_mail_that_was_claimed_and_never_ended_is_left(staff: Staff, now: datetime) -> None:
    overdue(now, assignee=staff.analyst)
    recompute_alerts(now=now)
    plan_staff_mails(now=now)
    mail = StaffMail.objects.get(user=staff.analyst)
    wire = Vanishing()
    wire.taken.clear()
    for hours in range(3):
        send_staff_mail(mail.pk, carrier=wire, now=now + hours * HOUR)
    assert len(wire.taken) == 1
    assert StaffMail.objects.get(pk=mail.pk).state == StaffMailState.CLAIMED
    tick(now + DAY)
    assert StaffMail.objects.filter(user=staff.analyst, kind="digest", state=StaffMailState.SENT).count() == 1


def test_what_the_relay_puts_off_is_tried_again_and_what_it_refuses_is_not(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    overdue(now)
    smtp_sink.replies[staff.analyst.email] = "451 4.2.0 later"
    smtp_sink.replies[staff.ines.email] = "550 5.1.1 no such user"
    tick(now)
    states = dict(StaffMail.objects.filter(kind="digest").values_list("user__email", "state"))
    assert states[staff.analyst.email] == StaffMailState.PLANNED
    assert states[staff.ines.email] == StaffMailState.FAILED
    assert states[staff.paul.email] == StaffMailState.SENT
    del smtp_sink.replies[staff.analyst.email]
    tick(now + HOUR)
    assert StaffMail.objects.get(user=staff.analyst, kind="digest").state == StaffMailState.SENT
    tick(now + 2 * HOUR)
    assert [letter.recipients for letter in smtp_sink.letters].count([staff.analyst.email]) == 1


def test_what_is_put_off_for_half_a_day_is_given_up(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    overdue(now)
    smtp_sink.replies[staff.analyst.email] = "451 4.2.0 later"
    tick(now)
    for hours in range(1, 24):
        send_staff_mails(now=now + hours * HOUR)
    assert StaffMail.objects.get(user=staff.analyst).state == StaffMailState.FAILED


@pytest.mark.django_db(transaction=True)
def test_workers_that_send_at_once_hand_each_mail_over_once(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    for _ in range(3):
        overdue(now)
    recompute_alerts(now=now)
    plan_staff_mails(now=now)
    assert at_once(*[partial(send_staff_mails, now=now)] * 4) == [None] * 4
    assert sorted(letter.recipients for letter in smtp_sink.letters) == sorted(
        [user.email] for user in (staff.analyst, staff.ines, staff.paul)
    )


def test_who_was_mailed_of_a_case_is_listed_when_it_is_sealed(
    staff: Staff, last_year: datetime, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    otto = make_staff("Otto Outside", *["analyst", "counsel"], since=last_year)  # type: ignore[arg-type]
    compartment = sealed.compartment_of(staff, last_year)
    case = overdue(now, assignee=otto)
    tick(now)
    assert letters_to(otto, mailoutbox)
    assert otto in seal(case_id=case.pk, compartment=compartment, by=staff.ines, now=now)


@pytest.mark.django_db(transaction=True)
def test_a_case_that_is_being_sealed_while_a_digest_is_made_up_is_waited_for_and_left_out(
    staff: Staff, last_year: datetime, now: datetime, smtp_sink: Sink
) -> None:
    otto = make_staff("Otto Outside", *["analyst", "counsel"], since=last_year)  # type: ignore[arg-type]
    compartment = sealed.compartment_of(staff, last_year)
    case = overdue(now, assignee=otto)
    recompute_alerts(now=now)
    plan_staff_mails(now=now)
    mail = StaffMail.objects.get(user=otto)

    def send() -> None:
        with opened() as carrier:
            send_staff_mail(mail.pk, carrier=carrier, now=now)

    def hide() -> None:
        Case.objects.filter(pk=case.pk).update(compartment=compartment)

    assert while_it_waits(case, send, hide) is None
    assert smtp_sink.letters == []
    assert not Sighting.objects.filter(user=otto, case=case).exists()
