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
TARGETS_LOOKED_UP = declare(
    "targets_looked_up",
    _("Looked up in the directory: {found} found, {not_found} not, {several} ambiguous, {failed} failed."),
    found=F.COUNT,
    not_found=F.COUNT,
    several=F.COUNT,
    failed=F.COUNT,
)
DOCUMENT_ADDED = declare("document_added", _("A document was added ({role})."), document=F.CODE, role=F.CODE)
EMERGENCY_SET = declare(
    "emergency_set", _("An analyst set the emergency, with the danger stated."), danger=F.COMMITMENT
)
CALLED_BACK = declare(
    "called_back",
    _("The agency was called back for this request; second verifier: staff member {second}."),
    verification=F.ID,
    second=F.ID,
    number=F.COMMITMENT,
    source=F.COMMITMENT,
    evidence=F.COMMITMENT,
)
CALL_BACKS_REVOKED = declare("call_backs_revoked", _("What was verified for this request counts no more."))
PAPER_RECORDED = declare(
    "paper_recorded", _("The follow-up paper; it came: {came}."), came=F.FLAG, document=F.CODE, note=F.COMMITMENT
)
SIGNAL_RAISED = declare("signal_raised", _("A sign of fraud: {code}."), code=F.CODE)
SIGNAL_CLEARED = declare("signal_cleared", _("A sign of fraud was looked at: {code}."), code=F.CODE, note=F.COMMITMENT)
BREACH_NOTIFIED = declare(
    "breach_notified",
    _("The breach was dealt with before the supervisory authority; notified: {notified}."),
    notified=F.FLAG,
    note=F.COMMITMENT,
)
ORDERS_VOIDED = declare("orders_voided", _("Orders of a forger were voided by two counsel: {orders}."), orders=F.IDS)
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

SEALED_LOOKED_AT = declare("sealed_looked_at", _("Looked at: {what}."), what=F.CODE)
ACCESS_REFUSED = declare("access_refused", _("Refused: {what}."), what=F.CODE)
CASES_EXPORTED = declare(
    "cases_exported",
    _("{cases} cases and {sealed} sealed ones were taken away as a list."),
    cases=F.COUNT,
    sealed=F.COUNT,
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
ORDER_REVIEW_ASKED = declare(
    "order_review_asked",
    _("Judicial review of order {order} was asked for, on {notified}."),
    order=F.ID,
    notified=F.DATE,
)
GOVERNMENT_APPLIED = declare(
    "government_applied",
    _("The Government applied for a court's order in place of order {order}, on {applied}."),
    order=F.ID,
    applied=F.DATE,
)
ORDER_REVIEWED = declare(
    "order_reviewed",
    _("Order {order} was looked at again; next on {next}."),
    order=F.ID,
    next=F.DATE,
    finding=F.COMMITMENT,
)
SILENCE_EXPLAINED = declare(
    "silence_explained",
    _("Somebody was told of order {order} ({capacity}), and that it binds them too."),
    order=F.ID,
    briefing=F.ID,
    capacity=F.CODE,
    person=F.COMMITMENT,
    reason=F.COMMITMENT,
)
SILENCE_ASKED = declare("silence_asked", _("The paper asks us not to tell, without an order: {asked}."), asked=F.FLAG)
CONTROLLER_NOTICE_SET = declare(
    "controller_notice_set", _("What the order says of informing the controller: {said}."), said=F.CODE
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
APPROVAL_ASKED = declare(
    "approval_asked", _("{what}: staff member {asked} was asked to decide."), approval=F.ID, what=F.CODE, asked=F.ID
)
APPROVAL_EXPIRED = declare(
    "approval_expired",
    _("{what}: not decided or not carried out in its time, it expired."),
    approval=F.ID,
    what=F.CODE,
)
APPROVAL_BLOCKED = declare(
    "approval_blocked",
    _("{what}: an attempt to {attempt} was blocked ({because})."),
    approval=F.ID,
    what=F.CODE,
    attempt=F.CODE,
    because=F.CODE,
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
    hearing=F.DATE,
    decided=F.DATE,
    appeal_until=F.DATE,
)
FILING_RECORDED = declare(
    "filing_recorded",
    _("A paper was filed in instance {instance}, by {party}, on {filed}."),
    challenge=F.ID,
    instance=F.ID,
    filing=F.ID,
    party=F.CODE,
    filed=F.DATE,
    title=F.COMMITMENT,
)
APPEALED = declare(
    "appealed",
    _("The decision of instance {instance} was appealed on {appealed}: {next} decides next."),
    challenge=F.ID,
    instance=F.ID,
    next=F.ID,
    appealed=F.DATE,
)
CLOCKS_SUSPENDED = declare(
    "clocks_suspended",
    _("Clocks stand still while it is challenged ({remedy}): {rules}."),
    remedy=F.CODE,
    rules=F.CODES,
)
CHALLENGE_ENDED = declare("challenge_ended", _("The challenge ended: {result}."), challenge=F.ID, result=F.CODE)

PRESERVED = declare(
    "preserved",
    _("Preservation recorded ({rule}) until {until}."),
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
    _("A preservation was ended; {others} others known then stand on the same data."),
    preservation=F.ID,
    others=F.COUNT,
    reason=F.COMMITMENT,
)

AUTHORITY_ANSWERED = declare(
    "authority_answered", _("The enforcing authority answered; refused: {refused}."), refused=F.FLAG
)
CLOCK_STARTED = declare(
    "clock_started", _("Clock {rule}: due {due}."), rule=F.CODE, due=F.INSTANT, not_before=F.INSTANT
)
CLOCK_SETTLED = declare("clock_settled", _("Clock {rule}: {state}."), rule=F.CODE, state=F.CODE)
CLOCK_SUSPENDED = declare(
    "clock_suspended", _("Clock {rule} was made to stand still."), rule=F.CODE, reason=F.COMMITMENT
)
CLOCK_RESUMED = declare(
    "clock_resumed", _("Clock {rule} runs on: due {due}."), rule=F.CODE, due=F.INSTANT, reason=F.COMMITMENT
)
CLOCK_EXTENDED = declare(
    "clock_extended",
    _("Clock {rule} extended through {until}: due {due}."),
    rule=F.CODE,
    until=F.DATE,
    due=F.INSTANT,
    reason=F.COMMITMENT,
)
CLOCK_RECOMPUTED = declare(
    "clock_recomputed",
    _("Clock {rule} computed anew: due {due}, before that {was}."),
    rule=F.CODE,
    due=F.INSTANT,
    was=F.INSTANT,
    not_before=F.INSTANT,
)
DEADLINE_WARNED = declare("deadline_warned", _("Deadline {rule} is near: {due}."), rule=F.CODE, due=F.INSTANT)
DEADLINE_PASSED = declare("deadline_passed", _("Deadline {rule} has passed: {due}."), rule=F.CODE, due=F.INSTANT)

MEASURES_SET = declare(
    "measures_set",
    _("The order asks to {measure} {targets} targets in {territories}."),
    measure=F.CODE,
    targets=F.COUNT,
    territories=F.CODES,
    until=F.DATE,
)
MEASURES_NARROWED = declare(
    "measures_narrowed",
    _("{measures} measures reach {territories} only."),
    measures=F.COUNT,
    territories=F.CODES,
    reason=F.COMMITMENT,
)
COLLATERAL_CHECKED = declare(
    "collateral_checked",
    _("Looked for who else is hit by {measures} measures: {affected}, of whom {told} are told."),
    measures=F.COUNT,
    affected=F.COUNT,
    told=F.COUNT,
    note=F.COMMITMENT,
)
ORDER_STATED = declare(
    "order_stated", _("Recorded what the notice repeats of the order."), reasons=F.COMMITMENT, redress=F.COMMITMENT
)
SILENCE_DECIDED = declare(
    "silence_decided",
    _("Counsel decided that an order not to tell goes before the notice."),
    orders=F.IDS,
    reason=F.COMMITMENT,
)
EFFECT_GIVEN = declare(
    "effect_given",
    _("Effect was given to {measures} measures on {targets} targets; {affected} others are told."),
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
    _("{measures} measures were reversed ({cause}); {told} customers are told."),
    measures=F.COUNT,
    cause=F.CODE,
    reversed=F.INSTANT,
    told=F.COUNT,
    reason=F.COMMITMENT,
)

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
DELIVERY_MADE = declare(
    "delivery_made",
    _("Part {number} was made available ({way}) until {until}."),
    delivery=F.ID,
    number=F.COUNT,
    way=F.CODE,
    until=F.INSTANT,
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
