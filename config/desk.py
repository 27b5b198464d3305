"""The operator's policy: what each provider decides for itself, read once from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from config import env


@dataclass(frozen=True)
class Desk:
    """What this installation's operator chose. Days are calendar days unless the name says otherwise."""

    provider_name: str
    public_url: str  # where customers and agencies reach us, without a slash at the end
    contact_email: str  # what customers are told to write to
    reporting_zone: ZoneInfo  # in which a reporting period starts and ends
    receiving_zone: ZoneInfo  # of the office that receives legal process: deadlines are counted there
    receiving_country: str  # whose holidays are not working days, ISO 3166-1 alpha-2
    establishments: tuple[str, ...]  # where the provider is established, ISO 3166-1 alpha-2: whose laws can bind it
    notice_days: int  # the objection window
    notice_calendar: str  # "calendar" or "working": how notice_days are counted
    window_rule: str  # "later_of" or "bounded": the objection window against the return date
    reminder_days: int  # before the last day to object on which a customer who has not answered is reminded; 0: never
    bounce_grace_hours: int  # an answer within this time after a notice needs a positive delivery event
    objection_proof_days: int  # to show that an objection was filed with a court
    posted_days: int  # after which a posted letter counts as delivered
    link_days: int  # how long the customer's page stays open
    approval_days: int  # a proposal that is not decided and carried out within them expires
    emergencies_a_day: int  # emergency requests of one agency within a day; more are a sign of fraud
    emergency_delay_days: int  # how long a notice may be delayed after an emergency
    notice_before_review: bool  # whether a customer is told of a request that never passed legal review
    ns_structure: str  # the structure of 50 USC 1874 this installation reports by
    upload_max_bytes: int
    escalate_minutes: int  # after which the next people are told of something urgent that nobody looked at
    escalate_hours: Mapping[str, int]  # the same for other kinds of alert, on working days; others keep their own
    directory_url: str  # of the customer directory that is asked whose a target is; empty: only what was imported
    directory_token: str = field(repr=False)  # sent to it as a bearer token
    directory_timeout: int  # seconds in which it must have answered
    directory_for_sealed: bool  # whether it may see the targets of cases in a compartment
    notice_way: str  # "email" or "messaging": by which way a customer is told first
    messaging_url: str  # of the provider's own messages to its customers; empty: it has none
    messaging_secret: str = field(repr=False)  # what we sign with when we call it, and it when it calls us
    eevidence_url: str  # of the operator's access point to the decentralised system; empty: answers go by hand
    eevidence_secret: str = field(repr=False)


def read() -> Desk:
    """Return the policy in the environment; a wrong value raises ImproperlyConfigured naming the variable."""
    return Desk(
        provider_name=env.text("PROVIDER_NAME", "Example Network"),
        public_url=env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/"),
        contact_email=env.text("CONTACT_EMAIL", "legal@provider.example"),
        reporting_zone=env.zone("REPORTING_ZONE", "UTC"),
        receiving_zone=env.zone("RECEIVING_ZONE", "America/Los_Angeles"),
        receiving_country=env.text("RECEIVING_COUNTRY", "US"),
        establishments=env.countries("ESTABLISHMENTS", "US"),
        notice_days=env.number("NOTICE_DAYS", 10),
        notice_calendar=env.choice("NOTICE_CALENDAR", "calendar", {"calendar", "working"}),
        window_rule=env.choice("WINDOW_RULE", "later_of", {"later_of", "bounded"}),
        reminder_days=env.number("REMINDER_DAYS", 3),
        bounce_grace_hours=env.number("BOUNCE_GRACE_HOURS", 48),
        objection_proof_days=env.number("OBJECTION_PROOF_DAYS", 7),
        posted_days=env.number("POSTED_DAYS", 5),
        link_days=env.number("LINK_DAYS", 60),
        approval_days=env.number("APPROVAL_DAYS", 14),
        emergencies_a_day=env.number("EMERGENCIES_A_DAY", 5),
        emergency_delay_days=env.number("EMERGENCY_DELAY_DAYS", 90),
        notice_before_review=env.flag("NOTICE_BEFORE_REVIEW", True),
        ns_structure=env.choice("NS_STRUCTURE", "a3", {"a1", "a2", "a3", "a4"}),
        upload_max_bytes=env.number("UPLOAD_MAX_BYTES", 250 * 1024 * 1024),
        escalate_minutes=env.number("ESCALATE_MINUTES", 30),
        escalate_hours=env.numbers("ESCALATE_HOURS"),
        directory_url=env.text("DIRECTORY_URL", ""),
        directory_token=env.text("DIRECTORY_TOKEN", ""),
        directory_timeout=env.number("DIRECTORY_TIMEOUT", 5),
        directory_for_sealed=env.flag("DIRECTORY_FOR_SEALED", False),
        notice_way=env.choice("NOTICE_WAY", "email", {"email", "messaging"}),
        messaging_url=env.text("MESSAGING_URL", ""),
        messaging_secret=env.text("MESSAGING_SECRET", ""),
        eevidence_url=env.text("EEVIDENCE_URL", ""),
        eevidence_secret=env.text("EEVIDENCE_SECRET", ""),
    )
