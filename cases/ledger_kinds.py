"""Everything that can be written about a case into its ledger stream, with the sentence a person reads."""

from django.utils.translation import gettext_lazy as _

from ledger.kinds import Field, declare

F = Field

RECEIVED = declare(
    "case_received",
    _("Received: {instrument}, through {channel}, {targets} targets."),
    reference=F.REFERENCE,
    instrument=F.CODE,
    channel=F.CODE,
    agency=F.ID,
    targets=F.COUNT,
    asked=F.CODES,
    provenance=F.CODE,
)
TARGETS_CHANGED = declare("targets_changed", _("The targets changed: {targets} now."), targets=F.COUNT)
DOCUMENT_ADDED = declare("document_added", _("A document was added ({role})."), document=F.CODE, role=F.CODE)
EMERGENCY_SET = declare(
    "emergency_set", _("An analyst set the emergency, with the danger stated."), danger=F.COMMITMENT
)
EMERGENCY_CLEARED = declare("emergency_cleared", _("The emergency was taken back."), reason=F.COMMITMENT)
AGENCY_VERIFIED = declare(
    "agency_verified",
    _("Agency {agency} verified ({method}) until {until}."),
    agency=F.ID,
    method=F.CODE,
    until=F.INSTANT,
)
VERIFICATION_REVOKED = declare(
    "verification_revoked", _("The verification of agency {agency} was revoked."), agency=F.ID
)
ASSIGNED = declare("case_assigned", _("Assigned to staff member {assignee}."), assignee=F.ID)
SEALED = declare(
    "case_sealed",
    _("Sealed into compartment {compartment}; seen before by {seen_by}."),
    compartment=F.ID,
    seen_by=F.IDS,
)

REVIEW_BEGUN = declare("review_begun", _("Legal review began."))
REVIEW_ANSWERED = declare(
    "review_answered", _("Review item {item}: {answer}."), item=F.CODE, answer=F.CODE, note=F.COMMITMENT
)
REVIEW_ANSWERED_BY_RULE = declare(
    "review_answered_by_rule", _("A rule answers review item {item}: {answer}."), item=F.CODE, answer=F.CODE
)
ISSUER_RECORDED = declare("issuer_recorded", _("Issued by: {issuer}."), issuer=F.CODE)
SCOPE_AUTHORISED = declare(
    "scope_authorised",
    _("Authorised {authorised} for {targets} targets; cut {cut}."),
    authorised=F.CODES,
    cut=F.CODES,
    fields=F.CODES,
    cut_fields=F.CODES,
    targets=F.COUNT,
    reason=F.COMMITMENT,
)
REVIEW_PASSED = declare("review_passed", _("Legal review passed."))
AGENCY_ASKED = declare(
    "agency_asked", _("A question went to the agency; clocks paused: {paused}."), text=F.COMMITMENT, paused=F.CODES
)
AGENCY_REPLIED = declare(
    "agency_replied", _("The agency replied; request changed: {changed}."), text=F.COMMITMENT, changed=F.FLAG
)
CONFLICT_ASSESSED = declare(
    "conflict_assessed",
    _("Conflict of law assessed for {targets} targets: {outcome} ({law})."),
    targets=F.COUNT,
    outcome=F.CODE,
    law=F.CODE,
    conflict=F.FLAG,
    reason=F.COMMITMENT,
)
FACTORS_WRITTEN = declare("comity_factors_written", _("Comity factors written: {letters}."), letters=F.CODES)
OBJECTION_DRAFTED = declare(
    "art17_objection_drafted",
    _("A reasoned objection was drafted: {nature}, last day {last_day}."),
    letter=F.ID,
    nature=F.CODE,
    last_day=F.DATE,
)
GOVERNMENT_NOTICE_DECIDED = declare(
    "government_notice_decided",
    _("The government of {country} is to be told of the process."),
    country=F.CODE,
    reason=F.COMMITMENT,
)
GOVERNMENT_NOTICE_SENT = declare("government_notice_sent", _("The government of {country} was told."), country=F.CODE)
CONFLICT_CLEARED = declare("conflict_cleared", _("The conflict check was cleared."))

DUTY_CREATED = declare("duty_created", _("Notice duty {duty}: {state}."), duty=F.ID, kind_of_duty=F.CODE, state=F.CODE)
DUTY_CHANGED = declare(
    "duty_changed",
    _("Notice duty {duty}: {state} ({basis})."),
    duty=F.ID,
    state=F.CODE,
    basis=F.CODE,
    until=F.INSTANT,
    reason=F.COMMITMENT,
)
NOTICE_DELIVERED = declare(
    "notice_delivered",
    _("Notice duty {duty} fulfilled; the customer may object until {window_ends}."),
    duty=F.ID,
    confirmed=F.FLAG,
    window_ends=F.INSTANT,
)
WINDOW_OPENED = declare(
    "window_opened", _("The customer of duty {duty} may object, from now until {ends}."), duty=F.ID, ends=F.INSTANT
)
DELIVERY_CONFIRMED = declare("delivery_confirmed", _("Delivery for duty {duty} was confirmed."), duty=F.ID)
NOTICE_FAILED = declare("notice_failed", _("The notice for duty {duty} failed for good."), duty=F.ID, because=F.CODE)
WINDOW_WAIVED = declare("window_waived", _("The customer of duty {duty} gave up the rest of the window."), duty=F.ID)
WINDOW_SHORTENED = declare(
    "window_shortened", _("The window of duty {duty} now ends {ends}."), duty=F.ID, ends=F.INSTANT, reason=F.COMMITMENT
)
NOTICES_SETTLED = declare("notices_settled", _("Every notice duty is settled: {state}."), state=F.CODE)
BASIS_ENDED = declare("basis_ended", _("A basis for withholding ended for {duties} duties."), duties=F.IDS)
IMPORT_RELEASED = declare("import_released", _("An operator released what the import held."))

INSTALLATION_HELD = declare("installation_held", _("The installation was held: {because}."), because=F.CODE)
INSTALLATION_RELEASED = declare(
    "installation_released", _("The hold was released, with staff member {second} as the second person."), second=F.ID
)

ORDER_RECORDED = declare(
    "order_recorded",
    _("Order not to tell recorded: {basis}, from {first_day} to {last_day}; told before: {told_before}."),
    order=F.ID,
    basis=F.CODE,
    first_day=F.DATE,
    last_day=F.DATE,
    indefinite=F.FLAG,
    told_before=F.IDS,
)
ORDER_EXTENDED = declare(
    "order_extended",
    _("Order {order} extended to {last_day}; in time: {in_time}."),
    order=F.ID,
    last_day=F.DATE,
    in_time=F.FLAG,
)
ORDER_LIFTED = declare("order_lifted", _("Order {order} was lifted."), order=F.ID, reason=F.COMMITMENT)
HOLD_PLACED = declare(
    "hold_placed", _("Something arrived that may concern this case: no notice leaves."), because=F.CODE
)
HOLD_LOOKED_AT = declare("hold_looked_at", _("What arrived was looked at."), hold=F.ID)

OBJECTION_RECEIVED = declare(
    "objection_received", _("The customer of duty {duty} objected."), duty=F.ID, objection=F.ID, text=F.COMMITMENT
)
OBJECTION_PROOF_ASKED = declare(
    "objection_proof_asked", _("Proof of filing was asked for, until {until}."), objection=F.ID, until=F.INSTANT
)
OBJECTION_PROOF_SHOWN = declare("objection_proof_shown", _("The customer showed proof of filing."), objection=F.ID)
OBJECTION_ENDED = declare(
    "objection_ended", _("Objection {objection} ended: {how}."), objection=F.ID, how=F.CODE, reason=F.COMMITMENT
)

APPROVAL_PROPOSED = declare(
    "approval_proposed",
    _("Proposed: {what}."),
    approval=F.ID,
    what=F.CODE,
    digest=F.COMMITMENT,
    reason=F.COMMITMENT,
)
APPROVAL_DECIDED = declare(
    "approval_decided",
    _("{what}: {decision}."),
    approval=F.ID,
    what=F.CODE,
    decision=F.CODE,
    digest=F.COMMITMENT,
    reason=F.COMMITMENT,
)
APPROVALS_VOIDED = declare(
    "approvals_voided", _("Approvals no longer hold: {because}."), approvals=F.IDS, because=F.CODE
)

CHALLENGED = declare(
    "challenge_begun",
    _("Challenge of {subject} before {forum}, last day {last_day}."),
    challenge=F.ID,
    subject=F.CODE,
    forum=F.CODE,
    last_day=F.DATE,
    ground=F.COMMITMENT,
)
INSTANCE_RECORDED = declare(
    "instance_recorded",
    _("Instance {instance} of the challenge: {result}."),
    challenge=F.ID,
    instance=F.ID,
    result=F.CODE,
    decided=F.DATE,
    appeal_until=F.DATE,
)
CHALLENGE_ENDED = declare("challenge_ended", _("The challenge ended: {result}."), challenge=F.ID, result=F.CODE)

PRESERVED = declare(
    "preserved", _("Preservation recorded ({rule}) until {until}."), preservation=F.ID, rule=F.CODE, until=F.DATE
)
PRESERVATION_CONFIRMED = declare("preservation_confirmed", _("The data is known to be kept."), preservation=F.ID)
PRESERVATION_EXTENDED = declare(
    "preservation_extended", _("Preservation extended to {until}."), preservation=F.ID, until=F.DATE
)
PRESERVATION_LAPSED = declare(
    "preservation_lapsed", _("The time of a preservation is over: someone must release it."), preservation=F.ID
)
PRESERVATION_RELEASED = declare("preservation_released", _("The preserved data was released."), preservation=F.ID)

AUTHORITY_ANSWERED = declare(
    "authority_answered", _("The enforcing authority answered; refused: {refused}."), refused=F.FLAG
)
CLOCK_STARTED = declare(
    "clock_started", _("Clock {rule}: due {due}."), rule=F.CODE, due=F.INSTANT, not_before=F.INSTANT
)
CLOCK_SETTLED = declare("clock_settled", _("Clock {rule}: {state}."), rule=F.CODE, state=F.CODE)
DEADLINE_WARNED = declare("deadline_warned", _("Deadline {rule} is near: {due}."), rule=F.CODE, due=F.INSTANT)
DEADLINE_PASSED = declare("deadline_passed", _("Deadline {rule} has passed: {due}."), rule=F.CODE, due=F.INSTANT)

PRODUCED = declare(
    "produced",
    _("Part {number} left: {produced} produced, {no_records} no records, {withheld} withheld."),
    production=F.ID,
    number=F.COUNT,
    produced=F.COUNT,
    no_records=F.COUNT,
    withheld=F.COUNT,
    other=F.COUNT,
    manifest=F.COMMITMENT,
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
LETTER_DROPPED = declare(
    "letter_dropped", _("A drafted letter was dropped: {letter_kind}."), letter=F.ID, letter_kind=F.CODE
)
FRAUD_PROVEN = declare("fraud_proven", _("The request was forged: its orders fall, its agency is not verified."))
DUPLICATE_MARKED = declare("duplicate_marked", _("The same request as {original}."), original=F.REFERENCE)
REQUEST_AMENDED = declare(
    "request_amended",
    _("The request changed: it asks {asked} of {targets} targets; {added} added, {dropped} dropped."),
    asked=F.CODES,
    targets=F.COUNT,
    added=F.COUNT,
    dropped=F.COUNT,
    reason=F.COMMITMENT,
)
RETURN_DATE_CHANGED = declare("return_date_changed", _("The return date is {until} now."), until=F.DATE)
AUTHORITY_NOTIFIED = declare("authority_notified", _("An enforcing authority was notified of this request."))
