"""What of a document a customer may read. Boxes by their number only: where they lie speaks of what they hide."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

REDACTION_BEGUN = declare(
    "redaction_begun",
    _("Redaction {number} of a document was begun; pages: {pages}, for one customer only: {for_one}."),
    redaction=F.ID,
    number=F.COUNT,
    document=F.CODE,
    pages=F.COUNT,
    for_one=F.FLAG,
)
REDACTION_CHANGED = declare(
    "redaction_changed",
    _("Redaction {number}: boxes drawn: {drawn}, taken away: {removed}; boxes now: {boxes}."),
    redaction=F.ID,
    number=F.COUNT,
    drawn=F.COUNT,
    removed=F.COUNT,
    boxes=F.COUNT,
)
REDACTION_BURNED = declare(
    "redaction_burned",
    _("Redaction {number} was burned into a document of images; boxes: {boxes}, pages: {pages}."),
    redaction=F.ID,
    number=F.COUNT,
    document=F.CODE,
    boxes=F.COUNT,
    pages=F.COUNT,
    digest=F.COMMITMENT,
)
REDACTION_SHOWN = declare(
    "redaction_shown",
    _("Redaction {number} was approved: the customer may read it; boxes: {boxes}."),
    redaction=F.ID,
    number=F.COUNT,
    document=F.CODE,
    boxes=F.COUNT,
)
REDACTION_WITHDRAWN = declare(
    "redaction_withdrawn",
    _("Redaction {number} was withdrawn; it had been shown: {was_shown}[; replaced by number {replaced_by}]."),
    redaction=F.ID,
    number=F.COUNT,
    was_shown=F.FLAG,
    replaced_by=F.COUNT,
    reason=F.COMMITMENT,
)
