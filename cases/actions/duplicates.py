"""The same request, come twice."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import void_all
from cases.actions.challenges import moot
from cases.actions.changing import Refused, changing_for, record, require_sight, save_moved
from cases.actions.clocks import settle_clocks
from cases.actions.duties import change_duties
from cases.actions.productions import outcome_fact
from cases.actions.review import require_guards, require_state
from cases.models import Case
from cases.states import OPEN, CaseState, ClockState, DutyState, Outcome
from ledger.facts import Fact

DUPLICATE = "duplicate"  # the ground of rejection


class NotADuplicate(Refused):
    """The other case is not this request: it asks somebody else, for less, or has been refused itself."""


def mark_duplicate(*, case_id: int, original_id: int, by: User, now: datetime) -> None:
    """End a case whose whole request is worked on in another: its customers are told there, and reports count it there.

    Raises NotADuplicate where the original does not cover everything that is asked here: nobody's notice may be lost.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *OPEN)
        require_guards("reject", case, now)
        original = Case.objects.filter(pk=original_id).first()
        if original is None:
            raise NotADuplicate(_("There is no such case."))
        require_sight(by, original)
        _require_covered(case, original)
        moot(case, by=by, now=now)
        case.reject(ground=DUPLICATE, outcome=Outcome.REJECTED, at=now)
        save_moved(case)
        settle_clocks(case, ClockState.MET, now=now, by=by)
        void_all(case, because=DUPLICATE, now=now)
        untold = list(case.duties.filter(state__in=[DutyState.PENDING, DutyState.WITHHELD, DutyState.FAILED]))
        change_duties(case, untold, DutyState.NOT_OWED, now=now, by=by, basis_code=DUPLICATE)
        fact = Fact(name="duplicate", at=now, line=case.instrument.line, restricted=case.instrument.national_security)
        record(case, kinds.REJECTED, at=now, by=by, fact=outcome_fact(case, now), ground=DUPLICATE, reason=None)
        record(case, kinds.DUPLICATE_MARKED, at=now, by=by, fact=fact, original=original.reference)


def _require_covered(case: Case, original: Case) -> None:
    same = (original.agency_id, original.instrument_code, original.compartment_id) == (
        case.agency_id,
        case.instrument_code,
        case.compartment_id,
    )
    if original.pk == case.pk or not same:
        raise NotADuplicate(_("A duplicate comes from the same agency, by the same kind of request."))
    if original.state in (CaseState.REJECTED, CaseState.WITHDRAWN) or original.rejection_ground == DUPLICATE:
        raise NotADuplicate(_("The other case was not worked on to its end: this request stands for itself."))
    if case.productions.exists():
        raise NotADuplicate(_("Something was produced in this case already."))
    ours = set(case.targets.values_list("kind", "value"))
    if not ours <= set(original.targets.values_list("kind", "value")) or not set(case.asked) <= set(original.asked):
        raise NotADuplicate(_("This case asks for something that the other one does not."))
