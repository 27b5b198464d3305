"""Where one customer stands in one case: what their page may show and what they may still do."""

from dataclasses import dataclass
from datetime import datetime

from cases.dossier import ABOUT_TARGETS
from cases.models import Case, Customer, NoticeDuty, Objection, Redaction
from cases.queries.redactions import for_customer
from cases.silence import why_silent
from cases.states import DutyKind, DutyState, ObjectionState
from notifications import links
from notifications.models import CustomerLink


@dataclass(frozen=True)
class Standing:
    """A customer who knows, and may know at this moment. Nothing of other customers is in it."""

    link: CustomerLink
    case: Case
    customer: Customer
    told: tuple[NoticeDuty, ...]  # the duties of which they have, or may have, a notice; the latest last
    objection: Objection | None  # their latest

    @property
    def about_request(self) -> NoticeDuty | None:
        """The latest notice of the request itself; None where they only know how one ended."""
        return next((duty for duty in reversed(self.told) if duty.kind in ABOUT_TARGETS), None)

    @property
    def is_fraud(self) -> bool:
        """Whether they were told that an impostor had asked."""
        return any(duty.kind == DutyKind.FRAUD for duty in self.told)

    @property
    def is_controller(self) -> bool:
        """Whether they were told as who is responsible for the data, not as whom these are about."""
        return self.about_request is not None and self.about_request.kind == DutyKind.CONTROLLER

    @property
    def is_target(self) -> bool:
        """Whether they were told as one whom the request is about: no controller, and not who is hit beside one."""
        return self.about_request is not None and not self.is_controller

    @property
    def documents(self) -> list[Redaction]:
        """What of the documents they may read now, by number: redacted, and approved by counsel.

        Nobody who was told of a fraud gets what the impostor wrote, whatever was approved before.
        """
        return [] if self.is_fraud else for_customer(self.case, self.customer, is_target=self.is_target)

    @property
    def has_open_objection(self) -> bool:
        """Whether their objection stops the answer now."""
        return self.objection is not None and self.objection.state == ObjectionState.OPEN

    @property
    def may_object(self) -> bool:
        """Whether an objection still stops something."""
        told = self.about_request is not None and not self.is_controller
        return told and self.case.is_open and not self.has_open_objection

    def may_agree(self, now: datetime) -> bool:
        """Whether days to object run that they could give up."""
        return self.may_object and any(window_runs(duty, now) for duty in self.told)


def window_runs(duty: NoticeDuty, now: datetime) -> bool:
    """Whether the duty's days to object run and were not given up."""
    return duty.window_ends_at is not None and now < duty.window_ends_at and duty.waived_at is None


def standing(token: str, now: datetime) -> Standing | None:
    """Return where the customer of the link with this token stands, by standing_of; None for a token of no link."""
    link = links.find(token)
    return standing_of(link, now) if link else None


def standing_of(link: CustomerLink, now: datetime) -> Standing | None:
    """Return where the customer of this link stands. None where the page must look as if it had never been.

    That is: for a link that expired or was revoked, while anything may forbid a word to them (invariant 2: an order in
    force or that may be, something not looked at, an import), and before a notice left.
    """
    if not link.is_open(now):
        return None
    duties = link.case.duties.filter(customer=link.customer_id).order_by("delivered_at", "id")
    told = tuple(duty for duty in duties if duty.state == DutyState.DELIVERED or _may_have_come(duty))
    if not told or any(why_silent(link.case, duty, now) for duty in told):
        return None
    objections = Objection.objects.filter(duty__in=told).select_related("duty")
    return Standing(link, link.case, link.customer, told, objections.order_by("received_at").last())


def _may_have_come(duty: NoticeDuty) -> bool:
    return duty.state == DutyState.PENDING and duty.uncertain_at is not None
