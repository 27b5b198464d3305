"""What orders about content, domains and seizure do."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

MEASURES_SET = declare(
    "measures_set",
    _("The order asks to {measure} in {territories}; targets: {targets}."),
    measure=F.CODE,
    targets=F.COUNT,
    territories=F.CODES,
    until=F.DATE,
)
MEASURES_NARROWED = declare(
    "measures_narrowed",
    _("Narrowed to {territories}; measures: {measures}."),
    measures=F.COUNT,
    territories=F.CODES,
    reason=F.COMMITMENT,
)
COLLATERAL_CHECKED = declare(
    "collateral_checked",
    _("Looked for who else is hit; measures: {measures}, hit: {affected}, told: {told}."),
    measures=F.COUNT,
    affected=F.COUNT,
    told=F.COUNT,
    note=F.COMMITMENT,
)
ORDER_STATED = declare(
    "order_stated", _("Recorded what the notice repeats of the order."), reasons=F.COMMITMENT, redress=F.COMMITMENT
)
EFFECT_GIVEN = declare(
    "effect_given",
    _("Effect was given; measures: {measures}, targets: {targets}[, others who are told: {affected}]."),
    production=F.ID,
    measures=F.COUNT,
    targets=F.COUNT,
    affected=F.COUNT,
    effect=F.INSTANT,
)
MEASURE_ENDED = declare(
    "measure_ended", _("The last day of a measure has passed: someone must reverse it."), measure=F.ID
)
MEASURES_REVERSED = declare(
    "measures_reversed",
    _("Effect was undone ({cause}); measures: {measures}[, customers who are told: {told}]."),
    measures=F.COUNT,
    cause=F.CODE,
    reversed=F.INSTANT,
    told=F.COUNT,
    reason=F.COMMITMENT,
)
