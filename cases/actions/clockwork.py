"""What time itself does: bases end, holds lapse, deadlines come near. Idempotent; safe with two schedulers at once."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.changing import changing, record, save_moved
from cases.actions.deadlines import run_out, warn_of_deadlines
from cases.actions.duties import (
    change_duties,
    change_duty,
    hold_duties,
    notices_begun,
    owe,
    settle_notices,
)
from cases.actions.expiry import expire_approvals
from cases.actions.nondisclosure import mark_gagged
from cases.actions.objections import end_unproven
from cases.actions.papers import remind_of_papers
from cases.actions.preservations import lapse
from cases.actions.reversal import note_ended
from cases.actions.windows import open_window_from_now
from cases.dossier import ABOUT_TARGETS
from cases.models import Case, NoticeDuty
from cases.queries.installation import hold_in_force
from cases.release import basis_in_force, due_after_silence
from cases.silence import never_told, silences_in_force
from cases.states import OPEN, CaseState, DutyKind, DutyState


def run_clocks(*, now: datetime) -> None:
    """Do everything whose time has come and is not yet done. Asks "due and not yet done", never "due since".

    While the installation is held people are told of deadlines, and nothing else is done (invariant 14).
    """
    warn_of_deadlines(now=now)
    if hold_in_force():
        return
    end_bases(now=now)
    end_unproven(now=now)
    lapse(now=now)
    note_ended(now=now)
    run_out(now=now)
    expire_approvals(now=now)
    remind_of_papers(now=now)


def end_bases(*, now: datetime) -> int:
    """Let the duties whose basis for withholding is over fall due; return in how many cases.

    Invariant 3: the delayed notice goes out by itself. A case not answered yet goes back to notice_pending and its
    approvals fall.
    """
    ended = 0
    for case_id in _cases_to_look_at(now):
        with changing(case_id) as case:
            ended += _end_bases_of(case, now=now)
    return ended


def _cases_to_look_at(now: datetime) -> list[int]:
    """Return the cases with a withheld duty that may have lost its basis: coarse and indexed; the rule decides."""
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    maybe = (
        Q(order__lifted_at__lte=now)
        # A day is over somewhere up to 14 hours before it is over everywhere: the rule knows the court's zone.
        | Q(order__last_day__lte=now.date())
        | Q(order=None, withheld_until__lte=now)
        | Q(order=None, withheld_until=None, review_date__lte=today)
    )
    withheld = NoticeDuty.objects.filter(maybe, state=DutyState.WITHHELD, is_held=False, case__is_held=False)
    return list(withheld.order_by("case_id").values_list("case_id", flat=True).distinct())


def _end_bases_of(case: Case, *, now: datetime) -> bool:
    over = [duty for duty in _withheld(case) if not basis_in_force(duty, now)]
    over = _rest_on_others(case, over, now=now)
    mark_gagged(case, now=now)
    if not over:
        return False
    begun = notices_begun(case)
    # Someone who knew before an order was recorded is not told twice of the same request.
    knew = [duty for duty in over if duty.told_before and duty.delivered_at]
    never = [duty for duty in over if never_told(case, duty.kind)]  # withheld by history that was imported
    change_duties(case, never, DutyState.NOT_OWED, now=now, by=None, basis_code="never_by_provider")
    untold = [duty for duty in over if duty not in knew and duty not in never]
    for duty in knew:
        _end_basis_of_who_knew(case, duty, now=now)
    # Before the conflict check is cleared and the data kept, a first notice is not due yet: clearing makes it so.
    due = [duty for duty in untold if duty.due_at or begun]
    for due_at, duties in _by_due(case, due, now).items():
        _owe_again(case, duties, due_at=due_at, now=now)
    _owe_again(case, [duty for duty in untold if duty not in due], due_at=None, now=now)
    record(case, kinds.BASIS_ENDED, at=now, by=None, duties=[duty.pk for duty in over])
    if case.state in OPEN:
        void_approvals(case, RELEASE_KINDS, because="basis_ended", now=now)
    if case.state in (CaseState.CUSTOMER_NOTIFIED, CaseState.NOTICE_WITHHELD):
        case.basis_ended()
        save_moved(case)
        settle_notices(case, now=now)
    return True


def _withheld(case: Case) -> QuerySet[NoticeDuty]:
    return case.duties.filter(state=DutyState.WITHHELD, is_held=False).select_related("order", "customer")


def _rest_on_others(case: Case, duties: list[NoticeDuty], *, now: datetime) -> list[NoticeDuty]:
    """Let duties whose order ended rest on another that still forbids; return those that none covers."""
    for silence in silences_in_force(case, now):
        covered = [duty for duty in duties if silence.covers(duty.customer_id)]
        hold_duties(case, covered, silence.order, by=None, now=now)
        duties = [duty for duty in duties if duty not in covered]
    return duties


def _end_basis_of_who_knew(case: Case, duty: NoticeDuty, *, now: datetime) -> None:
    duty.order, duty.withheld_until, duty.review_date = None, None, None
    if duty.window_ends_at is None:
        open_window_from_now(case, duty, now=now)
    change_duty(case, duty, DutyState.DELIVERED, now=now, by=None)
    if case.outcome and duty.kind in ABOUT_TARGETS:
        owe(case, DutyKind.OUTCOME, customer_id=duty.customer_id, now=now, by=None)


def _by_due(case: Case, duties: list[NoticeDuty], now: datetime) -> dict[datetime, list[NoticeDuty]]:
    """Return the duties by when they fall due: on the working day after their silence ended, never before now.

    While the case is open its answer waits for the notice, and the clock of the answer runs: it is due at once.
    Law: requirement 13 of docs/law.md.
    """
    found: dict[datetime, list[NoticeDuty]] = {}
    for duty in duties:
        due_at = now if case.state in OPEN else max(now, due_after_silence(duty))
        found.setdefault(due_at, []).append(duty)
    return found


def _owe_again(case: Case, duties: list[NoticeDuty], *, due_at: datetime | None, now: datetime) -> None:
    ended: dict[str, Any] = {"order": None, "withheld_until": None, "review_date": None, "due_at": due_at}
    change_duties(case, duties, DutyState.PENDING, now=now, by=None, **ended)
