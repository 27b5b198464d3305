"""What the ledger says of how notices and letters travel, in the stream of their case, and of how staff are told.

Never an address, never a link.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ledger.kinds import EntryKind, Field, declare
from notifications.states import AttemptOutcome, Because

F = Field


@dataclass(frozen=True)
class Travel:
    """The kinds of entry by which one kind of errand travels."""

    planned: EntryKind
    attempted: EntryKind
    attempt_ended: EntryKind
    uncertain: EntryKind
    cancelled: EntryKind
    failed: EntryKind
    settled: EntryKind


NOTICE = Travel(
    planned=declare(
        "message_planned",
        _("A message for notice duty {duty} was planned ({template}, {language})."),
        duty=F.ID,
        template=F.CODE,
        language=F.CODE,
    ),
    attempted=declare(
        "message_attempted",
        _("Attempt {number} to hand over the message for notice duty {duty} began[, in version {wording}]."),
        duty=F.ID,
        number=F.COUNT,
        wording=F.COUNT,
    ),
    attempt_ended=declare(
        "message_attempt_ended",
        _("Attempt {number} for notice duty {duty}: {outcome} ({reply})."),
        duty=F.ID,
        number=F.COUNT,
        outcome=AttemptOutcome.values,
        reply=F.COUNT,
    ),
    uncertain=declare(
        "message_uncertain",
        _("Nobody knows whether attempt {number} for notice duty {duty} reached the customer."),
        duty=F.ID,
        number=F.COUNT,
    ),
    cancelled=declare(
        "message_cancelled",
        _("The message for notice duty {duty} was cancelled: {because}."),
        duty=F.ID,
        because=Because.values,
    ),
    failed=declare(
        "message_failed",
        _("The message for notice duty {duty} failed: {because}."),
        duty=F.ID,
        because=Because.values,
    ),
    settled=declare(
        "message_settled",
        _("Somebody settled the uncertain message for notice duty {duty}; arrived: {arrived}."),
        duty=F.ID,
        arrived=F.FLAG,
    ),
)
LETTER = Travel(
    planned=declare(
        "letter_message_planned",
        _("A message for letter {letter} was planned ({template}, {language})."),
        letter=F.ID,
        template=F.CODE,
        language=F.CODE,
    ),
    attempted=declare(
        "letter_message_attempted",
        _("Attempt {number} to hand over letter {letter} began."),
        letter=F.ID,
        number=F.COUNT,
    ),
    attempt_ended=declare(
        "letter_message_attempt_ended",
        _("Attempt {number} for letter {letter}: {outcome} ({reply})."),
        letter=F.ID,
        number=F.COUNT,
        outcome=AttemptOutcome.values,
        reply=F.COUNT,
    ),
    uncertain=declare(
        "letter_message_uncertain",
        _("Nobody knows whether attempt {number} for letter {letter} arrived."),
        letter=F.ID,
        number=F.COUNT,
    ),
    cancelled=declare(
        "letter_message_cancelled",
        _("The message for letter {letter} was cancelled: {because}."),
        letter=F.ID,
        because=Because.values,
    ),
    failed=declare(
        "letter_message_failed",
        _("The message for letter {letter} failed: {because}."),
        letter=F.ID,
        because=Because.values,
    ),
    settled=declare(
        "letter_message_settled",
        _("Somebody settled the uncertain message for letter {letter}; arrived: {arrived}."),
        letter=F.ID,
        arrived=F.FLAG,
    ),
)
REMINDER = Travel(
    planned=declare(
        "reminder_planned",
        _("A reminder of notice {reminder} was planned ({template}, {language})."),
        reminder=F.ID,
        template=F.CODE,
        language=F.CODE,
    ),
    attempted=declare(
        "reminder_attempted",
        _("Attempt {number} to hand over the reminder of notice {reminder} began."),
        reminder=F.ID,
        number=F.COUNT,
        wording=F.COUNT,
    ),
    attempt_ended=declare(
        "reminder_attempt_ended",
        _("Attempt {number} for the reminder of notice {reminder}: {outcome} ({reply})."),
        reminder=F.ID,
        number=F.COUNT,
        outcome=AttemptOutcome.values,
        reply=F.COUNT,
    ),
    uncertain=declare(
        "reminder_uncertain",
        _("Nobody knows whether attempt {number} for the reminder of notice {reminder} reached the customer."),
        reminder=F.ID,
        number=F.COUNT,
    ),
    cancelled=declare(
        "reminder_cancelled",
        _("The reminder of notice {reminder} was cancelled: {because}."),
        reminder=F.ID,
        because=Because.values,
    ),
    failed=declare(
        "reminder_failed",
        _("The reminder of notice {reminder} failed: {because}."),
        reminder=F.ID,
        because=Because.values,
    ),
    settled=declare(
        "reminder_settled",
        _("Somebody settled the uncertain reminder of notice {reminder}; arrived: {arrived}."),
        reminder=F.ID,
        arrived=F.FLAG,
    ),
)
POSTED = declare(
    "message_posted",
    _("What was printed[ for notice duty {duty}][ of letter {letter}] was put into the post on {day}."),
    duty=F.ID,
    letter=F.ID,
    day=F.DATE,
)
ADDRESS_CORRECTED = declare(
    "address_corrected",
    _("The address of the customer of notice duty {duty} was corrected."),
    duty=F.ID,
    address=F.COMMITMENT,
)
LINK_REVOKED = declare("link_revoked", _("The page of customer {customer} about this case was shut."), customer=F.ID)

# What the operator's counsel says in mails: in a stream of its own, for it is of no case. The digest is of the words.
WORDINGS = "wordings"
_VERSION = {"mail": F.CODE, "language": F.CODE, "number": F.COUNT, "digest": F.COMMITMENT}

WORDING_WRITTEN = declare(
    "wording_written",
    _("Version {number} of the mail {mail} in {language} was written."),
    **_VERSION,
)
WORDING_PROPOSED = declare(
    "wording_proposed",
    _("Version {number} of the mail {mail} in {language} was proposed."),
    **_VERSION,
)
WORDING_APPROVED = declare(
    "wording_approved",
    _("Version {number} of the mail {mail} in {language} was approved and is in use."),
    **_VERSION,
)
WORDING_RETIRED = declare(
    "wording_retired",
    _("Version {number} of the mail {mail} in {language} is no longer in use."),
    **_VERSION,
)
WORDING_BROKE = declare(
    "wording_broke",
    _("Version {number} of the mail {mail} in {language} could not be used: the built-in words are."),
    **_VERSION,
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
