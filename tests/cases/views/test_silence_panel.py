"""The panel of an order not to tell: its history, who else knows, and what comes next."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Case
from tests import lives
from tests.cases.views.conftest import As
from tests.cases.views.test_acts import PDF, do
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def gagged(staff: Staff, now: datetime) -> Case:
    return lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))


@pytest.fixture
def as_ines(signed_in: As, staff: Staff) -> Client:
    return signed_in(staff.ines)


def test_an_extension_stands_in_the_orders_history_with_its_document(gagged: Case, as_ines: Client) -> None:
    upload = SimpleUploadedFile("extension.pdf", PDF, "application/pdf")
    html = do(as_ines, gagged, "extend-order/1", new_last_day="2027-01-03", decided_on="2026-11-30", document=upload)
    assert "extended to Sun 3 Jan 2027, decided on Mon 30 Nov 2026" in html
    assert "extension.pdf" in html
    assert gagged.orders.get().extensions.get().document


def test_while_the_answer_waits_the_notices_go_out_when_the_silence_ends(gagged: Case, as_ines: Client) -> None:
    html = as_ines.get(gagged.get_absolute_url()).content.decode()
    assert "go out by themselves when the silence ends" in html


def test_after_the_answer_they_go_out_on_a_working_day_after_the_last_order(
    gagged: Case, as_ines: Client, staff: Staff, now: datetime
) -> None:
    case = lives.answered_now(gagged, staff, now)
    html = as_ines.get(case.get_absolute_url()).content.decode()
    assert "go out by themselves on Fri 4 Dec 2026" in html
    lives.brandts_order(case, staff, now, last_day=date(2026, 12, 4))  # a Friday
    html = as_ines.get(case.get_absolute_url()).content.decode()
    assert "go out by themselves on Mon 7 Dec 2026" in html
    lives.brandts_order(case, staff, now)
    html = as_ines.get(case.get_absolute_url()).content.decode()
    assert "on the working day after the silence ends" in html


def test_who_else_knows_is_named_on_the_page_and_not_in_the_ledger(gagged: Case, as_ines: Client) -> None:
    told = {"person": "Bob Barrister", "capacity": "counsel", "reason": "To advise us."}
    do(as_ines, gagged, "brief/1", 422, **told)
    html = do(as_ines, gagged, "brief/1", **told, explained="on")
    assert "Bob Barrister (Attorney, for legal advice: To advise us.), told on" in html
    assert "by Ines Counsel, who explained the duty" in html
    assert "Somebody was told of order" in html


def test_an_order_without_end_asks_to_be_looked_at_when_its_day_has_come(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = lives.withheld(lives.received(now), staff, now)
    html = as_ines.get(case.get_absolute_url()).content.decode()
    assert "was to be looked at again" not in html
    case.orders.update(review_date=(now - timedelta(days=1)).date())
    html = as_ines.get(case.get_absolute_url()).content.decode()
    assert "This order has no end and was to be looked at again on Sun 29 Nov 2026." in html
    html = do(as_ines, case, "review-order/1", finding="The investigation goes on.", next_date="2027-11-30")
    assert "looked at on Mon 30 Nov 2026: The investigation goes on." in html
    assert "was to be looked at again" not in html


def test_an_order_that_was_lifted_says_when_and_why(gagged: Case, as_ines: Client) -> None:
    html = do(as_ines, gagged, "lift-order/1", reason="Judge Brandt lifted it.")
    assert "Lifted on Mon 30 Nov 2026: Judge Brandt lifted it." in html
