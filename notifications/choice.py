"""Which mail of the catalogue fulfils a duty, as the case stands at this moment."""

from cases import silence
from cases.actions.windows import BEFORE_ANSWER
from cases.dossier import ABOUT_TARGETS
from cases.models import Case, NondisclosureOrder, NoticeDuty
from cases.rules.nondisclosure import ends_at
from cases.states import DutyKind
from notifications.catalogue import MAILS, Mail

BY_KIND = {
    DutyKind.OUTCOME: "outcome",
    DutyKind.DECISION: "decision",
    DutyKind.FRAUD: "fraud",
    DutyKind.CONTROLLER: "request_to_controller",
    DutyKind.AFFECTED: "affected",
}


def mail_for(case: Case, duty: NoticeDuty) -> Mail:
    """Return the mail that fulfils this duty now. A delayed one says that, and why, it comes late."""
    return MAILS[_name(case, duty)]


def _name(case: Case, duty: NoticeDuty) -> str:
    if duty.kind in BY_KIND:
        return BY_KIND[DutyKind(duty.kind)]
    if "effect" in case.instrument.ends_in:
        return "order_against_content"
    if past_order(case, duty):
        return "delayed_after_order"
    if case.instrument.emergency and case.productions.exists():
        return "delayed_after_emergency"
    return "request_for_data" if opens_window(case, duty) else "request_received"


def opens_window(case: Case, duty: NoticeDuty) -> bool:
    """Whether days to object follow the delivery: there is still something to keep back."""
    return duty.kind in ABOUT_TARGETS and case.instrument.window and case.state in BEFORE_ANSWER


def past_order(case: Case, duty: NoticeDuty) -> NondisclosureOrder | None:
    """Return the order that covered the duty and ended last, or None. One in force never gets here: permission."""
    over = [order for order in case.orders.all() if order.covers_all or silence.covers(order, duty)]
    # Not the one that began last: a shorter one within it does not end the longer.
    return max(over, key=lambda order: ends_at(order.rule), default=None)
