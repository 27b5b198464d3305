"""An alert stands as long as the fact that it tells of, and appears once."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from accounts.models import User
from cases.actions import objections, preservations, signals
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_uncertain
from cases.actions.letters import draft_letter
from cases.models import Case, Clock, Customer, LetterKind
from cases.states import ClockState
from notifications.actions.alerting import keep, recompute_alerts, statement
from notifications.alerts.conditions import conditions
from notifications.alerts.kinds import POLICIES, AlertKind
from notifications.alerts.places import place_of
from notifications.models import Alert
from tests import lives
from tests.lives import Staff
from tests.notifications.alerts.scene import DAY, HOUR, open_kinds, overdue, told_of

pytestmark = pytest.mark.django_db


def test_every_kind_has_a_policy_and_every_kind_of_a_case_its_condition() -> None:
    assert set(POLICIES) == set(AlertKind)
    assert set(conditions()) == set(AlertKind) - {AlertKind.CANARY}


def test_a_deadline_is_due_soon_until_it_passes_and_then_overdue(now: datetime, analyst: User) -> None:
    case = overdue(now, hours=-30)
    recompute_alerts(now=now)
    assert open_kinds(case) == ["due_soon"]
    recompute_alerts(now=now + 30 * HOUR)
    assert open_kinds(case) == ["overdue"]
    assert Alert.objects.get(kind="due_soon").resolved_at == now + 30 * HOUR


def test_on_a_friday_mondays_deadlines_are_due_soon(now: datetime, analyst: User) -> None:
    friday = now + 4 * DAY
    case = overdue(friday, hours=-80)
    recompute_alerts(now=friday)
    assert open_kinds(case) == ["due_soon"]


def test_a_clock_that_is_met_or_moved_resolves_its_alert_and_a_later_end_raises_it_anew(
    now: datetime, analyst: User
) -> None:
    case = overdue(now)
    recompute_alerts(now=now)
    Clock.objects.filter(case=case).update(due_at=now + 20 * DAY)
    recompute_alerts(now=now)
    assert open_kinds(case) == []
    recompute_alerts(now=now + 20 * DAY)
    assert open_kinds(case) == ["overdue"]
    Clock.objects.filter(case=case).update(state=ClockState.MET)
    recompute_alerts(now=now + 20 * DAY)
    assert open_kinds(case) == []
    assert Alert.objects.count() == 2


def test_a_clock_that_moves_a_little_moves_its_alert(now: datetime, analyst: User) -> None:
    case = overdue(now, hours=-5)
    recompute_alerts(now=now)
    Clock.objects.filter(case=case).update(due_at=now + 6 * HOUR)
    recompute_alerts(now=now)
    assert Alert.objects.get().due_at == now + 6 * HOUR


def test_looking_again_and_again_raises_nothing_twice(now: datetime, analyst: User) -> None:
    overdue(now)
    for minutes in range(5):
        recompute_alerts(now=now + timedelta(minutes=minutes))
    assert Alert.objects.count() == 1
    assert told_of(AlertKind.OVERDUE) == ["Ana"]


def test_a_case_that_an_import_holds_alerts_nobody(now: datetime, analyst: User) -> None:
    case = overdue(now)
    Case.objects.filter(pk=case.pk).update(is_held=True)
    recompute_alerts(now=now)
    assert open_kinds(case) == []


def test_an_approval_is_wanted_until_it_is_decided_or_expires(staff: Staff, now: datetime) -> None:
    case, later = lives.notified(lives.received(now), staff, now), now + 15 * DAY
    approval = lives.answer_proposed(case, staff, later)
    recompute_alerts(now=later)
    assert "approval" in open_kinds(case)
    assert told_of(AlertKind.APPROVAL) == ["Paul"]
    assert Alert.objects.get(kind="approval").due_at == approval.expires_at
    lives.approved(approval, staff, later)
    recompute_alerts(now=later)
    assert "approval" not in open_kinds(case)


def test_an_order_that_ends_within_a_week_is_told_through_its_last_day_in_the_courts_zone(
    staff: Staff, now: datetime
) -> None:
    case = lives.received(now)
    lives.brandts_order(case, staff, now, last_day=(now + 9 * DAY).date())
    recompute_alerts(now=now)
    assert "order_ending" not in open_kinds(case)
    recompute_alerts(now=now + 3 * DAY)
    assert "order_ending" in open_kinds(case)
    alert = Alert.objects.get(kind="order_ending")
    assert alert.due_at
    assert alert.due_at.isoformat() == "2026-12-10T08:00:00+00:00"
    recompute_alerts(now=alert.due_at - timedelta(seconds=1))
    assert "order_ending" in open_kinds(case)
    recompute_alerts(now=alert.due_at)
    assert "order_ending" not in open_kinds(case)


def test_a_notice_that_failed_is_doubtful_or_has_nobody_to_go_to(staff: Staff, now: datetime) -> None:
    failed = lives.notified(lives.received(now), staff, now)
    lives.fail(failed.duties.get(), now)
    doubtful = lives.notice_pending(lives.received(now), staff, now)
    record_uncertain(duty_id=doubtful.duties.get().pk, now=now)
    unreachable = lives.notice_pending(lives.received(now, customers=[lives.carla(email="")]), staff, now)
    recompute_alerts(now=now)
    assert "notice_failed" in open_kinds(failed)
    assert "notice_uncertain" in open_kinds(doubtful)
    assert "no_contact" in open_kinds(unreachable)
    Customer.objects.filter(email="").update(email="carla@customer.example")
    recompute_alerts(now=now)
    assert "no_contact" not in open_kinds(unreachable)


def test_a_sign_of_fraud_is_told_to_counsel_until_it_is_cleared(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    signals.raise_signal(case, "paper_never_came", now=now)
    recompute_alerts(now=now)
    assert "fraud" in open_kinds(case)
    assert set(told_of(AlertKind.FRAUD, case)) == {"Ines", "Paul"}
    for signal in case.fraud_signals.filter(cleared_at=None):
        signals.clear_signal(signal_id=signal.pk, note="The clerk confirmed it.", by=staff.ines, now=now)
    recompute_alerts(now=now)
    assert "fraud" not in open_kinds(case)


def test_a_preservation_is_told_before_it_ends_and_until_it_is_released(staff: Staff, now: datetime) -> None:
    case = lives.received(now, instrument="us_preservation")
    preservations.preserve(case_id=case.pk, rule="sca_preservation", confirmed=True, by=staff.analyst, now=now)
    recompute_alerts(now=now)
    assert "preservation" not in open_kinds(case)
    ends = case.preservations.get().ends_date
    assert ends
    near = datetime.combine(ends, datetime.min.time(), tzinfo=now.tzinfo) - 2 * DAY
    recompute_alerts(now=near)
    assert "preservation" in open_kinds(case)
    run_clocks(now=near + 9 * DAY)
    recompute_alerts(now=near + 9 * DAY)
    assert "preservation" in open_kinds(case)
    case.preservations.update(released_at=near)
    recompute_alerts(now=near + 9 * DAY)
    assert "preservation" not in open_kinds(case)


def test_an_objection_is_told_until_it_ends(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    objections.receive_objection(duty_id=case.duties.get().pk, text="No.", now=now)
    recompute_alerts(now=now)
    assert "objection" in open_kinds(case)
    objections.withdraw_objection(objection_id=case.duties.get().objections.get().pk, now=now)
    recompute_alerts(now=now)
    assert "objection" not in open_kinds(case)


def test_an_emergency_is_told_at_once_to_analysts_and_counsel_and_is_urgent(staff: Staff, now: datetime) -> None:
    claimed = lives.received(now, danger_claimed=True)
    quiet = lives.received(now)
    recompute_alerts(now=now)
    assert "emergency" in open_kinds(claimed)
    assert "emergency" not in open_kinds(quiet)
    assert Alert.objects.get(kind="emergency").is_urgent
    assert set(told_of(AlertKind.EMERGENCY)) == {"Ana", "Ines", "Paul"}
    lives.in_review(claimed, staff, now)
    recompute_alerts(now=now)
    assert "emergency" not in open_kinds(claimed)


def test_what_becomes_an_emergency_makes_its_other_alerts_urgent_and_their_wait_short(
    staff: Staff, now: datetime
) -> None:
    case = overdue(now, assignee=staff.analyst)
    recompute_alerts(now=now)
    assert not Alert.objects.get(kind="overdue").is_urgent
    lives.state_danger(case, staff, now)
    recompute_alerts(now=now)
    alert = Alert.objects.get(kind="overdue")
    assert alert.is_urgent
    assert alert.next_at == now + timedelta(minutes=30)


def test_what_another_app_keeps_is_raised_moved_and_resolved(now: datetime, publisher: User) -> None:
    keep(AlertKind.CANARY, {"canary:warrant": now + DAY}, now=now)
    keep(AlertKind.CANARY, {"canary:warrant": now + 2 * DAY}, now=now)
    recompute_alerts(now=now)
    alert = Alert.objects.get()
    assert (alert.due_at, alert.resolved_at) == (now + 2 * DAY, None)
    assert told_of(AlertKind.CANARY) == ["Petra"]
    keep(AlertKind.CANARY, {}, now=now)
    assert Alert.objects.get().resolved_at == now


@pytest.mark.parametrize("kind", list(conditions()))
def test_no_question_reads_a_table_from_end_to_end(kind: AlertKind, now: datetime, staff: Staff) -> None:
    """Each row is found by an index, its case by its key, whatever PostgreSQL thinks of how many there are."""
    lives.received(now)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, params = statement(kind, conditions()[kind], now)
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on cases" not in plan


def test_a_letter_that_came_back_or_of_which_nobody_knows(staff: Staff, now: datetime) -> None:
    failed, doubtful, sound = (lives.received(now) for _number in range(3))
    for case in (failed, doubtful, sound):
        draft_letter(case, LetterKind.QUESTION, "Which account?", by=staff.analyst, now=now)
    failed.letters.update(failed_at=now)
    doubtful.letters.update(state="ready", way="post", recipient="Court", released_at=now, uncertain_at=now)
    recompute_alerts(now=now)
    assert "letter" in open_kinds(failed)
    assert "letter" in open_kinds(doubtful)
    assert "letter" not in open_kinds(sound)
    alert = Alert.objects.get(kind="letter", case=failed)
    assert place_of(alert) == f"/notices/{failed.reference}/letters/1/"
    failed.letters.update(failed_at=None)
    recompute_alerts(now=now)
    assert "letter" not in open_kinds(failed)
