"""Requirement 12. Gag is its own object: type, legal cite, court, start, end or "indefinite", document. No gag object →
notice required. A bare "do not notify" sentence does not create one.
"""

from datetime import date, datetime

import pytest

from cases.actions import nondisclosure
from cases.actions.changing import NotForYou, Refused
from cases.actions.nondisclosure import NewOrder, NotAnOrder
from cases.rules.nondisclosure import BASES, bases_that_would_bind
from cases.silence import why_silent
from cases.states import DutyState
from tests import lives
from tests.lives import Staff
from tests.requirements.reading import page_of
from vault.actions import new_scope, store

pytestmark = pytest.mark.django_db


def test_a_gag_says_what_it_rests_on_who_ordered_it_from_when_to_when_and_keeps_its_document(
    staff: Staff, now: datetime
) -> None:
    case = lives.received(now)
    scope = case.keys or new_scope(now=now)
    document = store([b"Silence."], scope=scope, name="order.txt", by_id=staff.ines.pk, now=now)
    new = NewOrder(
        basis="us_2705b",
        provision="18 USC 2705(b)",
        court="D. Or.",
        first_day=now.date(),
        last_day=date(2027, 11, 30),
        zone="America/Los_Angeles",
        document=document,
    )
    order = nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now).order
    found = case.orders.get()
    assert found == order
    assert (found.basis, found.provision, found.court, found.document) == (
        "us_2705b",
        "18 USC 2705(b)",
        "D. Or.",
        document,
    )
    assert (found.first_day, found.last_day, found.is_indefinite) == (now.date(), date(2027, 11, 30), False)


def test_the_kinds_of_gag_are_known(now: datetime) -> None:
    kinds = {"us_2705b", "us_3123d", "us_2709c", "us_fisa", "eu_epoc_h", "foreign_order"}
    assert {code for code in kinds if BASES[code].binds} == kinds
    assert BASES["counterproductive"].kind == "policy"


def test_without_a_gag_a_notice_is_required(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    duty = case.duties.get()
    assert (duty.state, why_silent(case, duty, now)) == (DutyState.PENDING, None)


def test_a_bare_sentence_creates_none_and_holds_nothing(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    nondisclosure.note_silence_asked(case_id=case.pk, asked=True, by=staff.analyst, now=now)
    case = lives.again(case)
    assert (case.silence_asked, case.is_gagged, case.orders.count()) == (True, False, 0)
    assert why_silent(case, case.duties.get(), now) is None
    new = NewOrder(basis="bare_request", provision="please", first_day=now.date(), zone="UTC")
    with pytest.raises(NotAnOrder):
        nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)


def test_an_analyst_notes_it_once_and_takes_it_back(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(NotForYou):
        nondisclosure.note_silence_asked(case_id=case.pk, asked=True, by=staff.ines, now=now)
    nondisclosure.note_silence_asked(case_id=case.pk, asked=True, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="on record already"):
        nondisclosure.note_silence_asked(case_id=case.pk, asked=True, by=staff.analyst, now=now)
    nondisclosure.note_silence_asked(case_id=case.pk, asked=False, by=staff.analyst, now=now)
    assert not lives.again(case).silence_asked


def test_the_page_says_why_it_forbids_nothing_and_what_would(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    assert "It forbids nothing" not in page_of(case, staff.ines, now)
    nondisclosure.note_silence_asked(case_id=case.pk, asked=True, by=staff.analyst, now=now)
    html = page_of(case, staff.ines, now)
    assert "The paper asks us not to tell the customer. It forbids nothing." in html
    assert "none: 18 USC 2705(b) needs a court order" in html
    assert "What would bind us: Court order under 18 USC 2705(b), Order sealing the warrant or the file." in html
    lives.brandts_order(case, staff, now)
    assert "It forbids nothing" not in page_of(case, staff.ines, now)


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        pytest.param("US", ["us_2705b", "us_seal_order"], id="an American court"),
        pytest.param("DE", ["foreign_order"], id="a court elsewhere"),
    ],
)
def test_what_would_bind_us_is_an_order_of_a_court_of_the_asking_country(country: str, expected: list[str]) -> None:
    assert [one.code for one in bases_that_would_bind(country)] == expected
