"""Orders not to tell, and what may be one."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

ORDER_RECORDED = declare(
    "order_recorded",
    _("Order not to tell recorded: {basis}, from {first_day}[ to {last_day}][; told before: {told_before}]."),
    order=F.ID,
    basis=F.CODE,
    first_day=F.DATE,
    last_day=F.DATE,
    indefinite=F.FLAG,
    told_before=F.IDS,
)
ORDER_EXTENDED = declare(
    "order_extended",
    _("Order {order} extended[ to {last_day}]; in time: {in_time}."),
    order=F.ID,
    last_day=F.DATE,
    in_time=F.FLAG,
)
ORDER_REVIEW_ASKED = declare(
    "order_review_asked",
    _("Judicial review of order {order} was asked for, on {notified}."),
    order=F.ID,
    notified=F.DATE,
)
GOVERNMENT_APPLIED = declare(
    "government_applied",
    _("The Government applied for a court's order in place of order {order}, on {applied}."),
    order=F.ID,
    applied=F.DATE,
)
ORDER_REVIEWED = declare(
    "order_reviewed",
    _("Order {order} was looked at again[; next on {next}]."),
    order=F.ID,
    next=F.DATE,
    finding=F.COMMITMENT,
)
SILENCE_EXPLAINED = declare(
    "silence_explained",
    _("Somebody was told of order {order} ({capacity}), and that it binds them too."),
    order=F.ID,
    briefing=F.ID,
    capacity=F.CODE,
    person=F.COMMITMENT,
    reason=F.COMMITMENT,
)
SILENCE_ASKED = declare("silence_asked", _("The paper asks us not to tell, without an order: {asked}."), asked=F.FLAG)
SILENCE_DECIDED = declare(
    "silence_decided",
    _("Counsel decided that an order not to tell goes before the notice."),
    orders=F.IDS,
    reason=F.COMMITMENT,
)
CONTROLLER_NOTICE_SET = declare(
    "controller_notice_set", _("What the order says of informing the controller: {said}."), said=F.CODE
)
ORDER_LIFTED = declare("order_lifted", _("Order {order} was lifted."), order=F.ID, reason=F.COMMITMENT)
HOLD_PLACED = declare(
    "hold_placed", _("Something arrived that may concern this case: no notice leaves."), because=F.CODE
)
HOLD_LOOKED_AT = declare("hold_looked_at", _("What arrived was looked at."), hold=F.ID)
