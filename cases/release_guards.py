"""What must hold before anything leaves: customers told, nobody waiting for an answer, not too early nor too late."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.checks import Check
from cases.dossier import Dossier
from cases.release import why_not_yet
from cases.rules.enforcing_authority import producible_from
from cases.rules.fraud_signals import SIGNALS
from cases.rules.nondisclosure import UNTIL_LIFTED
from cases.states import CaseState, ClockState, DutyKind, DutyState, ObjectionState

# What the notice must repeat of an order and is not on record. Law: Reg. (EU) 2022/2065 Arts. 9(5), 10(5).
NOT_STATED: Mapping[str, Promise] = {
    "reasons": _("The notice must repeat the order's reasons: record them."),
    "redress": _("The notice must say what redress the order names: record it."),
    "territories": _("The notice must say where the order has effect: record it."),
}


def waits_for_effect(d: Dossier) -> bool:
    """Whether a notice falls due with the effect, and not before."""
    waiting = (duty for duty in d.all_duties if duty.state == DutyState.PENDING and duty.due_at is None)
    return d.instrument.tells_at_effect and any(waiting)


def may_be_answered(d: Dossier) -> Iterator[Check]:
    """Invariant 1, for the case as a whole; cases.actions.productions asks again for the targets that leave."""
    if not d.some_may_leave:
        for reason in d.not_yet or (_("No notice duty is recorded."),):
            yield Check(False, "", reason)
    elif waits_for_effect(d):
        yield Check(True, _("Nobody is told before effect is given: the notice falls due with it."), "")
    else:
        yield Check(True, _("At least one target's customer was told in time, or need not be."), "")
    yield from no_open_objection(d)
    yield from not_too_early(d)
    yield from no_challenge_pending(d)
    yield from nothing_unseen(d)


def effect_prepared(d: Dossier) -> Iterator[Check]:
    """For the case as a whole; cases.actions.effect asks again for the targets on which something takes effect."""
    if d.instrument.measures:
        yield Check(
            d.has_measures,
            _("What the order asks to be done is recorded."),
            _("Set for every target what the order asks to be done."),
        )
        yield Check(
            d.is_collateral_checked,
            _("Somebody looked for who else is hit."),
            _("Look first for who else is hit by what takes effect."),
        )
    if d.instrument.notice_states and (d.has_measures or not d.instrument.measures):
        for name in d.unstated:
            yield Check(False, "", NOT_STATED[name])
        if not d.unstated:
            yield Check(True, _("What the notice must repeat of the order is recorded."), "")


def no_open_objection(d: Dossier) -> Iterator[Check]:
    is_open = any(o.state == ObjectionState.OPEN for o in d.objections)
    yield Check(not is_open, _("No objection is open."), _("A customer objected: the objection must end first."))
    decisions = [duty for duty in d.all_duties if duty.kind == DutyKind.DECISION]
    if any(why_not_yet(duty, d.now) for duty in decisions):
        yield Check(False, "", _("A customer must know of a decision for two working days before anything leaves."))


def not_too_early(d: Dossier) -> Iterator[Check]:
    """Law: Reg. (EU) 2023/1543 Arts. 10(2), 12(2): a notified authority suspends, confirms or refuses for good."""
    if _producible_from(d, None) == UNTIL_LIFTED:
        yield Check(False, "", _("The enforcing authority refused: nothing may be produced, for good."))
        return
    running = [c for c in d.clocks if c.not_before_at and c.state in (ClockState.RUNNING, ClockState.PAUSED)]
    barred = [(c, start) for c in running if (start := _producible_from(d, c.not_before_at)) and d.now < start]
    # Where it stands still its end is not known: the day kept is the one before it stood still.
    still = any(c.state == ClockState.PAUSED and not d.case.authority_confirmed_at for c in running)
    yield Check(not barred, _("No rule forbids answering today."), barred[0][0].explanation if barred else "")
    if still:
        yield Check(False, "", _("The time before whose end nothing may be produced stands still."))


def _producible_from(d: Dossier, not_before_at: datetime | None) -> datetime | None:
    confirmed_at, refused_at = d.case.authority_confirmed_at, d.case.authority_refused_at
    return producible_from(not_before_at, confirmed_at=confirmed_at, refused_at=refused_at)


def delivery_in_time(d: Dossier) -> Iterator[Check]:
    """A prospective order lets data flow until its end and not a moment longer. Law: 18 USC 2518(5), 3123(c)."""
    if "prospective" not in d.instrument.ends_in:
        return
    ends = [c for c in d.clocks if c.ends_delivery and c.state != ClockState.VOID]
    # Stored data may leave under such an order too, in parts: what follows the answer is its delivery over time.
    if d.instrument.ends_in == {"prospective"} or d.case.state == CaseState.ANSWERED:
        missing = _("Record when the order began, or until when it runs.")
        yield Check(bool(ends), _("It is recorded how long the order runs."), missing)
    over = [c for c in ends if c.due_at and c.due_at <= d.now]
    yield Check(
        not over, _("The order's time is not over."), _("The order's time is over: nothing more may be delivered.")
    )


def no_challenge_pending(d: Dossier) -> Iterator[Check]:
    yield Check(
        d.challenge_pending is None,
        _("No challenge to the request is pending."),
        _("A challenge to the request is pending."),
    )


def nothing_unseen(d: Dossier) -> Iterator[Check]:
    yield Check(
        d.holds == 0,
        _("Everything that arrived for this case was looked at."),
        _("Look at what arrived and may concern this case."),
    )


def no_sign_of_fraud(d: Dossier) -> Iterator[Check]:
    """Level 2: a person looks at every sign before anything goes on. Law: requirement 26 of docs/law.md."""
    if any(SIGNALS[signal.code].for_good for signal in d.signals):
        yield Check(False, "", _("This request was proven to be a fraud: nothing may leave for it."))
    waiting = sum(signal.cleared_at is None for signal in d.signals)
    if d.signals:
        yield Check(
            waiting == 0,
            _("Every sign of fraud was looked at."),
            ngettext_lazy("Look at %d sign of fraud.", "Look at %d signs of fraud.", waiting) % waiting,
        )
