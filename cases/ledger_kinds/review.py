"""Legal review, questions to the agency, and the conflict-of-law check."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

REVIEW_BEGUN = declare("review_begun", _("Legal review began."))
REVIEW_ANSWERED = declare("review_answered", _("{item} {answer}."), item=F.CODE, answer=F.CODE, note=F.COMMITMENT)
REVIEW_ANSWERED_BY_RULE = declare("review_answered_by_rule", _("{item} {answer}, by rule."), item=F.CODE, answer=F.CODE)
ISSUER_RECORDED = declare("issuer_recorded", _("Issued by: {issuer}."), issuer=F.CODE)
ITEMS_NAMED = declare("items_named", _("The paper names these items: {fields}."), fields=F.CODES)
SCOPE_AUTHORISED = declare(
    "scope_authorised",
    _("Authorised {authorised}; targets: {targets}[; cut: {cut}]."),
    authorised=F.CODES,
    cut=F.CODES,
    fields=F.CODES,
    cut_fields=F.CODES,
    targets=F.COUNT,
    reason=F.COMMITMENT,
)
REVIEW_PASSED = declare("review_passed", _("Legal review passed."))
AGENCY_ASKED = declare(
    "agency_asked",
    _("A question went to the agency[; clocks that stand still: {paused}]."),
    text=F.COMMITMENT,
    paused=F.CODES,
)
AGENCY_REPLIED = declare(
    "agency_replied", _("The agency replied; request changed: {changed}."), text=F.COMMITMENT, changed=F.FLAG
)
CONFLICT_ASSESSED = declare(
    "conflict_assessed",
    _("Conflict of law assessed: {outcome}[ ({law})]; targets: {targets}."),
    targets=F.COUNT,
    outcome=F.CODE,
    law=F.CODE,
    conflict=F.FLAG,
    reason=F.COMMITMENT,
)
FINDINGS_FELL = declare(
    "conflict_findings_fell",
    _("Findings on a conflict of law fell with the facts under them; targets: {targets}."),
    targets=F.COUNT,
    because=F.CODE,
)
FACTORS_WRITTEN = declare("comity_factors_written", _("Comity factors written: {letters}."), letters=F.CODES)
OBJECTION_DRAFTED = declare(
    "art17_objection_drafted",
    _("A reasoned objection was drafted: {nature}[, last day {last_day}]."),
    letter=F.ID,
    nature=F.CODE,
    last_day=F.DATE,
)
GOVERNMENT_NOTICE_DECIDED = declare(
    "government_notice_decided",
    _("The government of {country} is to be told of the process."),
    country=F.CODE,
    reason=F.COMMITMENT,
    text=F.COMMITMENT,
)
GOVERNMENT_NOTICE_SENT = declare("government_notice_sent", _("The government of {country} was told."), country=F.CODE)
CONFLICT_CLEARED = declare("conflict_cleared", _("The conflict check was cleared."))
