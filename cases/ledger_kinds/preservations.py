"""Data kept so that it can be produced later."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

PRESERVED = declare(
    "preserved",
    _("Preservation recorded ({rule})[ until {until}]."),
    preservation=F.ID,
    rule=F.CODE,
    until=F.DATE,
    reason=F.COMMITMENT,
)
PRESERVATION_OPEN_ENDED = declare(
    "preservation_open_ended",
    _("Preserved as long as necessary to produce, as confirmed on {confirmed}."),
    preservation=F.ID,
    confirmed=F.DATE,
    reason=F.COMMITMENT,
)
PRESERVATION_ASKED_AGAIN = declare(
    "preservation_asked_again",
    _("A further request came, on {asked}, that does not extend the preservation: for counsel."),
    preservation=F.ID,
    asked=F.DATE,
)
FURTHER_REQUEST_DECIDED = declare(
    "further_request_decided",
    _("Counsel looked at the further request to preserve."),
    preservation=F.ID,
    reason=F.COMMITMENT,
)
PRESERVATION_CONFIRMED = declare("preservation_confirmed", _("The data is known to be kept."), preservation=F.ID)
PRESERVATION_EXTENDED = declare(
    "preservation_extended",
    _("Preservation extended to {until}."),
    preservation=F.ID,
    until=F.DATE,
    reason=F.COMMITMENT,
)
PRESERVATION_LAPSED = declare(
    "preservation_lapsed",
    _("A preservation binds no more ({because}): someone must release it."),
    preservation=F.ID,
    because=F.CODE,
)
PRESERVATION_RELEASED = declare(
    "preservation_released",
    _("A preservation was ended[; others known then on the same data: {others}]."),
    preservation=F.ID,
    others=F.COUNT,
    reason=F.COMMITMENT,
)
