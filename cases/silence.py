"""Whether a word to a customer may leave now: asked when owing, planning, claiming and sending. Doubt is silence."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.models import Case, NondisclosureOrder, NoticeDuty, Target
from cases.models.customer import CustomerRole
from cases.queries.installation import hold_in_force
from cases.states import DutyKind

# A controller may be owed a notice of its own; and what is forged is no instrument that could forbid one.
TOLD_IN_SPITE = (DutyKind.CONTROLLER, DutyKind.FRAUD)


def never_told(case: Case, kind: str) -> bool:
    """Whether the instrument forbids this notice for ever, whoever asks: the authority itself informs the person.

    Law: Reg. (EU) 2023/1543 Art. 13(1), Annex I Section H.
    """
    return case.instrument.notice == "never" and kind not in TOLD_IN_SPITE


class Silence:
    """Whom an order covers: all, or the targets it names and everything else of their customers."""

    def __init__(self, case: Case, order: NondisclosureOrder) -> None:
        self.order = order
        self.named = set(order.covered.values_list("target", flat=True))
        self.customers = set(case.targets.filter(pk__in=self.named).values_list("customer", flat=True))

    def covers(self, customer_id: int | None, target_id: int = 0) -> bool:
        """Whether it covers this customer, None for those nobody knows, or this very target."""
        return self.order.covers_all or target_id in self.named or customer_id in self.customers


def silences_in_force(case: Case, now: datetime) -> list[Silence]:
    """Return the orders of the case that bind at this moment, the earliest first."""
    return [Silence(case, order) for order in case.orders.all() if order.in_force(now)]


def why_silent(case: Case, duty: NoticeDuty, now: datetime) -> str | None:
    """Return why nothing about this duty may leave now, or None when it may.

    Covers invariant 14, and invariant 2: an order in force or possibly in force, an order whose end is unknown,
    something that arrived and was not looked at; and what the instrument never allows. The caller holds a share lock
    on the case, so that an order recorded meanwhile waits, or is recorded first and found here.
    Law: 18 USC 2705(b); 18 USC 2709(c); 18 USC 3123(d); Reg. (EU) 2023/1543 Annex I Section H.
    """
    if hold_in_force():
        return _("This installation is held: nothing leaves before two people release it.")
    if case.is_held or duty.is_held:
        return _("This case came with an import and waits for an operator.")
    if never_told(case, duty.kind) or _is_person_in_place_of_controller(case, duty):
        return _("The provider may never tell the customer of this kind of request.")
    if case.incoming_holds.filter(looked_at=None).exists():
        return _("Something arrived that may concern this case and nobody has looked at it yet.")
    if order := order_against(duty, case.orders.all(), now):
        return _("An order not to tell is in force (%(provision)s).") % {"provision": order.provision}
    return None


def _is_person_in_place_of_controller(case: Case, duty: NoticeDuty) -> bool:
    """Whether a controller's notice would go to the very person whom the authority informs itself."""
    if duty.kind != DutyKind.CONTROLLER or case.instrument.notice != "never":
        return False
    return duty.customer is None or duty.customer.role != CustomerRole.CONTROLLER


def order_against(duty: NoticeDuty, orders: QuerySet[NondisclosureOrder], now: datetime) -> NondisclosureOrder | None:
    """Return an order in force that covers any target of the duty, or None.

    A duty to tell of an outcome names no target of its own: any order in the case covers it. So it is with who is
    affected beside a target: in doubt they hear nothing.
    """
    for order in orders:
        if order.in_force(now) and (order.covers_all or duty.kind == DutyKind.AFFECTED or covers(order, duty)):
            return order
    return None


def covers(order: NondisclosureOrder, duty: NoticeDuty) -> bool:
    """Whether an order that names its targets names one of this duty's, or of the same customer's."""
    theirs = Q(duty=duty) | Q(case=duty.case_id, customer=duty.customer_id)
    return Target.objects.filter(theirs, pk__in=order.covered.values("target")).exists()
