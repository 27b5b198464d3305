"""The cases of the storm: each owes a notice to a customer of its own, due one after the other while it lasts."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from accounts.demonstration import make_people
from benchmarks.owing import owe
from cases.actions.agencies import find_or_add_agency
from cases.actions.letters import draft_acknowledgement
from cases.models import Case, NoticeDuty
from tests.storm.moods import AGENCY, address

FIRST = timedelta(seconds=8)  # until the workers are there
APART = timedelta(milliseconds=150)
ONE_OF = 4  # cases has a letter that the staff let go while it lasts


def make(number: int, now: datetime) -> None:
    """Make so many cases that owe a notice from a few seconds on, one after the other."""
    ana = make_people(now)["ana"]
    agency = find_or_add_agency(
        name="Springfield Police", country="US", kind="law_enforcement", now=now, email_domain=AGENCY
    )
    for place in range(number):
        owe(agency, address(place), due_at=now + place * APART, by=ana, now=now)
    for place, case_id in enumerate(Case.objects.order_by("pk").values_list("pk", flat=True)):
        if place % ONE_OF == 0:
            draft_acknowledgement(case_id=case_id, text="We have your request.", by=ana, now=now)
    # Counted from the end of the making, which takes its time.
    NoticeDuty.objects.update(due_at=F("due_at") + (timezone.now() - now) + FIRST)
