"""What must hold before each transition, in plain words: the same for the action that asks and the page that explains.

A guard is a pure function of the dossier that yields checks, each met or not. Order (which state may follow which) is
the workflow's; who may do it is the action's.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.dossier import ABOUT_TARGETS, Dossier
from cases.release import why_not_yet
from cases.rules import emergency, review
from cases.rules.clocks import MET_BY_A_PERSON
from cases.rules.enforcing_authority import producible_from
from cases.rules.exhaustion import exhaustion
from cases.rules.fraud_signals import SIGNALS
from cases.rules.nondisclosure import UNTIL_LIFTED
from cases.states import RELEASES, ApprovalKind, ApprovalState, ClockState, DutyKind, DutyState, ObjectionState

Guard = Callable[[Dossier], Iterator["Check"]]


@dataclass(frozen=True)
class Check:
    """One thing that must hold: a sentence for when it does and one for when it does not."""

    met: bool
    holds: str | Promise
    missing: str | Promise

    @property
    def sentence(self) -> str | Promise:
        return self.holds if self.met else self.missing


# What the notice must repeat of an order and is not on record. Law: Reg. (EU) 2022/2065 Arts. 9(5), 10(5).
NOT_STATED: Mapping[str, Promise] = {
    "reasons": _("The notice must repeat the order's reasons: record them."),
    "redress": _("The notice must say what redress the order names: record it."),
    "territories": _("The notice must say where the order has effect: record it."),
}


def has_targets(d: Dossier) -> Iterator[Check]:
    yield Check(d.tally.targets > 0, _("At least one target is named."), _("Name at least one target."))


def knows_the_sender(d: Dossier) -> Iterator[Check]:
    stated = d.case.is_emergency and bool(d.case.danger)
    yield Check(
        d.is_verified or stated,
        _("The agency is verified, or an emergency is stated."),
        _("Verify the agency, or set the emergency and state the danger."),
    )


def agency_verified(d: Dossier) -> Iterator[Check]:
    yield Check(d.is_verified, _("The agency is verified."), _("Verify the agency."))


def review_complete(d: Dossier) -> Iterator[Check]:
    open_items = review.unanswered(d.instrument.code, d.review_answers, d.case.agency_country)
    for item in review.blocking(d.instrument.code, d.review_answers, d.case.agency_country):
        yield Check(False, "", _("This ends the review: %(question)s") % {"question": _(item.question)})
    yield Check(
        not open_items,
        _("Every review question is answered."),
        ngettext_lazy("Answer %d more review question.", "Answer %d more review questions.", len(open_items))
        % len(open_items),
    )


def issuer_known(d: Dossier) -> Iterator[Check]:
    """Law: Reg. (EU) 2023/1543 Art. 4(1), (2): what an issuer can order turns on who it is."""
    if d.instrument.issuer_limits:
        yield Check(
            bool(d.case.issuer),
            _("It is recorded who issued it."),
            _("Record who issued it: a prosecutor orders less."),
        )


def scope_authorised(d: Dossier) -> Iterator[Check]:
    """Invariant 8. What ends in no disclosure (a preservation, a content order) has no categories to authorise."""
    if d.instrument.ends_in.isdisjoint({"disclosure", "prospective"}):
        return
    tally = d.tally
    yield Check(
        tally.targets > 0 and tally.unauthorised == 0,
        _("What may be given is authorised for every target."),
        ngettext_lazy(
            "Authorise what may be given for %d target.",
            "Authorise what may be given for %d targets.",
            tally.unauthorised,
        )
        % tally.unauthorised,
    )
    yield Check(
        tally.beyond_instrument == 0,
        _("Nothing is authorised that this instrument cannot compel."),
        _("Cut what this instrument cannot compel."),
    )
    yield Check(
        tally.cut_without_reason == 0,
        _("What was cut has its reason."),
        _("Give the reason for what was asked and cut."),
    )


def conflicts_assessed(d: Dossier) -> Iterator[Check]:
    tally = d.tally
    yield Check(
        tally.unassessed == 0,
        _("Conflict of law is assessed for every target."),
        ngettext_lazy(
            "Assess %d target for a conflict of law.", "Assess %d targets for a conflict of law.", tally.unassessed
        )
        % tally.unassessed,
    )
    if tally.conflicts:
        yield Check(
            d.executed(ApprovalKind.GO_ON),
            _("A second counsel agreed to go on in spite of a conflict."),
            _("A second counsel must approve going on in spite of the conflict."),
        )


def findings_stand(d: Dossier) -> Iterator[Check]:
    """What is known of a customer may change after the check. An emergency is answered without one, as is its rest."""
    if d.case.is_open:
        yield from conflicts_assessed(d)


def customers_covered(d: Dossier) -> Iterator[Check]:
    yield Check(
        d.tally.without_duty == 0,
        _("It is recorded for every customer whether they are owed a notice."),
        _("Settle for every target whose customer is owed a notice."),
    )


def preserved_if_needed(d: Dossier) -> Iterator[Check]:
    """Preserve first, then notify: a customer who is told could delete what is asked for."""
    if d.instrument.interim_preservation:
        yield Check(
            any(p.confirmed_at and not p.released_at for p in d.preservations),
            _("The data is preserved."),
            _("Preserve the data and confirm it before anyone is told."),
        )


def notices_settled(d: Dossier) -> Iterator[Check]:
    waiting = d.duties(DutyState.PENDING, DutyState.FAILED, kinds=ABOUT_TARGETS)
    if d.instrument.tells_at_effect:  # what is due with the effect holds nothing up before it
        waiting -= sum(duty.state == DutyState.PENDING and duty.due_at is None for duty in d.all_duties)
    yield Check(
        waiting == 0,
        _("Every notice is given, withheld on a basis, or not owed."),
        ngettext_lazy("%d notice is not settled yet.", "%d notices are not settled yet.", waiting) % waiting,
    )


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
    # Stored data may leave under such an order as well: what comes after a first part is its delivery over time.
    if d.instrument.ends_in == {"prospective"} or d.productions:
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


def emergency_is_real(d: Dossier) -> Iterator[Check]:
    """A sender's word or mail authentication never satisfies it. Law: 18 USC 2702(b)(8), (c)(4)."""
    yield Check(
        d.instrument.emergency, _("This is an emergency request."), _("Only an emergency request can be answered so.")
    )
    for _code, met, holds, missing in emergency.checks(
        is_emergency=d.case.is_emergency,
        danger=d.case.danger,
        data_to_danger=d.case.data_to_danger,
        follow_up_paper_date=d.case.follow_up_paper_date,
        called_back=bool(d.call_backs),
        second_verifier=any(row.second_verifier_id for row in d.call_backs),
    ):
        yield Check(met, _(holds), _(missing))
    if emergency.needs_counsel(d.case.agency.country, d.case.agency.kind):
        yield Check(True, _("To this authority only records can go, and only as counsel approves; content never."), "")
    yield from nothing_unseen(d)


def instances_exhausted(d: Dossier) -> Iterator[Check]:
    last, pending = d.last_instance, d.challenge_pending
    decided = last is not None and last.decided_date is not None
    stages = [one.rule for one in d.instances if pending and one.challenge_id == pending.pk]
    final = pending is not None and exhaustion(stages, file_until=pending.last_day, today=d.today).exhausted
    yield Check(decided, _("The last instance has decided."), _("Record the decision of the last instance."))
    yield Check(final, _("It can no longer be appealed."), _("The time to appeal is not over."))
    attached = last is not None and last.document_id is not None
    yield Check(attached, _("The decision is attached."), _("Attach the decision."))


def no_production_under_way(d: Dossier) -> Iterator[Check]:
    under_way = any(
        a.kind in RELEASES and a.state in (ApprovalState.PROPOSED, ApprovalState.APPROVED) and not a.is_over(d.now)
        for a in d.approvals
    )
    yield Check(not under_way, _("No production is under way."), _("A production is under way: take it back first."))


def by_verified_channel(d: Dossier) -> Iterator[Check]:
    yield from agency_verified(d)


def nothing_left_to_do(d: Dossier) -> Iterator[Check]:
    duties = d.duties(DutyState.PENDING, DutyState.FAILED, DutyState.WITHHELD)
    yield Check(
        duties == 0,
        _("Every customer who is owed a notice has had it."),
        ngettext_lazy("%d notice is still owed.", "%d notices are still owed.", duties) % duties,
    )
    held = any(p.released_at is None for p in d.preservations)
    yield Check(not held, _("No data is preserved."), _("Release the preserved data first."))
    delivering = any(
        c.state == ClockState.RUNNING and not c.ends_answer and "prospective" in d.instrument.ends_in for c in d.clocks
    )
    yield Check(not delivering, _("No delivery goes on."), _("The order's delivery has not ended yet."))
    challenged = any(c.ended_at is None for c in d.challenges)
    yield Check(not challenged, _("No challenge is pending."), _("A challenge is still pending."))
    yield Check(
        not d.is_measure_over,
        _("Nothing has effect beyond its last day."),
        _("Reverse what has effect beyond its order's last day."),
    )
    letters = any(letter.state == "drafted" for letter in d.letters)
    yield Check(not letters, _("No letter is waiting."), _("A letter to the agency was drafted and not sent."))


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


def nothing_stays_due(d: Dossier) -> Iterator[Check]:
    standing = (ClockState.RUNNING, ClockState.PAUSED)
    due = [c for c in d.clocks if c.state in standing and c.rule in MET_BY_A_PERSON]
    if due:
        yield Check(False, "", _("A follow-up paper, or a notification of a breach, is still due."))


def always(_d: Dossier) -> Iterator[Check]:
    yield from ()


GUARDS: Mapping[str, tuple[Guard, ...]] = {
    "begin_review": (has_targets, knows_the_sender, no_sign_of_fraud),
    "ask_agency": (always,),
    "agency_replied": (always,),
    "agency_changed_request": (always,),
    "pass_review": (agency_verified, issuer_known, review_complete, scope_authorised),
    "clear_conflict": (conflicts_assessed, customers_covered, preserved_if_needed, nothing_unseen),
    "settle_as_notified": (notices_settled,),
    "settle_as_withheld": (notices_settled,),
    "basis_ended": (always,),
    "notice_failed": (always,),
    "challenge": (always,),
    "resolve_challenge": (instances_exhausted,),
    "resolve_narrowed": (instances_exhausted,),
    "resolve_quashed": (instances_exhausted,),
    "answer": (
        agency_verified,
        scope_authorised,
        findings_stand,
        effect_prepared,
        may_be_answered,
        no_sign_of_fraud,
    ),
    "answer_emergency": (emergency_is_real, no_sign_of_fraud),
    "produce_part": (
        agency_verified,
        scope_authorised,
        findings_stand,
        effect_prepared,
        may_be_answered,
        delivery_in_time,
        no_sign_of_fraud,
    ),
    "reject": (no_production_under_way,),
    "withdraw": (by_verified_channel,),
    "reopen": (always,),
    "close": (nothing_left_to_do, nothing_stays_due),
}


def checks(transition: str, dossier: Dossier) -> list[Check]:
    """Return every check of a transition, met or not, in the order in which a person would do them."""
    return [check for guard in GUARDS[transition] for check in guard(dossier)]


def missing(transition: str, dossier: Dossier) -> list[str | Promise]:
    """Return the sentences that say what is still missing; empty when the transition may go ahead."""
    return [check.missing for check in checks(transition, dossier) if not check.met]
