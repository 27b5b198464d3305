"""Asking for judicial review of a gag, and what the Government does about it. Law: 18 USC 3511(b)(1)."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, record
from cases.actions.clocks import settle_one, start_clock
from cases.models import Case, NondisclosureOrder
from cases.rules.nondisclosure import basis
from cases.states import ClockState


class NoSuchReview(Refused):
    """Only a recipient of a National Security Letter asks for this review by a notice to the Government."""


def ask_for_review(*, order_id: int, notified_on: date, by: User, now: datetime) -> None:
    """Record that we notified the Government that we want a court to review the gag. Its thirty days begin.

    The gag stays in force meanwhile: nothing that it holds back falls due. Raises NoSuchReview, Refused.
    """
    with changing_for(by, _case_id(order_id), Role.COUNSEL) as case:
        order = _reviewable(case, order_id, now)
        if order.review_asked_at:
            raise Refused(_("Review was asked for already."))
        order.review_asked_at = _moment(case, notified_on, now)
        order.save(update_fields=["review_asked_at"])
        record(case, kinds.ORDER_REVIEW_ASKED, at=now, by=by, order=order.pk, notified=notified_on)
        start_clock(case, basis(order.basis).review_clock, event_at=order.review_asked_at, now=now, by=by)


def record_application(*, order_id: int, applied_on: date, by: User, now: datetime) -> None:
    """Record that the Government applied for an order of nondisclosure: its clock is met, the court decides.

    Raises NoSuchReview, Refused where no review was asked for, or the day is before that.
    """
    with changing_for(by, _case_id(order_id), Role.COUNSEL) as case:
        order = _reviewable(case, order_id, now)
        if order.review_asked_at is None:
            raise Refused(_("No review was asked for yet."))
        if order.government_applied_at:
            raise Refused(_("That the Government applied is on record already."))
        if applied_on < order.review_asked_at.astimezone(settings.WRITDESK.receiving_zone).date():
            raise Refused(_("The Government applies after it was notified: look at the day again."))
        order.government_applied_at = _moment(case, applied_on, now)
        order.save(update_fields=["government_applied_at"])
        record(case, kinds.GOVERNMENT_APPLIED, at=now, by=by, order=order.pk, applied=applied_on)
        settle_one(case, basis(order.basis).review_clock, ClockState.MET, now=now, by=by)


def _reviewable(case: Case, order_id: int, now: datetime) -> NondisclosureOrder:
    order = case.orders.get(pk=order_id)
    if not basis(order.basis).review_clock:
        raise NoSuchReview(_("This kind of silence has no review that a notice to the Government starts."))
    if not order.in_force(now):
        raise Refused(_("This order does not bind any more."))
    return order


def _moment(case: Case, day: date, now: datetime) -> datetime:
    """Return the first moment of that day in the receiving office; raises Refused for a day that cannot be it."""
    begins_at = datetime.combine(day, datetime.min.time(), tzinfo=settings.WRITDESK.receiving_zone)
    received_on = case.received_at.astimezone(settings.WRITDESK.receiving_zone).date()
    if begins_at > now or day < received_on:
        raise Refused(_("Enter a day between the receipt of the request and today."))
    return begins_at


def _case_id(order_id: int) -> int:
    return NondisclosureOrder.objects.values_list("case_id", flat=True).get(pk=order_id)
