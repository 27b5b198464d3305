"""Who is told of an alert, and who next: escalations over days, absences, assignments, people who leave."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import end_role
from accounts.models import Role, User
from cases.actions.compartments import assign
from cases.models import Case
from notifications.actions.alerting import recompute_alerts
from notifications.actions.inbox import give_back, see, take
from notifications.actions.staff_mails import plan_staff_mails
from notifications.alerts.kinds import AlertKind
from notifications.models import Alert, StaffMail, Telling
from tests import lives
from tests.adversarial import sealed
from tests.adversarial.racing import at_once
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.alerts.scene import DAY, HOUR, away, overdue, prefer, told_of

pytestmark = pytest.mark.django_db

OVERDUE = AlertKind.OVERDUE
ROUND = HOUR


def run(
    now: datetime, until: datetime, each: Callable[[datetime], object] = lambda now: recompute_alerts(now=now)
) -> None:
    """Let the clock do its work every hour."""
    while now <= until:
        each(now)
        now += ROUND


def test_over_a_week_nobody_acts_and_it_goes_from_one_to_the_next_up_to_the_administrators(
    staff: Staff, administrator: User, now: datetime
) -> None:
    case = overdue(now, assignee=staff.analyst)
    prefer(staff.analyst, deputy=staff.ines)
    told: dict[str, datetime] = {}
    moment = now
    while moment < now + 7 * DAY:
        recompute_alerts(now=moment)
        for name in told_of(OVERDUE, case):
            told.setdefault(name, moment)
        moment += ROUND
    assert told == {"Ana": now, "Ines": now + 4 * HOUR, "Paul": now + 8 * HOUR, "Ada": now + 12 * HOUR}
    alert = Alert.objects.get(kind=OVERDUE)
    assert (alert.next_at, Telling.objects.count()) == (None, 4)


def test_a_weekend_lets_nobody_be_told_of_what_is_not_urgent(staff: Staff, now: datetime) -> None:
    friday = now + 4 * DAY + 11 * HOUR + 8 * HOUR  # an hour before midnight in Los Angeles is Saturday in UTC
    case = overdue(friday, assignee=staff.analyst)
    run(friday, friday + 2 * DAY)
    assert told_of(OVERDUE, case) == ["Ana"]
    run(friday + 2 * DAY, friday + 2 * DAY + 4 * HOUR)
    assert set(told_of(OVERDUE, case)) == {"Ana", "Ines", "Paul"}


def test_what_is_urgent_goes_on_after_half_an_hour(staff: Staff, administrator: User, now: datetime) -> None:
    case = lives.received(now, danger_claimed=True)
    recompute_alerts(now=now)
    assert set(told_of(AlertKind.EMERGENCY)) == {"Ana", "Ines", "Paul"}
    recompute_alerts(now=now + timedelta(minutes=29))
    assert "Ada" not in told_of(AlertKind.EMERGENCY)
    recompute_alerts(now=now + timedelta(minutes=30))
    assert told_of(AlertKind.EMERGENCY, case)[-1] == "Ada"


@pytest.mark.parametrize("act", [see, take], ids=["sees it", "takes it"])
def test_when_somebody_looks_nobody_else_is_told(act: Callable[..., int], staff: Staff, now: datetime) -> None:
    case = overdue(now, assignee=staff.analyst)
    recompute_alerts(now=now)
    assert act(alerts=[Alert.objects.get().pk], by=staff.analyst, now=now + HOUR) == 1
    run(now + HOUR, now + 5 * DAY)
    assert told_of(OVERDUE, case) == ["Ana"]


def test_what_is_given_back_goes_on_to_the_next(staff: Staff, now: datetime) -> None:
    case = overdue(now, assignee=staff.analyst)
    recompute_alerts(now=now)
    alerts = [Alert.objects.get().pk]
    take(alerts=alerts, by=staff.analyst, now=now)
    assert give_back(alerts=alerts, by=staff.analyst, now=now + HOUR) == 1
    recompute_alerts(now=now + HOUR)
    assert set(told_of(OVERDUE, case)) == {"Ana", "Ines", "Paul"}


def test_nobody_marks_or_takes_what_they_were_not_told(staff: Staff, now: datetime) -> None:
    overdue(now, assignee=staff.analyst)
    recompute_alerts(now=now)
    assert take(alerts=[Alert.objects.get().pk], by=staff.paul, now=now) == 0
    assert Alert.objects.get().taken_by is None
    assert Alert.objects.get().next_at is not None


def test_when_who_took_it_loses_their_role_it_goes_on(
    staff: Staff, administrator: User, now: datetime, last_year: datetime
) -> None:
    overdue(now, assignee=staff.analyst)
    recompute_alerts(now=now)
    take(alerts=[Alert.objects.get().pk], by=staff.analyst, now=now)
    recompute_alerts(now=now + DAY)
    assert told_of(OVERDUE) == ["Ana"]
    end_role(user=staff.analyst, role=Role.ANALYST, by=administrator, at=now + DAY)
    recompute_alerts(now=now + DAY)
    assert {"Ines", "Paul"} <= set(told_of(OVERDUE))


def test_who_comes_when_nobody_was_there_is_told(now: datetime, last_year: datetime) -> None:
    overdue(now)
    recompute_alerts(now=now)
    assert told_of(OVERDUE) == []
    make_staff("Ana Analyst", Role.ANALYST, since=last_year)
    recompute_alerts(now=now + DAY)
    assert told_of(OVERDUE) == ["Ana"]


def test_who_gets_the_case_is_told_of_its_open_alerts(staff: Staff, now: datetime) -> None:
    case = overdue(now, assignee=staff.analyst)
    recompute_alerts(now=now)
    assign(case_id=case.pk, assignee=staff.paul, by=staff.analyst, now=now)
    recompute_alerts(now=now + ROUND)
    assert told_of(OVERDUE) == ["Ana", "Paul"]


def test_who_takes_an_alert_and_then_the_case_hears_nothing_more(staff: Staff, now: datetime) -> None:
    case = overdue(now)
    recompute_alerts(now=now)
    take(alerts=[Alert.objects.get().pk], by=staff.analyst, now=now)
    assign(case_id=case.pk, assignee=staff.analyst, by=staff.analyst, now=now)
    run(now, now + 2 * DAY)
    assert Alert.objects.get().next_at is None
    assert Alert.objects.get().circle == 1


def test_a_chain_of_absences_ends_with_who_is_there(staff: Staff, now: datetime) -> None:
    case = overdue(now, assignee=staff.analyst)
    away(staff.analyst, now, deputy=staff.ines)
    away(staff.ines, now, deputy=staff.paul)
    recompute_alerts(now=now)
    assert told_of(OVERDUE, case) == ["Paul"]


def test_an_absence_ends_with_its_last_day_in_the_persons_own_zone(staff: Staff, now: datetime) -> None:
    User.objects.filter(pk=staff.analyst.pk).update(timezone="Asia/Tokyo")
    away(staff.analyst, now, deputy=staff.ines, days=1)
    last_second = datetime.fromisoformat("2026-12-01T23:59:59+09:00")
    first_case = overdue(last_second, assignee=staff.analyst)
    recompute_alerts(now=last_second)
    assert told_of(OVERDUE, first_case) == ["Ines"]
    back = last_second + timedelta(seconds=1)
    second_case = overdue(back, assignee=staff.analyst)
    recompute_alerts(now=back)
    assert told_of(OVERDUE, second_case) == ["Ana"]


def test_a_deputy_who_may_not_know_of_a_sealed_case_is_not_told_of_it(
    staff: Staff, last_year: datetime, now: datetime, administrator: User
) -> None:
    compartment = sealed.compartment_of(staff, last_year)
    otto = make_staff("Otto Outside", Role.ANALYST, Role.COUNSEL, since=last_year)
    case = overdue(now, assignee=staff.analyst)
    Case.objects.filter(pk=case.pk).update(compartment=compartment)
    away(staff.analyst, now, deputy=otto)
    run(now, now + 3 * DAY)
    assert set(told_of(OVERDUE, case)) == {"Ana", "Ines", "Paul"}


def test_the_proposer_is_never_told_of_the_approval(staff: Staff, now: datetime) -> None:
    case, later = lives.notified(lives.received(now), staff, now), now + 15 * DAY
    Case.objects.filter(pk=case.pk).update(assignee=staff.ines)
    lives.answer_proposed(case, staff, later)
    run(later, later + 5 * DAY)
    assert set(told_of(AlertKind.APPROVAL)) == {"Paul", "Ada"}


@pytest.mark.django_db(transaction=True)
def test_schedulers_that_run_at_once_raise_each_alert_once_tell_each_person_once_and_plan_one_mail(
    staff: Staff, now: datetime
) -> None:
    for _ in range(3):
        lives.received(now, danger_claimed=True)

    def clock() -> None:
        recompute_alerts(now=now)
        plan_staff_mails(now=now)

    for _ in range(3):
        assert at_once(*[clock] * 4) == [None] * 4
    assert Alert.objects.filter(kind="emergency").count() == 3
    assert Telling.objects.filter(alert__kind="emergency").count() == 9
    planned = StaffMail.objects.exclude(user__name="Ada Administrator").values_list("user__name", "kind")
    assert sorted(planned) == [
        (name, kind) for name in ("Ana Analyst", "Ines Counsel", "Paul Counsel") for kind in ("digest", "urgent")
    ]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_take_at_once_both_get_an_answer_and_one_has_it(staff: Staff, now: datetime) -> None:
    for _ in range(5):
        overdue(now)
    recompute_alerts(now=now)
    keys = list(Alert.objects.values_list("pk", flat=True))
    deeds = [partial(take, alerts=keys, by=user, now=now) for user in (staff.analyst, staff.ines, staff.paul)]
    assert at_once(*deeds) == [None] * 3
    assert Alert.objects.filter(taken_by=None).count() == 0
    assert Alert.objects.values("taken_by").distinct().count() == 1


def test_the_job_asks_as_much_for_many_alerts_as_for_few(staff: Staff, now: datetime) -> None:
    asked = []
    for number in (2, 20):
        for _ in range(number):
            overdue(now)
        with CaptureQueriesContext(connection) as queries:
            recompute_alerts(now=now)
        asked.append(len(queries))
    assert asked[0] == asked[1] < 60
