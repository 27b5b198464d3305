"""What leaves, how it is handed over, how a case ends, and letters."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

PRODUCED = declare(
    "produced",
    _(
        "Part {number} left[; produced: {produced}][; no records: {no_records}][; withheld: {withheld}]"
        "[; preserved or given effect: {other}]."
    ),
    production=F.ID,
    number=F.COUNT,
    produced=F.COUNT,
    no_records=F.COUNT,
    withheld=F.COUNT,
    other=F.COUNT,
    manifest=F.COMMITMENT,
)
DELIVERY_MADE = declare(
    "delivery_made",
    _(
        "Part {number} was made available ({way}[: {means}])[ until {until}]"
        "[; encrypted to the authority's certificate: {encrypted}]."
    ),
    delivery=F.ID,
    number=F.COUNT,
    way=F.CODE,
    means=F.CODE,
    until=F.END,
    encrypted=F.FLAG,
    reason=F.COMMITMENT,  # why it is not encrypted
    recipient=F.COMMITMENT,
)
DELIVERY_OPENED = declare("delivery_opened", _("The link was opened with its code."), delivery=F.ID)
DELIVERY_CODE_WRONG = declare(
    "delivery_code_wrong", _("A wrong code was tried, time {tries}."), delivery=F.ID, tries=F.COUNT
)
DELIVERY_TAKEN = declare("delivery_taken", _("File {file} of a package was downloaded."), delivery=F.ID, file=F.COUNT)
DELIVERY_RECEIVED = declare(
    "delivery_received",
    _("The agency has what was handed over; said by itself: {by_agency}."),
    delivery=F.ID,
    by_agency=F.FLAG,
    receipt=F.COMMITMENT,
)
DELIVERIES_REVOKED = declare(
    "deliveries_revoked", _("What was made available is open no more: {because}."), deliveries=F.IDS, because=F.CODE
)
ANSWERED = declare("case_answered", _("Answered: {outcome}."), outcome=F.CODE)
REJECTED = declare("case_rejected", _("Rejected: {ground}."), ground=F.CODE, reason=F.COMMITMENT)
WITHDRAWN = declare("case_withdrawn", _("Withdrawn by the agency."), reason=F.COMMITMENT)
REOPENED = declare("case_reopened", _("Reopened."), reason=F.COMMITMENT, because=F.CODE)
CLOSED = declare("case_closed", _("Closed."))
LETTER_DRAFTED = declare(
    "letter_drafted", _("Letter drafted: {letter_kind}."), letter=F.ID, letter_kind=F.CODE, text=F.COMMITMENT
)
LETTER_SENT = declare("letter_sent", _("Letter sent: {letter_kind}."), letter=F.ID, letter_kind=F.CODE)
LETTER_RELEASED = declare(
    "letter_released",
    _("Letter let go: {letter_kind}, {way}."),
    letter=F.ID,
    letter_kind=F.CODE,
    way=F.CODE,
    recipient=F.COMMITMENT,
)
LETTER_TAKEN_BACK = declare(
    "letter_taken_back", _("Letter taken back before it left: {letter_kind}."), letter=F.ID, letter_kind=F.CODE
)
LETTER_FAILED = declare(
    "letter_failed",
    _("Letter not delivered: {letter_kind}, {because}."),
    letter=F.ID,
    letter_kind=F.CODE,
    because=F.CODE,
)
LETTER_DROPPED = declare(
    "letter_dropped", _("A drafted letter was dropped: {letter_kind}."), letter=F.ID, letter_kind=F.CODE
)
