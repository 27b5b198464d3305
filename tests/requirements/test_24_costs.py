"""Requirement 24: a draft of the 2706 invoice; zero for emergencies by policy; none for common-carrier toll records;
for an EPOC only if the issuing State reimburses.
"""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from cases.actions import costs as actions
from cases.actions.changing import Refused
from cases.actions.costs import NothingToAsk
from cases.models import Case
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def invoice(case: Case, staff: Staff, now: datetime, **changes: object) -> str:
    said: dict[str, object] = {
        "accounts": 7,
        "secondary_searches": 0,
        "hours": Decimal(0),
        "toll_records": False,
        "burden_found": False,
        "state_reimburses": False,
    }
    letter = actions.draft_invoice(case_id=case.pk, by=staff.analyst, now=now, **(said | changes))  # type: ignore[arg-type]
    return letter.text


def test_the_invoice_is_a_drafted_letter_that_adds_up(staff: Staff, now: datetime) -> None:
    case = lives.answered(lives.received(now, agency_reference="PPB-26-118"), staff, now)
    text = invoice(case, staff, now + timedelta(days=16), secondary_searches=1)
    for words in ("PPB-26-118", "2 accounts at 20 USD: 40.00 USD", "In all: 50.00 USD", "18 USC 2706(a), (b)"):
        assert words in text
    assert case.letters.get(kind="costs").state == "drafted"


def test_nothing_is_asked_where_nothing_may_be_or_nothing_left(staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match="Nothing was released"):
        invoice(lives.received(now), staff, now)
    case = lives.answered(lives.received(now), staff, now)
    with pytest.raises(NothingToAsk, match="without reimbursement"):
        invoice(case, staff, now, toll_records=True)
    assert not case.letters.filter(kind="costs").exists()


def test_the_form_drafts_it(client: Client, staff: Staff, now: datetime) -> None:
    case = lives.answered(lives.received(now), staff, now)
    client.force_login(staff.analyst)
    address = f"/cases/{case.reference}/do/draft-invoice/"
    assert address in client.get(f"/cases/{case.reference}/").content.decode()
    response = client.post(address, {"accounts": "7", "secondary_searches": "0", "hours": "0"})
    assert response.status_code == 302
    assert case.letters.filter(kind="costs").exists()
