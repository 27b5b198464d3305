"""The words of the workflow: the states of a case and of what hangs on it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    RECEIVED = "received", _("Received")
    LEGAL_REVIEW = "legal_review", _("Legal review")
    AWAITING_AGENCY = "awaiting_agency", _("Waiting for agency")
    CONFLICT_CHECK = "conflict_check", _("Conflict check")
    NOTICE_PENDING = "notice_pending", _("Notice pending")
    CUSTOMER_NOTIFIED = "customer_notified", _("Customer notified")
    NOTICE_WITHHELD = "notice_withheld", _("Notice withheld")
    CHALLENGED = "challenged", _("Challenged")
    ANSWERED = "answered", _("Answered")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


ENDED = (CaseState.ANSWERED, CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.CLOSED)
OPEN = tuple(state for state in CaseState if state not in ENDED)

# A question may be out, and a challenge may begin, in these; the case comes back to the one it left.
ASKABLE = (
    CaseState.LEGAL_REVIEW,
    CaseState.CONFLICT_CHECK,
    CaseState.NOTICE_PENDING,
    CaseState.CUSTOMER_NOTIFIED,
    CaseState.NOTICE_WITHHELD,
)
# A conflict of law is assessed in its check, and anew where what a finding rests on changed after it.
ASSESSABLE = (
    CaseState.CONFLICT_CHECK,
    CaseState.NOTICE_PENDING,
    CaseState.CUSTOMER_NOTIFIED,
    CaseState.NOTICE_WITHHELD,
)
CHALLENGEABLE = (*ASKABLE, CaseState.AWAITING_AGENCY)


class Category(TextChoices):
    SUBSCRIBER = "subscriber", _("Subscriber")
    IDENTIFICATION = "identification", _("Access and identification")
    TRAFFIC = "traffic", _("Traffic")
    CONTENT = "content", _("Content")


class Channel(TextChoices):
    PORTAL = "portal", _("Portal")
    EMAIL = "email", _("E-mail")
    API = "api", _("API")
    POST = "post", _("Post")
    IMPORT = "import", _("Import")
    EEVIDENCE = "eevidence", _("e-Evidence")


class Provenance(TextChoices):
    LIVE = "live", _("Worked here")
    IMPORTED = "imported", _("Imported history")


class Outcome(TextChoices):
    ANSWERED = "answered", _("Answered")
    ANSWERED_PARTIAL = "answered_partial", _("Answered in part")
    NO_DATA = "no_data", _("No data")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ControllerNotice(TextChoices):
    """Law: Reg. (EU) 2023/1543 Annex I Section G(d)."""

    INFORM = "inform", _("The processor shall inform the controller")
    NOT_YET = "not_yet", _("The processor shall not inform the controller until further notice")


class TargetKind(TextChoices):
    ACCOUNT = "account", _("Account")
    DOMAIN = "domain", _("Domain")
    IP = "ip", _("IP address")
    EMAIL = "email", _("E-mail address")
    URL = "url", _("URL")
    PHONE = "phone", _("Phone number")
    PAYMENT = "payment", _("Payment reference")
    OTHER = "other", _("Other")


class TargetMatch(TextChoices):
    """What the customer directory said of a target."""

    NOT_ASKED = "not_asked", _("Not looked up")
    FOUND = "found", _("Found")
    NOT_FOUND = "not_found", _("No customer found")
    SEVERAL = "several", _("Several customers found")
    FAILED = "failed", _("The directory did not answer")


class DutyKind(TextChoices):
    REQUEST = "request", _("Notice of the request")
    OUTCOME = "outcome", _("Notice of the outcome")
    DECISION = "decision", _("Notice of a decision on an objection or a window")
    CONTROLLER = "controller", _("Notice to the controller")
    FRAUD = "fraud", _("Notice of a fraudulent request")
    AFFECTED = "affected", _("Notice to who is affected beside the target")


class DutyState(TextChoices):
    PENDING = "pending", _("Pending")
    DELIVERED = "delivered", _("Delivered")
    WITHHELD = "withheld", _("Withheld")
    NOT_OWED = "not_owed", _("Not owed")
    FAILED = "failed", _("Failed")


class ObjectionState(TextChoices):
    OPEN = "open", _("Open")
    WITHDRAWN = "withdrawn", _("Withdrawn by the customer")
    DECIDED = "decided", _("Decided by counsel")
    COURT = "court", _("Decided by a court")
    UNPROVEN = "unproven", _("No proof of filing")


class ClockState(TextChoices):
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    MET = "met", _("Met")
    OVER = "over", _("Over")
    VOID = "void", _("No longer applies")


class ApprovalState(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    EXECUTED = "executed", _("Carried out")
    VOID = "void", _("Void")
    EXPIRED = "expired", _("Expired")


class ApprovalKind(TextChoices):
    ANSWER = "answer", _("Release a production and answer")
    PRODUCE_PART = "produce_part", _("Release a part")
    ANSWER_EMERGENCY = "answer_emergency", _("Release in an emergency")
    CHALLENGE = "challenge", _("Challenge the request")
    GO_ON = "go_on", _("Go on in spite of a conflict of law")
    WITHHOLD = "withhold", _("Withhold a notice")
    REJECT = "reject", _("Reject the request")
    REOPEN = "reopen", _("Reopen the case")
    OBJECTION = "objection", _("Decide an objection")
    SHORTEN_WINDOW = "shorten_window", _("Shorten an objection window")
    REVERSE = "reverse", _("Reverse a measure")
    VOID_ORDERS = "void_orders", _("Void a forger's orders not to tell")
    REDACT = "redact", _("Show the customer a redacted document")


# What leaves the house is approved first and released by hand afterwards; everything else is done in the
# moment of the approval.
RELEASES = (ApprovalKind.ANSWER, ApprovalKind.PRODUCE_PART, ApprovalKind.ANSWER_EMERGENCY)


class DisclosureResult(TextChoices):
    PRODUCED = "produced", _("Produced")
    NO_RECORDS = "no_records", _("No records")
    WITHHELD = "withheld", _("Withheld")
    PRESERVED = "preserved", _("Preserved")
    EFFECT_GIVEN = "effect_given", _("Effect given")


# What the agency got something by: a case with one of these was answered, at least in part.
LEAVES = frozenset({DisclosureResult.PRODUCED, DisclosureResult.PRESERVED, DisclosureResult.EFFECT_GIVEN})
