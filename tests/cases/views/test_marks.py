"""What counsel has not confirmed against a source says so, wherever a page cites it."""

from datetime import datetime

import pytest
from django.test import Client

from accounts.models import User
from cases.actions import nondisclosure
from cases.actions.nondisclosure import NewOrder
from cases.models import Case
from tests import lives
from tests.cases.views.conftest import As
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


def shown(client: Client, case: Case, act: str = "") -> str:
    address = f"/cases/{case.reference}/do/{act}/" if act else case.get_absolute_url()
    return client.get(address).content.decode()


def test_the_page_says_what_is_not_verified_of_an_instrument(staff: Staff, as_ines: Client, now: datetime) -> None:
    australia = lives.oseis_agency(now, country="AU")
    case = lives.in_review(lives.received(now, instrument="cloud_act_au", agency=australia), staff, now)
    html = shown(as_ines, case)
    assert f"{case.instrument.cite} (not verified)" in html
    assert "Entry into force on 31 January 2024 unverified." in html
    assert "the day of receipt. Not verified: 18 USC 2523; signed 15 December 2021" in html


def test_a_power_that_may_have_lapsed_is_among_it(as_ines: Client, now: datetime) -> None:
    case = lives.received(now, instrument="us_fisa_content")
    Case.objects.update(compartment=None)
    assert "50 USC 1881a (section 702): Expired on 2026-04-20" in shown(as_ines, case)
    assert "(not verified)" not in shown(as_ines, lives.received(now))


def test_a_finding_about_australia_is_marked_with_its_law_and_its_motion(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    bruce = lives.carla(country="AU", nationality="AU", is_us_person=False)
    case = lives.received(now, customers=[bruce], instrument="us_search_warrant", asked=["content"])
    case = lives.in_conflict_check(case, staff, now)
    html = shown(as_ines, case, "assess")
    assert "Privacy Act 1988 of Australia (not verified)" in html
    assert "all of that day (18 USC 2703(h)(2)(A)). Not verified: counsel confirms it." in html
    found = {
        "outcome": "motion_2703h",
        "residence": "AU",
        "role": "controller",
        "rests_on": "residence",
        "law": "other",
        "law_title": "Telecommunications Act 1997 of Australia",
        "provision": "Part 13",
        "reason": "It forbids it.",
    }
    assert as_ines.post(f"/cases/{case.reference}/do/assess/", found).status_code == 302
    assert "Telecommunications Act 1997 of Australia (not verified, not on record)" in shown(as_ines, case)


def test_silence_under_a_provision_that_nobody_read_is_marked_on_its_notice(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    new = NewOrder(basis="us_2511", provision="a paper", first_day=now.date(), zone="UTC", is_indefinite=True)
    nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)
    assert shown(as_ines, case).count("(not verified)") == 2  # the order, and the notice that it withholds
    assert "(not verified)" in shown(as_ines, case, "record-order")


def test_a_remedy_is_marked_where_it_is_chosen(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    assert shown(as_ines, case, "challenge").count("(not verified)") == 2  # Rule 17(c), and another way
