"""The courses that most lives take. Where a plot ends early, its life lives on with nobody doing anything."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from cases.actions import conflict, customers, duties, ending, prolonging
from cases.actions.events import record_authority_answer, record_event
from cases.actions.nondisclosure import hold_notices, look_at_hold
from cases.models import Customer, IncomingHold, Target
from cases.states import DutyState
from intake.demonstration import words
from intake.demonstration.answers import (
    answer,
    answer_emergency,
    close,
    produce_parts,
    propose_emergency_answer,
    state_danger,
)
from intake.demonstration.deeds import (
    DAY,
    agree,
    ask,
    assess,
    check_conflict,
    clear,
    hear,
    refuse_together,
    review_all,
    triage,
)
from intake.demonstration.life import Life

Plot = Callable[[Life], None]


def waiting(life: Life) -> None:
    """Nobody has looked yet, or nobody can say who sent it. After a week without proof it is refused."""
    life.wait(timedelta(days=7))
    refuse_together(life, "agency_not_verified")


def to_notice(life: Life) -> None:
    """From receipt to the notice, with nothing unusual."""
    triage(life)
    review_all(life)
    check_conflict(life)


def ordinary(life: Life) -> None:
    """Reviewed, told or silent, answered, closed."""
    to_notice(life)
    answer(life)
    close(life)


def refused(life: Life) -> None:
    """Rejected in review, for what is wrong with it."""
    triage(life)
    life.work(2, 2 * DAY)
    refuse_together(life, life.rng.choice(("overbroad", "not_specific", "not_signed", "not_compellable")))
    close(life)


def asked(life: Life) -> None:
    """A question to the agency: answered, answered with another request, or never."""
    triage(life)
    ask(life)
    life.work(2 * DAY, 8 * DAY)
    how = life.rng.random()
    if how < 0.2:
        life.wait(timedelta(days=25))
        refuse_together(life, "no_reply")
    else:
        hear(life, changes=how > 0.85)
        review_all(life)
        check_conflict(life)
        answer(life)
    close(life)


def withdrawn(life: Life) -> None:
    """The agency takes it back."""
    triage(life)
    review_all(life)
    life.work(DAY, 4 * DAY)
    ending.withdraw(
        case_id=life.case_id,
        reason=words.WITHDRAWALS[0],
        by=life.analyst,
        now=life.now,
    )
    close(life)


def conflicting(life: Life) -> None:
    """A law of the customer's country stands against it: another counsel agrees to go on, or it is refused."""
    triage(life)
    review_all(life)
    life.work(DAY, 3 * DAY)
    assess(life, conflicting=True)
    if life.case.tally["conflicts"] and life.rng.random() < 0.6:
        refuse_together(life, "conflict_of_law")
    else:
        if life.case.tally["conflicts"]:
            reason = "The order was narrowed to an account used in the United States; comity favours the answer."
            agree(
                life, conflict.propose_going_on(case_id=life.case_id, reason=reason, by=life.staff.ines, now=life.now)
            )
        clear(life)
        answer(life)
    close(life)


def in_parts(life: Life) -> None:
    """What is ready leaves first."""
    to_notice(life)
    produce_parts(life, 1)
    life.work(2 * DAY, 6 * DAY)
    answer(life)
    close(life)


def reopened(life: Life) -> None:
    """Closed, and opened again because of an error of ours or an amended order."""
    ordinary(life)
    life.work(5 * DAY, 20 * DAY)
    because = life.rng.choice(("our_error", "amended_order"))
    reason = "One account was left out of the answer."
    proposal = ending.propose_reopening(
        case_id=life.case_id, because=because, reason=reason, by=life.staff.ines, now=life.now
    )
    agree(life, proposal)
    review_all(life)
    check_conflict(life)
    answer(life)
    close(life)


def unreachable(life: Life) -> None:
    """The notice comes back; after some days somebody finds the right address."""
    life.mail_bounces = True
    to_notice(life)
    life.work(3 * DAY, 9 * DAY)
    life.mail_bounces = False
    for duty in life.case.duties.filter(state=DutyState.FAILED):
        duties.try_again(duty_id=duty.pk, by=life.analyst, now=life.now)
    answer(life)
    close(life)


def held(life: Life) -> None:
    """Something arrives that may be an order not to tell: the notices wait until a person has looked."""
    triage(life)
    review_all(life)
    hold_notices(case_id=life.case_id, source="email", because="agency_reference", now=life.now)
    life.work(5 * DAY, 8 * DAY)
    for hold in IncomingHold.objects.filter(case=life.case_id, looked_at=None):
        look_at_hold(hold_id=hold.pk, by=life.analyst, now=life.now)
    check_conflict(life)
    answer(life)
    close(life)


def stranger(life: Life) -> None:
    """A target whose customer nobody knows, until somebody finds them."""
    to_notice(life)
    life.work(8 * DAY, 12 * DAY)
    known = Customer.objects.filter(targets__case=life.case_id).order_by("pk").first()
    unknown = list(Target.objects.filter(case=life.case_id, customer=None).values_list("pk", flat=True))
    if known and unknown:
        customers.match_customer(
            case_id=life.case_id, target_ids=unknown, customer=known, by=life.analyst, now=life.now
        )
    answer(life)
    close(life)


def emergency(life: Life) -> None:
    """Answered within the hour; the customers are told when the danger is over."""
    state_danger(life)
    answer_emergency(life)
    close(life)


def stated(life: Life) -> None:
    """An emergency that waits for the second person."""
    state_danger(life)
    agree(life, propose_emergency_answer(life))


def no_emergency(life: Life) -> None:
    """Called an emergency by its sender, and none."""
    life.work(0.3, 2)
    refuse_together(life, "no_emergency")
    close(life)


def preserving(life: Life) -> None:
    """Kept for the time that the law gives; told when that is over."""
    triage(life)
    review_all(life)
    life.work(1, 8)
    assess(life, conflicting=False)
    clear(life)
    answer(life)
    if life.rng.random() < 0.4:
        life.wait(timedelta(days=40))
        for hold in life.case.preservations.filter(ends_date__isnull=False, lapsed_at=None):
            prolonging.extend(preservation_id=hold.pk, asked_on=life.now.date(), by=life.analyst, now=life.now)
    close(life)


def prospective(life: Life) -> None:
    """Data flows until the order ends."""
    to_notice(life)
    rule = life.case.instrument.other_clocks[0]
    record_event(case_id=life.case_id, rule=rule, event_at=life.now, by=life.analyst, now=life.now, began_at=life.now)
    produce_parts(life, 3)
    life.work(3 * DAY, 5 * DAY)
    answer(life)
    close(life)


def secret(life: Life) -> None:
    """National security: only inside its compartment, and in silence."""
    to_notice(life)
    answer(life)
    close(life)


def certificate(life: Life) -> None:
    """An EPOC: its user is never told; a notified authority says in time whether it raises a ground."""
    triage(life)
    review_all(life)
    check_conflict(life)
    if life.shape.authority_notified and life.rng.random() < 0.7:
        life.work(DAY, 3 * DAY)
        record_authority_answer(case_id=life.case_id, refused=life.rng.random() < 0.2, by=life.staff.ines, now=life.now)
    if life.case.authority_refused_at:
        refuse_together(life, "refused_by_authority")
    else:
        answer(life)
    close(life)


PLOTS: Mapping[str, Plot] = {
    plot.__name__: plot
    for plot in (
        waiting,
        ordinary,
        refused,
        asked,
        withdrawn,
        conflicting,
        in_parts,
        reopened,
        unreachable,
        held,
        stranger,
        emergency,
        stated,
        no_emergency,
        preserving,
        prospective,
        secret,
        certificate,
    )
}
