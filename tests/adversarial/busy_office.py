"""A very busy office, a court, a relay and a few customers, who do whatever can be done to a case in any order."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from cases.actions import challenges, ending, nondisclosure, objections, questions, withholding
from cases.actions.challenges import NewChallenge
from cases.actions.changing import CaseNotFound, Refused
from cases.actions.clockwork import run_clocks
from cases.actions.duties import waive_window
from cases.actions.nondisclosure import ExtensionTooLate, NewOrder
from cases.models import (
    Approval,
    Case,
    ChallengeResult,
    ChallengeSubject,
    Forum,
    NondisclosureOrder,
    NoticeDuty,
    Objection,
)
from cases.states import ApprovalKind, ApprovalState, CaseState, DutyState, ObjectionState
from notifications.actions import settling
from notifications.actions.planning import plan_letters, plan_notices, plan_reminders
from notifications.actions.sending import send_due
from notifications.actions.sweeping import sweep
from notifications.models import Message
from notifications.states import MessageState
from tests import lives
from tests.adversarial.earliest import Mail, Notes, Order, Wire
from tests.lives import Staff

ZONES = ("America/Los_Angeles", "Asia/Tokyo", "Europe/Paris")
HOUR = timedelta(hours=1)
MARKS = ("quail", "heron", "finch")  # in all that is known of each customer, and in nothing else
ASKED = {  # one that brings silence by law among them
    "us_subpoena": "subscriber",
    "us_search_warrant": "content",
    "us_preservation": "content",
    "us_pen_register": "traffic",
}
MOODS = ("take", "later", "refuse", "vanish")
COUNSELS = (ApprovalKind.OBJECTION, ApprovalKind.VOID_ORDERS, ApprovalKind.WITHHOLD, ApprovalKind.REOPEN)


@dataclass
class Desk:
    """The people, made once for all runs, and what all runs together showed."""

    staff: Staff
    began_at: datetime
    wire: Wire
    seen: Counter[str] = field(default_factory=Counter)


class BusyOffice(RuleBasedStateMachine):
    """One case and its customers. Every deed is an action of the house; the notes say what courts and relay did."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self._undone = transaction.atomic()
        self._undone.__enter__()
        self.now, self.notes, self.arrived = self.desk.began_at, Notes(), 0
        self.owed_since: dict[int, datetime] = {}
        self.case: Case | None = None
        self.ended_at: datetime | None = None
        self.wire = self.desk.wire
        self.wire.moods, self.wire.heard = ["take"], []  # a mood for each mail to come

    @initialize(
        number=st.integers(1, 3),
        instrument=st.sampled_from(sorted(ASKED)),
        is_cleared=st.sampled_from([True, True, False]),
        zone=st.sampled_from(ZONES),
    )
    def begin(self, number: int, instrument: str, is_cleared: bool, zone: str) -> None:
        self.customers = [
            lives.carla(timezone=zone, name=f"Carla {mark}", identifier=f"{mark}-9", email=f"{mark}@customer.example")
            for mark in MARKS[:number]
        ]
        asked = [ASKED[instrument]]
        self.case = lives.received(self.now, customers=self.customers, instrument=instrument, asked=asked)
        for order in self.case.orders.all():
            # A statute's own silence, from receipt until somebody finds that it does not bind.
            self.notes.orders.append(Order(order.pk, None, self.now, ZoneInfo(order.zone), None))
        lives.in_conflict_check(self.case, self.staff, self.now)
        if is_cleared:
            self.the_check_is_cleared()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._undone.__exit__(None, None, None)

    # What time does.

    @rule(hours=st.sampled_from([1, 9, 26]))
    def hours_pass(self, hours: int) -> None:
        self.move_to(self.now + hours * HOUR)

    @rule(days=st.sampled_from([4, 8, 11]))
    def days_pass(self, days: int) -> None:
        self.move_to(self.now + 24 * days * HOUR)

    @rule(days=st.sampled_from([40, 90]))
    def months_pass(self, days: int) -> None:
        self.move_to(self.now + 24 * days * HOUR)

    @rule(seconds=st.sampled_from([-1, 0, 1]))
    def time_passes_to_the_edge_of_an_order(self, seconds: int) -> None:
        edges = [order.until() for order in self.notes.orders]
        ahead = [edge for edge in edges if edge and edge > self.now + HOUR]
        if ahead:
            self.move_to(min(ahead) + timedelta(seconds=seconds))

    @rule(moods=st.lists(st.sampled_from(MOODS), min_size=1, max_size=3))
    def the_relay_has_moods(self, moods: list[str]) -> None:
        self.wire.moods = [*moods, "take"]

    def move_to(self, then: datetime) -> None:
        self.now = then
        self.clocks()

    def clocks(self) -> None:
        """Everything that runs by itself, as the scheduler runs it."""
        run_clocks(now=self.now)
        self.note_what_is_owed()
        sweep(now=self.now)
        plan_notices(now=self.now)
        plan_letters(now=self.now)
        plan_reminders(now=self.now)
        send_due(now=self.now)

    # What courts do.

    @rule(days=st.integers(0, 40), zone=st.sampled_from(ZONES), chosen=st.sets(st.integers(0, 2)), ends=st.booleans())
    def an_order_arrives(self, days: int, zone: str, chosen: set[int], ends: bool) -> None:
        """It names all customers, or those chosen; it ends, or nobody knows when."""
        there = ZoneInfo(zone)
        first_day = self.now.astimezone(there).date()
        last_day = first_day + timedelta(days=days) if ends else None
        named = [self.customers[index] for index in chosen if index < len(self.customers)]
        new = NewOrder(
            basis="us_2705b",
            provision="18 USC 2705(b)",
            court="D. Or.",
            first_day=first_day,
            last_day=last_day,
            is_indefinite=days % 2 == 0 and not ends,
            zone=zone,
            target_ids=tuple(self.of_case.targets.filter(customer__in=named).values_list("pk", flat=True)),
        )
        found = nondisclosure.record_order(case_id=self.of_case.pk, new=new, by=self.staff.analyst, now=self.now)
        names = frozenset(customer.email for customer in named) if named else None
        self.notes.orders.append(Order(found.order.pk, names, self.now, there, last_day))

    @rule(days=st.integers(1, 40), late=st.integers(0, 3), which=st.integers(0, 3))
    def an_order_is_prolonged(self, days: int, late: int, which: int) -> None:
        if not (order := self.an_order(which)):
            return
        today = self.now.astimezone(order.zone).date()
        new_last_day = (order.last_day or today) + timedelta(days=days)
        decided_on = today - timedelta(days=late)
        extend = partial(nondisclosure.extend_order, order_id=order.pk, by=self.staff.analyst, now=self.now)
        try:
            extend(new_last_day=new_last_day, decided_on=decided_on)
        except ExtensionTooLate:
            assert order.last_day
            assert decided_on > order.last_day, "what was decided in time was refused"
            told = {mail.to for mail in self.notes.mails if mail.is_taken and order.concerns(mail.to)}
            assert told, "refused as too late although nobody knew"
            return
        except Refused:
            return
        order.last_day = new_last_day

    @rule(which=st.integers(0, 3))
    def an_order_is_lifted(self, which: int) -> None:
        if order := self.an_order(which):
            lift = nondisclosure.lift_order
            if self.attempt(lambda: lift(order_id=order.pk, reason="Lifted.", by=self.staff.ines, now=self.now)):
                order.lifted_at = self.now

    @rule(which=st.integers(0, 3), won=st.booleans())
    def an_order_is_challenged(self, which: int, won: bool) -> None:
        if not (order := self.an_order(which)) or order.lifted_at:
            return
        new = NewChallenge(
            subject=ChallengeSubject.NONDISCLOSURE,
            ground="No compelling interest.",
            forum=Forum.COURT,
            forum_name="D. Or.",
            last_day=self.now.date() + timedelta(days=14),
        )
        by = self.staff.ines
        challenge = challenges.challenge_order(order_id=order.pk, new=new, by=by, now=self.now)
        result = ChallengeResult.LIFTED if won else ChallengeResult.UPHELD
        challenges.resolve_order_challenge(challenge_id=challenge.pk, result=result, by=by, now=self.now)
        order.lifted_at = self.now if won else None

    @rule()
    def something_arrives(self) -> None:
        self.arrived += 1
        hold = nondisclosure.hold_notices
        hold(case_id=self.of_case.pk, source=f"post:{self.arrived}", because="thread", now=self.now)
        self.notes.is_unseen = True

    @rule()
    def somebody_looks(self) -> None:
        for hold in self.of_case.incoming_holds.filter(looked_at=None):
            nondisclosure.look_at_hold(hold_id=hold.pk, by=self.staff.analyst, now=self.now)
        self.notes.is_unseen = False

    # What customers do.

    @rule(which=st.integers(0, 5), decided=st.booleans())
    def a_customer_objects(self, which: int, decided: bool) -> None:
        if duty := self.a_duty(which, DutyState.DELIVERED):
            self.attempt(lambda: objections.receive_objection(duty_id=duty.pk, text="No.", now=self.now))
        if decided:
            self.an_objection_is_decided()

    @rule()
    def a_customer_takes_it_back(self) -> None:
        if objection := self.an_objection():
            objections.withdraw_objection(objection_id=objection.pk, now=self.now)

    @rule(which=st.integers(0, 5))
    def a_customer_agrees(self, which: int) -> None:
        if duty := self.a_duty(which, DutyState.DELIVERED):
            self.attempt(lambda: waive_window(duty_id=duty.pk, now=self.now))

    # What the office does.

    @rule()
    def the_check_is_cleared(self) -> None:
        if self.state == CaseState.CONFLICT_CHECK:
            self.attempt(lambda: lives.clear(self.of_case, self.staff, self.now))

    @rule()
    def an_objection_is_decided(self) -> None:
        if objection := self.an_objection():
            decide = objections.propose_decision
            self.attempt(
                lambda: decide(objection_id=objection.pk, decision="It stands.", by=self.staff.ines, now=self.now)
            )
            self.counsel_agree()

    @rule(days=st.integers(1, 30), which=st.integers(0, 5))
    def a_notice_is_withheld_by_policy(self, days: int, which: int) -> None:
        if duty := self.a_duty(which, DutyState.PENDING):
            propose = partial(
                withholding.propose_withholding, basis_code="child_safety", reason="A child is in danger."
            )
            review = self.now.date() + timedelta(days=days)
            self.attempt(lambda: propose(duty_id=duty.pk, review_date=review, by=self.staff.ines, now=self.now))
            self.counsel_agree()

    @rule()
    def counsel_agree(self) -> None:
        waiting = Approval.objects.filter(case=self.of_case, state=ApprovalState.PROPOSED, kind__in=COUNSELS)
        for proposal in waiting:
            if not self.attempt(partial(lives.approved, proposal, self.staff, self.now)):
                continue
            for order in self.notes.orders:
                if proposal.kind == ApprovalKind.VOID_ORDERS and order.lifted_at is None:
                    order.lifted_at = NondisclosureOrder.objects.get(pk=order.pk).lifted_at

    @rule(changed=st.booleans())
    def a_question_comes_back(self, changed: bool) -> None:
        case, by = self.of_case, self.staff.ines
        ask, hear = questions.ask_agency, questions.agency_replied
        self.attempt(lambda: ask(case_id=case.pk, text="?", pause_clocks=[], by=by, now=self.now))
        self.attempt(lambda: hear(case_id=case.pk, reply="!", changes_request=changed, by=by, now=self.now))
        self.the_review_is_done_again()

    @rule()
    def the_review_is_done_again(self) -> None:
        if self.state == CaseState.LEGAL_REVIEW:
            self.attempt(lambda: lives.pass_review(self.of_case, self.staff, self.now))

    @rule(how=st.sampled_from(["answered_now", "rejected", "withdrawn"]))
    def it_ends(self, how: str) -> None:
        with transaction.atomic():
            ended = self.attempt(lambda: getattr(lives, how)(self.of_case, self.staff, self.now))
            if not ended:
                transaction.set_rollback(True)
        self.note_what_is_owed()

    @rule(proven=st.sampled_from([False, False, True]))
    def it_turns_out_forged(self, proven: bool) -> None:
        if not proven:
            return
        reject = partial(ending.reject, ground="forged", text="", reason="The court knows no such case.")
        if self.attempt(lambda: reject(case_id=self.of_case.pk, by=self.staff.ines, now=self.now)):
            for proposal in Approval.objects.filter(case=self.of_case, state="proposed", kind=ApprovalKind.REJECT):
                self.attempt(partial(lives.approved, proposal, self.staff, self.now))

    @rule()
    def it_is_reopened(self) -> None:
        if self.state in (CaseState.ANSWERED, CaseState.REJECTED, CaseState.WITHDRAWN):
            self.attempt(lambda: lives.reopened(self.of_case, self.staff, self.now))

    @rule(arrived=st.booleans())
    def somebody_settles(self, arrived: bool) -> None:
        for message in Message.objects.filter(case=self.of_case, state=MessageState.UNCERTAIN):
            settling.settle(message_id=message.pk, arrived=arrived, by=self.staff.analyst, now=self.now)
            if not arrived:
                self.forget(message)

    @rule()
    def a_mail_comes_back(self) -> None:
        message = Message.objects.filter(case=self.of_case, state=MessageState.SENT).order_by("-id").first()
        if message:
            settling.take_bounce(message_id=message.pk, by=self.staff.analyst, now=self.now)
            self.forget(message)

    @rule()
    def somebody_corrects_an_address(self) -> None:
        for duty in self.of_case.duties.filter(state=DutyState.FAILED).select_related("customer"):
            assert duty.customer
            settling.correct_address(duty_id=duty.pk, email=duty.customer.email, by=self.staff.analyst, now=self.now)

    # What the notes rest on.

    @property
    def staff(self) -> Staff:
        return self.desk.staff

    @property
    def of_case(self) -> Case:
        assert self.case
        return lives.again(self.case)

    @property
    def state(self) -> str:
        return str(self.of_case.state)

    @property
    def case_was_cleared(self) -> bool:
        return self.of_case.duties.exclude(due_at=None).exists()

    def note_what_is_owed(self) -> None:
        case = self.of_case
        for pk in case.duties.values_list("pk", flat=True):
            self.owed_since.setdefault(pk, self.now)
        if case.is_open:
            self.ended_at = None
        else:
            self.ended_at = self.ended_at or self.now

    def keys_of(self, duty: NoticeDuty) -> set[str]:
        return set(Message.objects.filter(duty=duty).values_list("key", flat=True))

    def was_told(self, duty: NoticeDuty) -> bool:
        """Whether a mail about it had left before: one that failed is tried again whenever a person says so."""
        keys = self.keys_of(duty)
        return any(mail.key in keys for mail in self.notes.mails)

    def forget(self, message: Message) -> None:
        """A person knows that it did not arrive."""
        self.notes.mails = [
            Mail(mail.at, mail.to, mail.key, is_taken=mail.is_taken and mail.key != message.key)
            for mail in self.notes.mails
        ]

    def an_order(self, which: int) -> Order | None:
        return self.notes.orders[which] if which < len(self.notes.orders) else None

    def a_duty(self, which: int, state: DutyState) -> NoticeDuty | None:
        found = list(self.of_case.duties.filter(state=state))
        return found[which % len(found)] if found else None

    def an_objection(self) -> Objection | None:
        return Objection.objects.filter(duty__case=self.of_case, state=ObjectionState.OPEN).first()

    def attempt(self, deed: Callable[[], object]) -> bool:
        try:
            with transaction.atomic():
                deed()
        except (Refused, CaseNotFound):
            return False
        return True
