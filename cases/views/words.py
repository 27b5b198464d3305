"""What a row of a case is called on a page."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.clocks import (
    AGENCY_ASKED,
    AGENCY_REPLIED,
    CHALLENGE_ENDED,
    CHALLENGED,
    HOLD_EXTENDED,
    SETTLED,
)
from cases.models import (
    Approval,
    Challenge,
    Clock,
    Customer,
    Delivery,
    FraudSignal,
    GovernmentNotice,
    IncomingHold,
    Letter,
    NondisclosureOrder,
    NoticeDuty,
    Objection,
    Preservation,
    Production,
    Redaction,
)
from cases.queries.marks import marked
from cases.rules.clocks import CLOCKS
from cases.rules.fraud_signals import SIGNALS
from cases.rules.nondisclosure import BASES

BECAUSE = {
    "reference": gettext_lazy("it names our reference"),
    "thread": gettext_lazy("it answers a message of this case"),
    "agency_reference": gettext_lazy("it names the agency's reference"),
    "target": gettext_lazy("it names a target of this case"),
}


def row_words(row: Any) -> str:
    """Return what this row is, in one line."""
    match row:
        case NondisclosureOrder():
            return ", ".join(part for part in (row.provision, row.court) if part)
        case NoticeDuty():
            return f"{row.get_kind_display()}: {customer_words(row.customer)}"
        case Letter():
            return str(row.get_kind_display())
        case Objection() | Challenge():
            return row.text if isinstance(row, Objection) else row.ground
        case IncomingHold():
            return str(BECAUSE.get(row.because, row.because))
        case GovernmentNotice():
            return f"{row.authority} ({row.country})"
        case Preservation() | Clock():
            return clock_words(row.rule)
        case Approval():
            return str(row.get_kind_display())
        case _:
            return _other_words(row)


def _other_words(row: Any) -> str:
    match row:
        case Clock():
            return clock_words(row.rule)
        case FraudSignal():
            return _(SIGNALS[row.code].title)
        case Production():
            return _("Part %(number)d") % {"number": row.number}
        case Delivery():
            return f"{row.get_way_display()}: {row.recipient}"
        case Redaction():
            return _("Redaction %(number)d") % {"number": row.number}
        case _:
            return ""


def customer_words(customer: Customer | None) -> str:
    """Return a customer's name or number; what to do where nobody is known."""
    if customer is None:
        return _("customer not known")
    return f"{customer.name} ({customer.identifier})" if customer.name else customer.identifier


def clock_words(rule: str) -> str:
    """Return the name of a rule that a clock or a preservation runs by."""
    if rule in CLOCKS:
        return _(CLOCKS[rule].title)
    names = {"return_date": _("Return date on its face"), "interim": _("Our own, while the request is worked on")}
    return names.get(rule, _("While it is challenged") if rule == "challenge" else rule)


def change_words(reason: str) -> str | Promise:
    """Return why a clock was changed: in the words of who did it, or what did it."""
    return _CHANGED_FOR.get(reason, reason)


_CHANGED_FOR: dict[str, str | Promise] = {
    AGENCY_ASKED: gettext_lazy("a question to the agency"),
    AGENCY_REPLIED: gettext_lazy("the agency replied"),
    CHALLENGED: gettext_lazy("the request is challenged"),
    CHALLENGE_ENDED: gettext_lazy("the challenge has ended"),
    SETTLED: gettext_lazy("the case ended"),
    HOLD_EXTENDED: gettext_lazy("the preservation was extended"),
}


def basis_words(code: str) -> str | Promise:
    """Return what a notice is withheld or not owed for."""
    if code in BASES:
        return marked(_(BASES[code].title), is_verified=BASES[code].verified)
    return _NOT_OWED.get(code, code)


_NOT_OWED: dict[str, str | Promise] = {
    "imported": gettext_lazy("History that was imported"),
    "nobody_to_tell": gettext_lazy("This kind of request concerns nobody to be told"),
    "never_by_provider": gettext_lazy("The authority informs the person, the provider never does"),
    "before_review": gettext_lazy("The request never passed legal review"),
    "matched": gettext_lazy("Every target has found its customer"),
    "fraud": gettext_lazy("The request was a fraud: the customer is told of that instead"),
}


def day_words(day: date | None) -> str:
    """Return a day as the reader writes it; nothing for none."""
    return date_format(day, "DATE_FORMAT") if day else ""


def moment_words(at: datetime) -> str:
    """Return an instant in the reader's zone, as the reader writes it."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
