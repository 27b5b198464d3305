"""A case in each state, led there by the real actions, with everything done that the ordinary next step asks for."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from cases.actions import challenges, conflict, ending, letters, preservations, questions
from cases.actions.challenges import NewChallenge
from cases.actions.duties import record_delivery
from cases.models import Case, CaseDocument, ChallengeSubject, Forum
from cases.states import CaseState, DutyState
from tests import lives
from tests.lives import Staff
from vault.actions import new_scope, store

LONG_AGO = timedelta(days=40)

Make = Callable[[Staff, datetime], Case]


def _received(staff: Staff, now: datetime) -> Case:
    return lives.verified(lives.received(now - LONG_AGO), staff, now - LONG_AGO)


def _legal_review(staff: Staff, now: datetime) -> Case:
    case = lives.in_review(lives.received(now - LONG_AGO), staff, now - LONG_AGO)
    lives.answer_questions(case, staff, now)
    lives.authorise(case, staff, now)
    return lives.again(case)


def _awaiting_agency(staff: Staff, now: datetime) -> Case:
    case = _legal_review(staff, now)
    questions.ask_agency(case_id=case.pk, text="Which account?", pause_clocks=(), by=staff.ines, now=now)
    return lives.again(case)


def _conflict_check(staff: Staff, now: datetime) -> Case:
    case = lives.in_conflict_check(lives.received(now - LONG_AGO), staff, now - LONG_AGO)
    conflict.assess(case_id=case.pk, finding=lives.NO_CONFLICT, by=staff.ines, now=now)
    preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    return lives.again(case)


def _notice_pending(staff: Staff, now: datetime) -> Case:
    return lives.notice_pending(lives.received(now - LONG_AGO), staff, now - LONG_AGO)


def _customer_notified(staff: Staff, now: datetime) -> Case:
    return lives.notified(lives.received(now - LONG_AGO), staff, now - LONG_AGO)


def _notice_withheld(staff: Staff, now: datetime) -> Case:
    return lives.withheld(lives.received(now - LONG_AGO), staff, now - LONG_AGO)


def _challenged(staff: Staff, now: datetime) -> Case:
    """Challenged, decided by the last instance, with the decision attached."""
    case = _legal_review(staff, now)
    new = NewChallenge(ChallengeSubject.REQUEST, "It names nobody.", Forum.COURT, "D. Or.", (now + LONG_AGO).date())
    proposal = challenges.propose_challenge(case_id=case.pk, new=new, by=staff.ines, now=now)
    lives.approved(proposal, staff, now)
    keys = lives.again(case).keys or new_scope(now=now)
    document = store([b"The motion is decided."], scope=keys, name="order.txt", by_id=staff.ines.pk, now=now)
    CaseDocument.objects.create(case=case, document=document, role="filing", added_at=now)
    challenges.record_instance(
        challenge_id=case.challenges.get().pk,
        forum_name="D. Or.",
        filed_date=(now - timedelta(days=9)).date(),
        decided_date=(now - timedelta(days=3)).date(),
        appeal_until_date=(now - timedelta(days=1)).date(),
        result="upheld",
        document=document,
        by=staff.ines,
        now=now,
    )
    return lives.again(case)


def _answered(staff: Staff, now: datetime) -> Case:
    return _nothing_left(lives.answered(lives.received(now - LONG_AGO), staff, now - LONG_AGO), staff, now)


def _rejected(staff: Staff, now: datetime) -> Case:
    return _nothing_left(lives.rejected(_legal_review(staff, now), staff, now), staff, now)


def _withdrawn(staff: Staff, now: datetime) -> Case:
    case = _legal_review(staff, now)
    ending.withdraw(case_id=case.pk, reason="By the agency's portal.", by=staff.analyst, now=now)
    return _nothing_left(case, staff, now)


def _closed(staff: Staff, now: datetime) -> Case:
    case = _answered(staff, now)
    ending.close(case_id=case.pk, by=staff.analyst, now=now)
    return lives.again(case)


def _nothing_left(case: Case, staff: Staff, now: datetime) -> Case:
    """Tell who is owed a notice, release what is kept, send what is drafted."""
    for duty in case.duties.filter(state=DutyState.PENDING):
        record_delivery(duty_id=duty.pk, at=now, now=now, confirmed=True)
    for hold in case.preservations.filter(released_at=None):
        preservations.release_hold(preservation_id=hold.pk, by=staff.analyst, now=now)
    for letter in case.letters.filter(state="drafted"):
        letters.record_letter_sent(letter_id=letter.pk, how="by post", by=staff.analyst, now=now)
    return lives.again(case)


MAKE: Mapping[CaseState, Make] = {
    CaseState.RECEIVED: _received,
    CaseState.LEGAL_REVIEW: _legal_review,
    CaseState.AWAITING_AGENCY: _awaiting_agency,
    CaseState.CONFLICT_CHECK: _conflict_check,
    CaseState.NOTICE_PENDING: _notice_pending,
    CaseState.CUSTOMER_NOTIFIED: _customer_notified,
    CaseState.NOTICE_WITHHELD: _notice_withheld,
    CaseState.CHALLENGED: _challenged,
    CaseState.ANSWERED: _answered,
    CaseState.REJECTED: _rejected,
    CaseState.WITHDRAWN: _withdrawn,
    CaseState.CLOSED: _closed,
}
