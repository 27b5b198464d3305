"""Emergencies, and requests that were forged."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

EMERGENCY_SET = declare(
    "emergency_set", _("An analyst set the emergency, with the danger stated."), danger=F.COMMITMENT
)
EMERGENCY_CLEARED = declare("emergency_cleared", _("The emergency was taken back."), reason=F.COMMITMENT)
CALLED_BACK = declare(
    "called_back",
    _("The agency was called back for this request[; second verifier: staff member {second}]."),
    verification=F.ID,
    second=F.ID,
    number=F.COMMITMENT,
    source=F.COMMITMENT,
    evidence=F.COMMITMENT,
)
CALL_BACKS_REVOKED = declare("call_backs_revoked", _("What was verified for this request counts no more."))
PAPER_RECORDED = declare(
    "paper_recorded", _("The follow-up paper; it came: {came}."), came=F.FLAG, document=F.CODE, note=F.COMMITMENT
)
SIGNAL_RAISED = declare("signal_raised", _("A sign of fraud: {code}."), code=F.CODE)
SIGNAL_CLEARED = declare("signal_cleared", _("A sign of fraud was looked at: {code}."), code=F.CODE, note=F.COMMITMENT)
FRAUD_PROVEN = declare(
    "fraud_proven", _("The request was forged: nothing leaves for it, and its agency is not verified.")
)
BREACH_NOTIFIED = declare(
    "breach_notified",
    _("The breach was dealt with before the supervisory authority; notified: {notified}."),
    notified=F.FLAG,
    note=F.COMMITMENT,
)
ORDERS_VOIDED = declare("orders_voided", _("Orders of a forger were voided by two counsel: {orders}."), orders=F.IDS)
