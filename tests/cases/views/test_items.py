"""The items of a subpoena on the pages: ticked by counsel, shown to the second person, and on the case."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Approval
from tests import lives
from tests.cases.views.conftest import As
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


def test_counsel_ticks_items_and_the_case_shows_their_letters(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.in_review(lives.received(now, asked=["subscriber", "identification"]), staff, now)
    address = f"/cases/{case.reference}/do/authorise/"
    html = as_ines.get(address).content.decode()
    assert "(F) means and source of payment" in html
    asked = {"categories": ["subscriber"], "fields_given": ["A", "B", "E"], "reason": "Payment is not needed."}
    assert as_ines.post(address, asked).status_code == 302
    # E is an item of a category that is not ticked: it is cut with it.
    assert case.targets.get().authorised_fields == ["A", "B"]
    assert "Items A, B" in as_ines.get(case.get_absolute_url()).content.decode()


def test_an_instrument_without_items_is_not_asked_for_any(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.in_review(lives.received(now, instrument="us_court_order"), staff, now)
    assert "fields_given" not in as_ines.get(f"/cases/{case.reference}/do/authorise/").content.decode()


def test_the_second_person_reads_which_items_leave(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.notified(lives.received(now - timedelta(days=15)), staff, now - timedelta(days=15))
    asked = {"result-subscriber": "produced", "items": "A", "reason": "The name is all there is."}
    response = as_ines.post(f"/cases/{case.reference}/do/answer/", asked)
    assert response.status_code == 302, response.content.decode()
    approval = Approval.objects.get(case=case)
    html = as_ines.get(f"/cases/{case.reference}/approvals/{approval.digest}/").content.decode()
    assert "Subscriber: (A) name" in html
    assert "(B)" not in html
