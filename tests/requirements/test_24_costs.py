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
from cases.rules.costs import TABLE, Work, costs
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def work(instrument: str = "us_search_warrant", **changes: object) -> Work:
    said: dict[str, object] = {"agency_country": "US", "agency_kind": "law_enforcement", "accounts": 7}
    return Work(instrument=instrument, **(said | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("done", "code", "total"),
    [
        pytest.param(work(), "per_account", "40.00", id="two accounts beyond five"),
        pytest.param(work(accounts=5), "per_account", "0", id="the free allowance"),
        pytest.param(work(accounts=5, secondary_searches=3), "per_account", "30.00", id="three secondary searches"),
        pytest.param(work("emergency_disclosure", accounts=99), "emergency", "0", id="an emergency"),
        pytest.param(work("us_subpoena", toll_records=True), "toll_records", "0", id="a common carrier's toll records"),
        pytest.param(
            work("us_subpoena", toll_records=True, burden_found=True),
            "per_account",
            "40.00",
            id="a burden",
        ),
        pytest.param(work("eu_epoc", agency_country="DE", agency_kind="court"), "epoc", "0", id="an EPOC"),
        pytest.param(
            work("eu_epoc", agency_country="DE", agency_kind="court", state_reimburses=True),
            "per_account",
            "40.00",
            id="an EPOC of a State that reimburses",
        ),
        pytest.param(
            work("civil_subpoena", agency_kind="civil_party", hours=Decimal("2.5")),
            "hourly",
            "312.50",
            id="hourly",
        ),
        pytest.param(work("foreign_direct", agency_country="FR"), "no_ground", "0", id="a foreign authority"),
    ],
)
def test_what_may_be_asked(done: Work, code: str, total: str) -> None:
    found = costs(done)
    assert (found.code, found.total) == (code, Decimal(total))
    assert bool(found.items) == (found.total > 0)
    assert found.source


@pytest.mark.parametrize("code", TABLE)
def test_every_row_has_its_reason_and_its_source(code: str) -> None:
    assert TABLE[code]["reason"]
    assert TABLE[code]["source"]
    assert isinstance(TABLE[code]["verified"], bool)


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
