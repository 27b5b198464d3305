"""How a case ends other than by an answer, and how it begins again."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import propose, void_all
from cases.actions.challenges import moot
from cases.actions.changing import Refused, changing_for, committed, record, save_moved
from cases.actions.clocks import restart_clocks, settle_clocks
from cases.actions.deliveries import close_all
from cases.actions.duties import change_duties
from cases.actions.fraud import FORGED, expose
from cases.actions.letters import draft_letter
from cases.actions.outcomes import outcome_unless_part_left, owe_after_end
from cases.actions.productions import outcome_fact
from cases.actions.review import change_request, require_guards, require_state
from cases.models import Approval, Case, LetterKind
from cases.rules.grounds import GROUNDS
from cases.states import ENDED, OPEN, ApprovalKind, CaseState, ClockState, DutyKind, DutyState, Outcome
from ledger.facts import Fact

REOPENING = ("fraud", "amended_order", "court_decision", "our_error")


def reject(*, case_id: int, ground: str, text: str, reason: str = "", by: User, now: datetime) -> Approval | None:
    """Reject a request with a ground and a letter; where another counsel must agree, return the proposal.

    `text` is the letter and leaves; `reason` says why on our record and never does: without it the letter says why. A
    forger need not be answered: without text there is no letter, and a reason is needed.
    """
    if ground not in GROUNDS:
        raise Refused(_("Choose a ground from the list."))
    if not text.strip() and ground != FORGED:
        raise Refused(_("Write what the agency will read."))
    why = reason.strip() or text.strip()
    if not why:
        raise Refused(_("Say what shows that it is forged."))
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *OPEN)
        require_guards("reject", case, now)
        if case.instrument.second_person_to_refuse:
            params = {"ground": ground, "text": text.strip()}
            return propose(case, ApprovalKind.REJECT, params, reason=why, by=by, now=now)
        _reject(case, ground, text, why, by=by, now=now)
        return None


def carry_out_rejection(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved rejection."""
    require_state(case, *OPEN)
    require_guards("reject", case, now)
    params = approval.subject["params"]
    _reject(case, params["ground"], params["text"], approval.reason, by=by, now=now)


def _reject(case: Case, ground: str, text: str, why: str, *, by: User, now: datetime) -> None:
    if text.strip():
        draft_letter(case, LetterKind.REJECTION, text, by=by, now=now)
    settle_clocks(case, ClockState.MET, now=now, by=by)
    moot(case, by=by, now=now)
    case.reject(ground=ground, outcome=outcome_unless_part_left(case, Outcome.REJECTED), at=now)
    save_moved(case)
    record(
        case,
        kinds.REJECTED,
        at=now,
        by=by,
        fact=outcome_fact(case, now),
        ground=ground,
        reason=committed(case, why, now=now),
    )
    void_all(case, because="rejected", now=now)
    if ground == FORGED:
        expose(case, reason=why, by=by, now=now)
    else:
        owe_after_end(case, by=by, now=now)


def withdraw(*, case_id: int, reason: str, by: User, now: datetime) -> None:
    """Record that the agency took its request back by its verified channel; demand back what was produced."""
    if not reason.strip():
        raise Refused(_("Say how and by whom it was withdrawn."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, *OPEN)
        require_guards("withdraw", case, now)
        moot(case, by=by, now=now)
        settle_clocks(case, ClockState.MET, now=now, by=by)
        case.withdraw(outcome=outcome_unless_part_left(case, Outcome.WITHDRAWN), at=now)
        save_moved(case)
        record(
            case,
            kinds.WITHDRAWN,
            at=now,
            by=by,
            fact=outcome_fact(case, now),
            reason=committed(case, reason.strip(), now=now),
        )
        void_all(case, because="withdrawn", now=now)
        close_all(case, because="agency_withdrew", by=by, now=now)
        if case.productions.exists():
            text = _("You have withdrawn your request %(reference)s. Please return or delete what we produced.")
            reference = case.agency_reference or case.reference
            draft_letter(case, LetterKind.RETURN_DEMAND, text % {"reference": reference}, by=by, now=now)
        owe_after_end(case, by=by, now=now)


def propose_reopening(*, case_id: int, because: str, reason: str, by: User, now: datetime) -> Approval:
    """Ask a second counsel to reopen a case that ended."""
    if because not in REOPENING:
        raise Refused(_("Choose why it is reopened."))
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *ENDED)
        return propose(case, ApprovalKind.REOPEN, {"because": because}, reason=reason, by=by, now=now)


def carry_out_reopening(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved reopening. Published periods stay as they are; this one counts it as reopened."""
    require_state(case, *ENDED)
    case.reopen()
    save_moved(case)
    record(
        case,
        kinds.REOPENED,
        at=now,
        by=by,
        fact=Fact(name="reopened", at=now, line=case.instrument.line, restricted=case.instrument.national_security),
        because=approval.subject["params"]["because"],
        reason=committed(case, approval.reason, now=now),
    )
    change_request(case, because="reopened", now=now)
    _take_back_outcome(case, now=now)
    if approval.subject["params"]["because"] == "fraud":
        expose(case, reason=approval.reason, by=by, now=now)
    restart_clocks(case)


def _take_back_outcome(case: Case, *, now: datetime) -> None:
    """Nobody is told any more of an outcome that no longer stands; who hears of the next one is asked then."""
    untold = (DutyState.PENDING, DutyState.WITHHELD, DutyState.FAILED)
    outcomes = list(case.duties.filter(kind=DutyKind.OUTCOME, state__in=untold))
    change_duties(case, outcomes, DutyState.NOT_OWED, now=now, by=None, basis_code="reopened")


def close(*, case_id: int, by: User, now: datetime) -> None:
    """Close a case in which nothing is left to do."""
    with changing_for(by, case_id, Role.ANALYST) as case:
        require_state(case, CaseState.ANSWERED, CaseState.REJECTED, CaseState.WITHDRAWN)
        require_guards("close", case, now)
        case.close(at=now)
        save_moved(case)
        settle_clocks(case, ClockState.MET, now=now, by=by, answering=False)
        record(case, kinds.CLOSED, at=now, by=by)
