"""Challenges and their instances."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

CHALLENGED = declare(
    "challenge_begun",
    _("Challenge of {subject} before {forum}[, last day {last_day}]."),
    challenge=F.ID,
    subject=F.CODE,
    forum=F.CODE,
    last_day=F.DATE,
    ground=F.COMMITMENT,
)
INSTANCE_RECORDED = declare(
    "instance_recorded",
    _("Instance {instance} of the challenge recorded[, hearing {hearing}][, decided {decided}][: {result}]."),
    challenge=F.ID,
    instance=F.ID,
    result=F.CODE,
    hearing=F.DATE,
    decided=F.DATE,
    appeal_until=F.DATE,
)
REQUEST_NARROWED = declare(
    "request_narrowed",
    _("A court narrowed the request: of {targets} targets it left {left}. It asks {asked}[; items {fields}]."),
    asked=F.CODES,
    left=F.CODES,
    targets=F.COUNT,
    fields=F.CODES,
)
FILING_RECORDED = declare(
    "filing_recorded",
    _("A paper was filed in instance {instance}, by {party}, on {filed}."),
    challenge=F.ID,
    instance=F.ID,
    filing=F.ID,
    party=F.CODE,
    filed=F.DATE,
    title=F.COMMITMENT,
)
APPEALED = declare(
    "appealed",
    _("The decision of instance {instance} was appealed on {appealed}; instance {next} decides next."),
    challenge=F.ID,
    instance=F.ID,
    next=F.ID,
    appealed=F.DATE,
)
CLOCKS_SUSPENDED = declare(
    "clocks_suspended",
    _("Clocks stand still while it is challenged ({remedy}): {rules}."),
    remedy=F.CODE,
    rules=F.CODES,
)
CHALLENGE_ENDED = declare("challenge_ended", _("The challenge ended: {result}."), challenge=F.ID, result=F.CODE)
