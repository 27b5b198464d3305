"""Silence: recorded, extended, lifted; and what arrived and may be silence."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.changing import Refused, changing, changing_for, committed, record
from cases.actions.duties import hold_duties, settle_notices
from cases.models import Case, IncomingHold, NondisclosureOrder, NoticeDuty, OrderTarget
from cases.rules import nondisclosure as rules
from cases.rules.instruments import instrument
from cases.silence import Silence
from cases.states import DutyState
from vault.models import Document


class NotAnOrder(Refused):
    """A sentence that asks us not to tell is not an order: 18 USC 2705(b) needs a court's."""


class ExtensionRefused(Refused):
    """It does not extend, or there is nothing to extend."""


class ExtensionTooLate(ExtensionRefused):
    """It came after the order ended and the customer was told. It is on record, and moves nothing."""


@dataclass(frozen=True)
class NewOrder:
    """An order not to tell, as the paper says it."""

    basis: str
    provision: str
    first_day: date
    zone: str
    court: str = ""
    last_day: date | None = None
    is_indefinite: bool = False
    document: Document | None = None
    target_ids: tuple[int, ...] = field(default=())  # empty: it covers every target


@dataclass(frozen=True)
class Recorded:
    """The order, and the duties whose notice had left, or perhaps had, before it was recorded."""

    order: NondisclosureOrder
    told_before: tuple[NoticeDuty, ...]


def record_order(*, case_id: int, new: NewOrder, by: User, now: datetime) -> Recorded:
    """Record an order not to tell. It holds every notice it covers from this moment, or says plainly which left before.

    Waits for a message on its way (the sender holds the case while it talks to the relay). Raises NotAnOrder for a
    basis that binds nobody.
    """
    if not rules.is_order(new.basis):
        raise NotAnOrder(_("This does not forbid telling the customer: only a court order or a statute does."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        return place_order(case, new, by=by, now=now)


def place_order(case: Case, new: NewOrder, *, by: User, now: datetime) -> Recorded:
    """Do what record_order says, in the caller's transaction and under its lock."""
    order = _save_order(case, new, by=by, now=now)
    told = _hold_duties(case, order, by=by, now=now)
    _record_order(case, order, told, by=by, now=now)
    settle_notices(case, now=now)
    return Recorded(order, tuple(told))


def presume_automatic_order(case: Case, *, now: datetime) -> None:
    """Record the silence that an instrument brings by law, until someone finds that it does not."""
    if new := automatic_order(case.instrument_code, case.received_at):
        order = _save_order(case, new, by=None, now=now)
        _record_order(case, order, [], by=None, now=now)


def automatic_order(instrument_code: str, received_at: datetime) -> NewOrder | None:
    """Return the silence that an instrument brings by law from its receipt on, or None.

    An EPOC needs none: its customer is never told by the provider at all.
    """
    found = rules.automatic_basis(instrument_code)
    if found is None or instrument(instrument_code).notice == "never":
        return None
    zone = settings.WRITDESK.receiving_zone
    first_day = received_at.astimezone(zone).date()
    return NewOrder(basis=found.code, provision=found.cite, first_day=first_day, zone=str(zone), is_indefinite=True)


def _save_order(case: Case, new: NewOrder, *, by: User | None, now: datetime) -> NondisclosureOrder:
    order = order_of(new, by=by, now=now)
    order.case = case
    order.save()
    if case.targets.filter(pk__in=new.target_ids).count() != len(set(new.target_ids)):
        raise Refused(_("A target that the order is to cover is not one of this case."))
    OrderTarget.objects.bulk_create(OrderTarget(order=order, target_id=pk) for pk in new.target_ids)
    mark_gagged(case, now=now)
    return order


def order_of(new: NewOrder, *, by: User | None, now: datetime) -> NondisclosureOrder:
    """Return the order as it is kept, not saved and of no case yet: for writers of many rows, who copy it in."""
    return NondisclosureOrder(
        basis=new.basis,
        provision=new.provision,
        court=new.court,
        zone=new.zone,
        first_day=new.first_day,
        last_day=new.last_day,
        is_indefinite=new.is_indefinite,
        review_date=None if new.last_day else rules.review_date(new.basis, new.first_day),
        served_at=min(now, datetime.combine(new.first_day, datetime.min.time(), tzinfo=ZoneInfo(new.zone))),
        document=new.document,
        covers_all=not new.target_ids,
        recorded_by=by,
        recorded_at=now,
    )


def mark_gagged(case: Case, *, now: datetime) -> None:
    """Keep the mark that lists show. Never asked by a guard: those ask the orders themselves."""
    case.is_gagged = any(order.in_force(now) for order in case.orders.all())
    Case.objects.filter(pk=case.pk).update(is_gagged=case.is_gagged)


def _hold_duties(case: Case, order: NondisclosureOrder, *, by: User, now: datetime) -> list[NoticeDuty]:
    """Withhold what the order covers and is still owed; return the duties whose customer may know already."""
    covered = _covered(case, order)
    told = [duty for duty in covered if duty.state == DutyState.DELIVERED or duty.uncertain_at]
    NoticeDuty.objects.filter(pk__in=[duty.pk for duty in told]).update(told_before=True)
    # What counsel withheld on other grounds keeps them: they may outlast this order, and it takes over where not.
    owed = [duty for duty in covered if _is_owed(duty) or (duty.state == DutyState.WITHHELD and duty.order_id)]
    if order.in_force(now):
        hold_duties(case, owed, order, by=by, now=now)
    void_approvals(case, RELEASE_KINDS, because="order_recorded", now=now)
    return told


def _is_owed(duty: NoticeDuty) -> bool:
    return duty.state in (DutyState.PENDING, DutyState.FAILED)


def _covered(case: Case, order: NondisclosureOrder) -> list[NoticeDuty]:
    silence = Silence(case, order)
    named = set(case.targets.filter(pk__in=silence.named).values_list("duty", flat=True))
    duties = case.duties.select_related("customer")
    return [duty for duty in duties if duty.pk in named or silence.covers(duty.customer_id)]


def _record_order(
    case: Case, order: NondisclosureOrder, told: list[NoticeDuty], *, by: User | None, now: datetime
) -> None:
    record(
        case,
        kinds.ORDER_RECORDED,
        at=now,
        by=by,
        order=order.pk,
        basis=order.basis,
        first_day=order.first_day,
        last_day=order.last_day,
        indefinite=order.is_indefinite,
        told_before=[duty.pk for duty in told],
    )


def extend_order(
    *,
    order_id: int,
    new_last_day: date,
    decided_on: date,
    by: User,
    now: datetime,
    document: Document | None = None,
) -> None:
    """Move an order's last day. Decided after it ended and the customer was told, it is recorded as too late.

    Either way the decision stays in the order's history. Raises ExtensionRefused where it does not extend, and
    ExtensionTooLate once what came too late is written down. Law: 18 USC 2705(b).
    """
    order = NondisclosureOrder.objects.get(pk=order_id)
    too_late = False
    with changing_for(by, order.case_id, Role.ANALYST, Role.COUNSEL) as case:
        order = case.orders.get(pk=order_id)
        _require_extendable(order)
        if decided_on > now.astimezone(ZoneInfo(order.zone)).date():
            raise ExtensionRefused(_("The extension is decided first: look at the day again."))
        covered = _covered(case, order)
        told = any(duty.state == DutyState.DELIVERED and not duty.told_before for duty in covered)
        try:
            found = rules.extension(order.rule, new_last_day, decided_on, customer_told=told)
        except rules.NotAnExtension as error:
            raise ExtensionRefused(_("The new last day must be later than the old one.")) from error
        too_late = found.state == "too_late"
        if not too_late:
            order.last_day = found.last_day
            order.save(update_fields=["last_day"])
            if order.in_force(now):
                hold_duties(case, [duty for duty in covered if _is_owed(duty)], order, by=by, now=now)
            settle_notices(case, now=now)
            mark_gagged(case, now=now)
        order.extensions.create(
            decided_date=decided_on,
            last_day=new_last_day,
            in_time=not too_late,
            document=document,
            recorded_by=by,
            recorded_at=now,
        )
        record(case, kinds.ORDER_EXTENDED, at=now, by=by, order=order.pk, last_day=new_last_day, in_time=not too_late)
    if too_late:
        raise ExtensionTooLate(
            _("The extension came after the order ended and the customer was told. It is on record.")
        )


def _require_extendable(order: NondisclosureOrder) -> None:
    if order.lifted_at:
        raise ExtensionRefused(_("This order was lifted: record the new one."))
    if order.is_indefinite:
        raise ExtensionRefused(_("This order has no end that could be later."))


def lift_order(*, order_id: int, reason: str, by: User, now: datetime) -> None:
    """End an order before its last day: lifted, or found never to have bound. The clock tells the customers."""
    order = NondisclosureOrder.objects.get(pk=order_id)
    if not reason.strip():
        raise Refused(_("Say who lifted it, or why it does not bind."))
    with changing_for(by, order.case_id, Role.COUNSEL) as case:
        order = case.orders.get(pk=order_id)
        if order.lifted_at:
            raise Refused(_("This order was lifted already."))
        end_order(case, order, reason, by=by, now=now)


def end_order(case: Case, order: NondisclosureOrder, reason: str, *, by: User, now: datetime) -> None:
    """Lift an order in the caller's transaction. What it held back falls due by the clock."""
    order.lifted_at, order.lifted_reason = now, reason
    order.save(update_fields=["lifted_at", "lifted_reason"])
    record(case, kinds.ORDER_LIFTED, at=now, by=by, order=order.pk, reason=committed(case, reason, now=now))
    mark_gagged(case, now=now)


def note_silence_asked(*, case_id: int, asked: bool, by: User, now: datetime) -> None:
    """Note that the paper asks us not to tell, or that it does not. It forbids nothing: no order, no duty changes.

    Law: 18 USC 2705(b): only a court's order commands it.
    """
    with changing_for(by, case_id, Role.ANALYST) as case:
        if case.silence_asked == asked:
            raise Refused(_("That is on record already."))
        case.silence_asked = asked
        case.save(update_fields=["silence_asked"])
        record(case, kinds.SILENCE_ASKED, at=now, by=by, asked=asked)


def hold_notices(*, case_id: int, source: str, because: str, now: datetime) -> None:
    """Hold a case's notices: something arrived that may concern it, perhaps an order, and nobody has looked."""
    with changing(case_id) as case:
        _hold, is_new = IncomingHold.objects.get_or_create(
            case=case, source=source, defaults={"because": because, "created_at": now}
        )
        if is_new:
            record(case, kinds.HOLD_PLACED, at=now, by=None, because=because)


def look_at_hold(*, hold_id: int, by: User, now: datetime) -> None:
    """A person looked at what arrived: notices may go on, unless they recorded an order."""
    hold = IncomingHold.objects.get(pk=hold_id)
    with changing_for(by, hold.case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not IncomingHold.objects.filter(pk=hold_id, looked_at=None).update(looked_at=now, looked_by=by):
            raise Refused(_("Somebody has looked at this already."))
        record(case, kinds.HOLD_LOOKED_AT, at=now, by=by, hold=hold_id)
