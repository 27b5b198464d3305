"""What is in the post: on its way, and counted as delivered when the operator's days are over."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from cases.models import Customer
from notifications.rules import postal

# After which a letter that still counts for nothing needs a person: the clock has not come by.
LATEST = timedelta(days=2)


def office_day(now: datetime) -> date:
    """Return the day it is where letters are printed and posted."""
    return now.astimezone(settings.WRITDESK.receiving_zone).date()


def arrives_at(customer: Customer, posted_on: date) -> datetime:
    """Return from when a letter to this customer that is posted that day counts as delivered."""
    return postal.arrives_at(posted_on, days=settings.WRITDESK.posted_days, zone=customer.zone)


def in_the_post(now: datetime) -> Q:
    """Return the condition under which a notice is in the post at this moment, asked of duties."""
    earliest = office_day(now) - timedelta(days=settings.WRITDESK.posted_days) - LATEST
    return Q(uncertain_at__isnull=False, posted_on__gte=earliest)
