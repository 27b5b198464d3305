"""What the ledger says of how notices travel, in the stream of their case, and of how staff want to be told.

Never an address, never a link.
"""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare
from notifications.states import AttemptOutcome, Because

F = Field

PLANNED = declare(
    "message_planned",
    _("A message for notice duty {duty} was planned ({template}, {language})."),
    duty=F.ID,
    template=F.CODE,
    language=F.CODE,
)
ATTEMPTED = declare(
    "message_attempted",
    _("Attempt {number} to hand over the message for notice duty {duty} began."),
    duty=F.ID,
    number=F.COUNT,
)
ATTEMPT_ENDED = declare(
    "message_attempt_ended",
    _("Attempt {number} for notice duty {duty}: {outcome} ({reply})."),
    duty=F.ID,
    number=F.COUNT,
    outcome=AttemptOutcome.values,
    reply=F.COUNT,
)
UNCERTAIN = declare(
    "message_uncertain",
    _("Nobody knows whether attempt {number} for notice duty {duty} reached the customer."),
    duty=F.ID,
    number=F.COUNT,
)
CANCELLED = declare(
    "message_cancelled",
    _("The message for notice duty {duty} was cancelled: {because}."),
    duty=F.ID,
    because=Because.values,
)
FAILED = declare(
    "message_failed",
    _("The message for notice duty {duty} failed: {because}."),
    duty=F.ID,
    because=Because.values,
)
SETTLED = declare(
    "message_settled",
    _("Somebody settled the uncertain message for notice duty {duty}; arrived: {arrived}."),
    duty=F.ID,
    arrived=F.FLAG,
)
ADDRESS_CORRECTED = declare(
    "address_corrected",
    _("The address of the customer of notice duty {duty} was corrected."),
    duty=F.ID,
    address=F.COMMITMENT,
)
ABSENCE_SET = declare(
    "absence_set",
    _("Out of office[ from {first_day}][ to {last_day}][, account {deputy} stands in]."),
    first_day=F.DATE,
    last_day=F.DATE,
    deputy=F.ID,
)
FEED_MADE = declare("feed_made", _("A new address was made for a private calendar of deadlines."))
FEED_ENDED = declare("feed_ended", _("The address of a private calendar of deadlines was closed."))
