"""The cases of the storm: each owes a notice to a customer of its own, due one after the other while it lasts."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.demonstration import make_people
from accounts.models import User
from cases.actions.agencies import find_or_add_agency
from cases.actions.opening import NewTarget, open_case
from cases.actions.preservations import preserve
from cases.models import Agency, Case, Customer, NoticeDuty, Target
from cases.states import CaseState, Category, Channel, TargetKind
from tests.storm.moods import address

FIRST = timedelta(seconds=8)  # until the workers are there
APART = timedelta(milliseconds=150)


def make(number: int, now: datetime) -> None:
    """Make so many cases that owe a notice from a few seconds on. Led there by hand: the storm is what follows."""
    people = make_people(now)
    agency = find_or_add_agency(name="Springfield Police", country="US", kind="law_enforcement", now=now)
    for place in range(number):
        _owe(place, agency, people["ana"], now)
    NoticeDuty.objects.update(due_at=timezone.now() + FIRST + F("pk") % number * APART)


@transaction.atomic
def _owe(place: int, agency: Agency, by: User, now: datetime) -> None:
    customer = Customer.objects.create(identifier=f"acct-{place}", email=address(place))
    case = open_case(
        instrument_code="us_subpoena",
        agency=agency,
        targets=[NewTarget(TargetKind.ACCOUNT, customer.identifier, customer)],
        asked=[Category.SUBSCRIBER],
        channel=Channel.EMAIL,
        received_at=now,
        now=now,
    )
    preserve(case_id=case.pk, rule="interim", confirmed=True, by=by, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('writdesk.transition', %s, true)", [str(case.pk)])
    Case.objects.filter(pk=case.pk).update(state=CaseState.NOTICE_PENDING)
    duty = NoticeDuty.objects.create(case=case, customer=customer)
    Target.objects.filter(case=case).update(duty=duty)
