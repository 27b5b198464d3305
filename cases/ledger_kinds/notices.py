"""What customers are owed, and their objections."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

DUTY_CREATED = declare("duty_created", _("Notice duty {duty}: {state}."), duty=F.ID, kind_of_duty=F.CODE, state=F.CODE)
DUTY_CHANGED = declare(
    "duty_changed",
    _("Notice duty {duty}: {state}[ ({basis})]."),
    duty=F.ID,
    state=F.CODE,
    basis=F.CODE,
    until=F.END,
    reason=F.COMMITMENT,
)
NOTICE_DELIVERED = declare(
    "notice_delivered",
    _("Notice duty {duty} fulfilled[; the customer may object until {window_ends}]."),
    duty=F.ID,
    confirmed=F.FLAG,
    window_ends=F.END,
)
WINDOW_OPENED = declare(
    "window_opened", _("The customer of duty {duty} may object, from now until {ends}."), duty=F.ID, ends=F.END
)
DELIVERY_CONFIRMED = declare("delivery_confirmed", _("Delivery for duty {duty} was confirmed."), duty=F.ID)
NOTICE_FAILED = declare("notice_failed", _("The notice for duty {duty} failed for good."), duty=F.ID, because=F.CODE)
WINDOW_WAIVED = declare("window_waived", _("The customer of duty {duty} gave up the rest of the window."), duty=F.ID)
WINDOW_SHORTENED = declare(
    "window_shortened", _("The window of duty {duty} now ends {ends}."), duty=F.ID, ends=F.END, reason=F.COMMITMENT
)
NOTICES_SETTLED = declare("notices_settled", _("Every notice duty is settled: {state}."), state=F.CODE)
BASIS_ENDED = declare("basis_ended", _("A basis for withholding ended; notice duties: {duties}."), duties=F.IDS)
OBJECTION_RECEIVED = declare(
    "objection_received", _("The customer of duty {duty} objected."), duty=F.ID, objection=F.ID, text=F.COMMITMENT
)
OBJECTION_ADDED = declare(
    "objection_added", _("The customer added to objection {objection}."), objection=F.ID, text=F.COMMITMENT
)
OBJECTION_PROOF_ASKED = declare(
    "objection_proof_asked", _("Proof of filing was asked for[, until {until}]."), objection=F.ID, until=F.END
)
OBJECTION_PROOF_SHOWN = declare("objection_proof_shown", _("The customer showed proof of filing."), objection=F.ID)
OBJECTION_ENDED = declare(
    "objection_ended", _("Objection {objection} ended: {how}."), objection=F.ID, how=F.CODE, reason=F.COMMITMENT
)
