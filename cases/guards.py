"""What must hold before each transition, in plain words: the same for the action that asks and the page that explains.

A guard is a pure function of the dossier that yields checks, each met or not. Order (which state may follow which) is
the workflow's; who may do it is the action's.
"""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.checks import Check, Guard
from cases.dossier import ABOUT_TARGETS, Dossier
from cases.release_guards import (
    delivery_in_time,
    effect_prepared,
    may_be_answered,
    no_sign_of_fraud,
    nothing_unseen,
)
from cases.rules import emergency, review
from cases.rules.clocks import MET_BY_A_PERSON
from cases.rules.exhaustion import exhaustion
from cases.states import RELEASES, ApprovalKind, ApprovalState, ClockState, DutyState


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
