"""What intake writes into a case's ledger beside what cases itself writes."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

OUTCOME_IMPORTED = declare(
    "outcome_imported", _("Outcome taken over from earlier records: {outcome}."), outcome=Field.CODE
)
NOTICE_IMPORTED = declare("notice_imported", _("Notice taken over from earlier records: {notice}."), notice=Field.CODE)
VERIFICATION_LAPSED = declare("verification_lapsed", _("The verification of agency {agency} ended."), agency=Field.ID)
SUBMITTED = declare(
    "submission_kept",
    _("A submission came through {channel}; documents: {documents}."),
    submission=Field.ID,
    channel=Field.CODE,
    documents=Field.COUNT,
    manifest=Field.COMMITMENT,  # of the documents' SHA-256, in their order
    message=Field.COMMITMENT,
)
