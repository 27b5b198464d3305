"""The kinds of alert in one table: what each is called, who can act on it, how long it may lie."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Role


class AlertKind(TextChoices):
    EMERGENCY = "emergency", _("New emergency")
    OVERDUE = "overdue", _("Deadline passed")
    DUE_SOON = "due_soon", _("Due soon")
    APPROVAL = "approval", _("Approval wanted")
    ORDER_ENDING = "order_ending", _("Order not to tell ends")
    NOTICE_FAILED = "notice_failed", _("Notice failed")
    NOTICE_UNCERTAIN = "notice_uncertain", _("Perhaps told, perhaps not")
    NO_CONTACT = "no_contact", _("Nobody to write to")
    LETTER = "letter", _("Letter not delivered")
    FRAUD = "fraud", _("Sign of fraud")
    PRESERVATION = "preservation", _("Preservation ends")
    OBJECTION = "objection", _("Objection received")
    CANARY = "canary", _("Canary due")


@dataclass(frozen=True)
class Policy:
    """Who can act on alerts of a kind, and what they look like.

    `hours`: on working days, without anybody having looked, until the next people are told; what is urgent waits for
    minutes instead (both: config.desk).
    """

    roles: tuple[Role, ...]
    hours: int
    icon: str


ANYBODY = (Role.ANALYST, Role.COUNSEL)
COUNSEL = (Role.COUNSEL,)
ONE_WORKING_DAY = 24

POLICIES: Mapping[AlertKind, Policy] = {
    AlertKind.EMERGENCY: Policy(ANYBODY, 1, "bolt"),
    AlertKind.OVERDUE: Policy(ANYBODY, 4, "clock"),
    AlertKind.DUE_SOON: Policy(ANYBODY, ONE_WORKING_DAY, "clock"),
    AlertKind.APPROVAL: Policy(COUNSEL, ONE_WORKING_DAY, "approve"),
    AlertKind.ORDER_ENDING: Policy(COUNSEL, ONE_WORKING_DAY, "lock"),
    AlertKind.NOTICE_FAILED: Policy(ANYBODY, 8, "notice"),
    AlertKind.NOTICE_UNCERTAIN: Policy(ANYBODY, 8, "notice"),
    AlertKind.NO_CONTACT: Policy(ANYBODY, ONE_WORKING_DAY, "user"),
    AlertKind.LETTER: Policy(ANYBODY, 8, "notice"),
    AlertKind.FRAUD: Policy(COUNSEL, 4, "fraud"),
    AlertKind.PRESERVATION: Policy(ANYBODY, ONE_WORKING_DAY, "clock"),
    AlertKind.OBJECTION: Policy(COUNSEL, ONE_WORKING_DAY, "object"),
    AlertKind.CANARY: Policy((Role.PUBLISHER, Role.COUNSEL), ONE_WORKING_DAY, "canary"),
}
