"""Looking again at an order without end, before it has been forgotten."""

from datetime import date, datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.models import NondisclosureOrder, OrderReview
from cases.rules import nondisclosure as rules
from cases.states import DutyState


class NothingToReview(Refused):
    """The order ends by itself, or binds no more: nobody has to look at it again."""


def record_review(*, order_id: int, finding: str, next_date: date, by: User, now: datetime) -> OrderReview:
    """Record that an order without end was looked at: what was found, and when it is looked at next.

    A year on at most, three for a letter. What the order holds back waits as before. Raises NothingToReview, Refused.
    Law: Department of Justice policy of 19 October 2017; FBI Termination Procedures.
    """
    if not finding.strip():
        raise Refused(_("Say what was found."))
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    case_id = NondisclosureOrder.objects.values_list("case_id", flat=True).get(pk=order_id)
    with changing_for(by, case_id, Role.COUNSEL) as case:
        order = case.orders.get(pk=order_id)
        if order.last_day or not order.in_force(now):
            raise NothingToReview(_("Only an order that binds without end is looked at again."))
        latest = rules.latest_next_review(order.basis, today)
        if not today < next_date <= latest:
            raise Refused(
                _("Choose a next day after today, %(latest)s at the latest.")
                % {"latest": date_format(latest, "DATE_FORMAT")}
            )
        review = order.reviews.create(
            reviewed_date=today, next_date=next_date, finding=finding.strip(), recorded_by=by, recorded_at=now
        )
        order.review_date = next_date
        order.save(update_fields=["review_date"])
        order.duties.filter(state=DutyState.WITHHELD).update(review_date=next_date)
        found = committed(case, finding.strip(), now=now)
        record(case, kinds.ORDER_REVIEWED, at=now, by=by, order=order.pk, next=next_date, finding=found)
        return review
