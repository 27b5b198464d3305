"""What arrives, who may see it, and what is asked."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

RECEIVED = declare(
    "case_received",
    _("Received: {instrument}, through {channel}; targets: {targets}."),
    reference=F.REFERENCE,
    instrument=F.CODE,
    channel=F.CODE,
    agency=F.ID,
    targets=F.COUNT,
    asked=F.CODES,
    provenance=F.CODE,
)
TARGETS_CHANGED = declare("targets_changed", _("The targets changed: {targets} now."), targets=F.COUNT)
TARGETS_LOOKED_UP = declare(
    "targets_looked_up",
    _(
        "Looked up in the directory[; found: {found}][; not found: {not_found}][; ambiguous: {several}]"
        "[; failed: {failed}]."
    ),
    found=F.COUNT,
    not_found=F.COUNT,
    several=F.COUNT,
    failed=F.COUNT,
)
CUSTOMER_CORRECTED = declare(
    "customer_corrected",
    _("What is known of customer {customer} was corrected: {facts}."),
    customer=F.ID,
    facts=F.CODES,
    reason=F.COMMITMENT,
)
DOCUMENT_ADDED = declare("document_added", _("A document was added ({role})."), document=F.CODE, role=F.CODE)
AGENCY_VERIFIED = declare(
    "agency_verified",
    _("Agency {agency} verified ({method})[ until {until}]."),
    agency=F.ID,
    method=F.CODE,
    until=F.END,
)
DOMAIN_RECORDED = declare(
    "agency_domain_recorded",
    _("The domain that agency {agency} writes from was registered on {registered}."),
    agency=F.ID,
    registered=F.DATE,
)
VERIFICATION_REVOKED = declare(
    "verification_revoked", _("The verification of agency {agency} was revoked."), agency=F.ID
)
ASSIGNED = declare("case_assigned", _("Assigned to staff member {assignee}."), assignee=F.ID)
SEALED = declare(
    "case_sealed",
    _("Sealed into compartment {compartment}[; seen before by {seen_by}]."),
    compartment=F.ID,
    seen_by=F.IDS,
)
SEALED_LOOKED_AT = declare("sealed_looked_at", _("Looked at: {what}."), what=F.CODE)
ACCESS_REFUSED = declare("access_refused", _("Refused: {what}."), what=F.CODE)
CASES_EXPORTED = declare(
    "cases_exported",
    _("A list of cases was taken away: {cases}[, and sealed ones: {sealed}]."),
    cases=F.COUNT,
    sealed=F.COUNT,
)
REQUEST_AMENDED = declare(
    "request_amended",
    _("The request changed[: it asks {asked}]; targets: {targets}[, added: {added}][, dropped: {dropped}]."),
    asked=F.CODES,
    targets=F.COUNT,
    added=F.COUNT,
    dropped=F.COUNT,
    reason=F.COMMITMENT,
)
RETURN_DATE_CHANGED = declare("return_date_changed", _("The return date is {until} now."), until=F.DATE)
DUPLICATE_MARKED = declare("duplicate_marked", _("The same request as {original}."), original=F.REFERENCE)
IMPORT_RELEASED = declare("import_released", _("An operator released what the import held."))
INSTALLATION_HELD = declare("installation_held", _("The installation was held: {because}."), because=F.CODE)
INSTALLATION_RELEASED = declare(
    "installation_released", _("The hold was released, with staff member {second} as the second person."), second=F.ID
)
