"""Clocks, and the enforcing authority whose word starts or stops one."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

AUTHORITY_NOTIFIED = declare("authority_notified", _("An enforcing authority was notified of this request."))
AUTHORITY_ANSWERED = declare(
    "authority_answered", _("The enforcing authority answered; refused: {refused}."), refused=F.FLAG
)
CLOCK_STARTED = declare(
    "clock_started", _("Clock “{rule}” started[: due {due}]."), rule=F.CODE, due=F.END, not_before=F.INSTANT
)
CLOCK_SETTLED = declare("clock_settled", _("Clock “{rule}”: {state}."), rule=F.CODE, state=F.CODE)
CLOCK_SUSPENDED = declare(
    "clock_suspended", _("Clock “{rule}” was made to stand still."), rule=F.CODE, reason=F.COMMITMENT
)
CLOCK_RESUMED = declare(
    "clock_resumed", _("Clock “{rule}” runs on[: due {due}]."), rule=F.CODE, due=F.END, reason=F.COMMITMENT
)
CLOCK_EXTENDED = declare(
    "clock_extended",
    _("Clock “{rule}” extended through {until}[: due {due}]."),
    rule=F.CODE,
    until=F.DATE,
    due=F.END,
    reason=F.COMMITMENT,
)
CLOCK_RECOMPUTED = declare(
    "clock_recomputed",
    _("Clock “{rule}” computed anew[: due {due}][; before that {was}]."),
    rule=F.CODE,
    due=F.END,
    was=F.END,
    not_before=F.INSTANT,
)
DEADLINE_WARNED = declare("deadline_warned", _("Deadline “{rule}” is near: {due}."), rule=F.CODE, due=F.END)
DEADLINE_PASSED = declare("deadline_passed", _("Deadline “{rule}” has passed: {due}."), rule=F.CODE, due=F.END)
