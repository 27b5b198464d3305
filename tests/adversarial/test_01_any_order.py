"""Invariant 1, in any order. Random lives of a case, hour by hour, against what a careful person would keep in mind.

The machine keeps its own notes of who was told what and when, in the simplest words, and reads nothing of the guards'
own columns. Whatever it does, nothing may have left that the notes did not allow at that moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases.actions import nondisclosure, objections, productions, questions
from cases.actions.changing import CaseNotFound, Refused
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery, record_failure, try_again, waive_window
from cases.models import Approval, NoticeDuty, Objection, Production
from cases.states import ApprovalState, CaseState, DutyState, ObjectionState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
NOTICE_DAYS = 10  # the operator's policy, in calendar days
GRACE = timedelta(hours=48)


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=zone)


@dataclass
class Notes:
    """What one would write on the cover of the file."""

    told_at: datetime | None = None  # a notice is with the customer, for all we know
    days_from: datetime | None = None  # from when they could object to it
    is_confirmed: bool = False
    is_waived: bool = False
    silent_until: datetime | None = None  # the end of Judge Brandt's order; None: no order
    is_unseen: bool = False  # something arrived and nobody looked

    def is_silent(self, now: datetime) -> bool:
        return self.silent_until is not None and now < self.silent_until

    def may_leave(self, now: datetime) -> bool:
        if self.is_unseen:
            return False
        if self.told_at is None or self.days_from is None:
            return self.is_silent(now)
        if self.is_waived:
            return True
        last_day = self.days_from.astimezone(NEW_YORK).date() + timedelta(days=NOTICE_DAYS)
        in_grace = not self.is_confirmed and now < self.told_at + GRACE
        return now >= midnight_after(last_day, NEW_YORK) and not in_grace


@dataclass
class Desk:
    """The people, made once for all runs."""

    staff: Staff
    began_at: datetime
    released: int = 0  # how often something could leave: a run in which nothing ever could shows nothing


class Lives(RuleBasedStateMachine):
    """One case from notice_pending on, in the hands of a very busy office."""

    desk: Desk

    @initialize(is_told=st.booleans())
    def begin(self, is_told: bool) -> None:
        self.now = self.desk.began_at
        self.case = lives.notice_pending(lives.received(self.now), self.desk.staff, self.now)
        self.notes, self.arrived = Notes(), 0
        if is_told:
            self.the_notice_arrives(confirmed=True)

    # What time does.

    @rule(hours=st.sampled_from([1, 25, 24 * 11]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_clock_strikes(self) -> None:
        run_clocks(now=self.now)
        if self.notes.silent_until and not self.notes.is_silent(self.now):
            if self.notes.told_at and self.notes.days_from is None:
                self.notes.days_from = self.now  # told before the order: from now on they can object
            self.notes.silent_until = None

    # What becomes of the notice.

    @rule(confirmed=st.booleans())
    def the_notice_arrives(self, confirmed: bool) -> None:
        duty = self.duty()
        if duty.state not in (DutyState.PENDING, DutyState.WITHHELD) or (duty.delivered_at and not confirmed):
            return
        was_told = self.notes.told_at is not None
        if self.attempt(lambda: record_delivery(duty_id=duty.pk, at=self.now, now=self.now, confirmed=confirmed)):
            if was_told:
                self.notes.is_confirmed |= confirmed
                return
            self.notes.told_at, self.notes.is_confirmed = self.now, confirmed
            self.notes.days_from = None if duty.state == DutyState.WITHHELD else self.now

    @rule()
    def the_notice_bounces(self) -> None:
        if self.attempt(lambda: record_failure(duty_id=self.duty().pk, now=self.now, because="refused")):
            self.notes.told_at = self.notes.days_from = None
            self.notes.is_confirmed = self.notes.is_waived = False

    @rule()
    def somebody_corrects_the_address(self) -> None:
        self.attempt(lambda: try_again(duty_id=self.duty().pk, by=self.desk.staff.analyst, now=self.now))

    @rule()
    def the_customer_consents(self) -> None:
        if self.attempt(lambda: waive_window(duty_id=self.duty().pk, now=self.now)):
            self.notes.is_waived = True

    @rule()
    def the_customer_objects(self) -> None:
        self.attempt(lambda: objections.receive_objection(duty_id=self.duty().pk, text="No.", now=self.now))

    @rule()
    def the_customer_takes_it_back(self) -> None:
        for objection in Objection.objects.filter(duty__case=self.case, state=ObjectionState.OPEN):
            objections.withdraw_objection(objection_id=objection.pk, now=self.now)

    # What the courts and the agency do.

    @precondition(lambda self: self.notes.silent_until is None)
    @rule(days=st.integers(min_value=0, max_value=9))
    def an_order_arrives(self, days: int) -> None:
        last_day = self.now.date() + timedelta(days=days)
        if self.attempt(lambda: lives.brandts_order(self.case, self.desk.staff, self.now, last_day=last_day)):
            self.notes.silent_until = midnight_after(last_day, LOS_ANGELES)

    @precondition(lambda self: self.notes.silent_until is not None)
    @rule()
    def the_order_is_lifted(self) -> None:
        order = self.case.orders.last()
        assert order
        lift = nondisclosure.lift_order
        if self.attempt(lambda: lift(order_id=order.pk, reason="Lifted.", by=self.desk.staff.ines, now=self.now)):
            self.notes.silent_until = min(self.notes.silent_until or self.now, self.now)

    @rule()
    def something_arrives(self) -> None:
        self.arrived += 1
        nondisclosure.hold_notices(case_id=self.case.pk, source=f"post:{self.arrived}", because="thread", now=self.now)
        self.notes.is_unseen = True

    @rule()
    def somebody_looks(self) -> None:
        for hold in self.case.incoming_holds.filter(looked_at=None):
            nondisclosure.look_at_hold(hold_id=hold.pk, by=self.desk.staff.analyst, now=self.now)
        self.notes.is_unseen = False

    @rule(changed=st.booleans())
    def a_question_comes_back(self, changed: bool) -> None:
        by = self.desk.staff.ines
        ask, hear = questions.ask_agency, questions.agency_replied
        self.attempt(lambda: ask(case_id=self.case.pk, text="?", pause_clocks=[], by=by, now=self.now))
        self.attempt(lambda: hear(case_id=self.case.pk, reply="!", changes_request=changed, by=by, now=self.now))

    @rule()
    def the_review_is_done_again(self) -> None:
        if lives.again(self.case).state == CaseState.LEGAL_REVIEW:
            lives.pass_review(self.case, self.desk.staff, self.now)
            lives.clear(self.case, self.desk.staff, self.now)

    # What counsel do, and what they could do at every turn.

    @rule()
    def counsel_agree(self) -> None:
        """An approval stands from here on, for whatever happens next."""
        self.attempt(lambda: lives.answer_proposed(lives.again(self.case), self.desk.staff, self.now))
        for proposal in Approval.objects.filter(case=self.case, state=ApprovalState.PROPOSED):
            self.attempt(partial(lives.approved, proposal, self.desk.staff, self.now))

    @rule()
    def counsel_release(self) -> None:
        release = partial(productions.release, by=self.desk.staff.paul, now=self.now)
        for approval in Approval.objects.filter(case=self.case, state=ApprovalState.APPROVED):
            self.attempt(partial(release, approval_id=approval.pk))

    @rule()
    def everything_is_answered_and_reopened(self) -> None:
        if lives.again(self.case).state == CaseState.ANSWERED:
            lives.reopened(self.case, self.desk.staff, self.now)
            if self.notes.told_at and self.notes.days_from is None and not self.notes.is_silent(self.now):
                self.notes.days_from = self.now

    @invariant()
    def nothing_would_leave_that_must_not(self) -> None:
        if self.would_leave():
            self.desk.released += 1
            assert self.notes.may_leave(self.now), f"data could leave at {self.now:%c}: {self.notes}"
            assert not self.is_objected(), f"data could leave at {self.now:%c} in spite of an objection"

    def would_leave(self) -> bool:
        """Whether counsel, doing their utmost at this moment, would get anything out. It is undone."""
        with transaction.atomic():
            before = Production.objects.filter(case=self.case).count()
            self.counsel_release()
            self.counsel_agree()
            self.counsel_release()
            after = Production.objects.filter(case=self.case).count()
            transaction.set_rollback(True)
        return after > before

    def duty(self) -> NoticeDuty:
        return self.case.duties.select_related("order").get(kind="request")

    def is_objected(self) -> bool:
        return Objection.objects.filter(duty__case=self.case, state=ObjectionState.OPEN).exists()

    def attempt(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except (Refused, CaseNotFound):
            return False
        return True


def test_no_life_of_a_case_discloses_before_notice(staff: Staff, now: datetime) -> None:
    Lives.desk = Desk(staff, now)
    budget = settings(
        max_examples=14,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Lives, settings=budget)
    assert Lives.desk.released, "no life came as far as a release: the test shows nothing"
