"""EPOC Section G(d): whether we, the processor, tell the controller of the data. The person themself is never told.

Law: Reg. (EU) 2023/1543 Arts. 5(6), 13, Annex I Sections G(d), H.
"""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.changing import Refused, changing_for, record, require_role
from cases.actions.duties import create_duties, notices_begun, settle_again
from cases.actions.nondisclosure import NewOrder, end_order, place_order
from cases.actions.outcomes import was_reviewed
from cases.models import Case
from cases.rules.nondisclosure import basis
from cases.states import ControllerNotice

NOT_YET = "eu_epoc_g"  # the basis of silence towards the controller


class NoController(Refused):
    """Only a European order speaks of a controller apart from the person."""


def set_controller_notice(*, case_id: int, said: ControllerNotice, by: User, now: datetime) -> None:
    """Record what Section G(d) says. "Inform" owes every controller in the case a notice; "not yet" withholds it.

    "Not yet" is an order of silence until further notice. The authority's later word that we may inform is recorded
    by counsel: it lifts that order, and the clock makes the notices due. Raises NoController, Refused.
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not case.instrument.controller_notice:
            raise NoController(_("Only a European production or preservation order says this of a controller."))
        if case.controller_notice == said:
            raise Refused(_("That is on record already."))
        if case.controller_notice == ControllerNotice.NOT_YET:
            require_role(by, Role.COUNSEL)
        case.controller_notice = said
        case.save(update_fields=["controller_notice"])
        record(case, kinds.CONTROLLER_NOTICE_SET, at=now, by=by, said=said)
        if said == ControllerNotice.NOT_YET:
            place_order(case, _until_further_notice(now), by=by, now=now)
        else:
            for order in case.orders.filter(basis=NOT_YET, lifted_at=None):
                end_order(case, order, str(_("The issuing authority lets us inform the controller.")), by=by, now=now)
        if was_reviewed(case):
            owe_controllers(case, by=by, now=now)


def owe_controllers(case: Case, *, by: User | None, now: datetime) -> None:
    """Owe a notice to every controller who has none yet, where Section G(d) is on record. Under the case's lock."""
    if create_duties(case, now=now, by=by, due_at=now if notices_begun(case) else None):
        void_approvals(case, RELEASE_KINDS, because="controller", now=now)
        settle_again(case, now=now)


def _until_further_notice(now: datetime) -> NewOrder:
    zone = settings.WRITDESK.receiving_zone
    first_day = now.astimezone(zone).date()
    cite = basis(NOT_YET).cite
    return NewOrder(basis=NOT_YET, provision=cite, first_day=first_day, zone=str(zone), is_indefinite=True)
