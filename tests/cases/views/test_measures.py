"""The page of an order that takes effect: what it asks, whom else it hits, what has effect, and the forms for each."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from cases.actions import measures
from cases.actions.measures import NewMeasure
from cases.models import Case, Customer, MeasureKind, Target
from cases.queries.beside import candidates
from cases.queries.case_page import MEASURES_A_PAGE
from cases.states import CaseState, TargetKind, TargetMatch
from intake.models import DirectoryEntry, DirectorySource
from tests import lives
from tests.cases.views.conftest import As
from tests.lives import Staff

pytestmark = pytest.mark.django_db

ASKED = {
    "kind": "block",
    "territories": "de, FR",
    "last_day": "2026-12-31",
    "reasons": "Section 130.",
    "redress": "The court of Cologne.",
}


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


@pytest.fixture
def as_ana(signed_in: As, analyst: User) -> Client:
    return signed_in(analyst)


@pytest.fixture
def ordered(staff: Staff, now: datetime) -> Case:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.received(now, instrument="dsa_order_to_act", asked=(), agency=agency)
    case.targets.update(kind=TargetKind.DOMAIN, value="carla.example")
    return lives.notice_pending(case, staff, now)


def do(client: Client, case: Case, act: str, status: int = 302, /, **data: object) -> str:
    response = client.post(f"/cases/{case.reference}/do/{act}/", data)
    assert response.status_code == status, response.content.decode()
    return client.get(case.get_absolute_url()).content.decode() if status == 302 else response.content.decode()


def html_of(client: Client, case: Case) -> str:
    return client.get(case.get_absolute_url()).content.decode()


def form(client: Client, case: Case, act: str) -> str:
    response = client.get(f"/cases/{case.reference}/do/{act}/")
    assert response.status_code == 200
    return response.content.decode()


def test_an_order_is_led_to_its_effect_by_its_forms(
    ordered: Case, staff: Staff, as_ana: Client, as_ines: Client, now: datetime
) -> None:
    for act in ("Set for every target what the order asks", "Look first for who else is hit"):
        assert act in as_ines.get(ordered.get_absolute_url()).content.decode()
    html = do(as_ana, ordered, "set-measures", **ASKED)
    assert "Due in the moment in which effect is given." in html
    assert "Its reasons, as the notice repeats them: Section 130." in html
    assert "Asked for: DE, FR" in html
    assert "Who else is hit?" in html
    assert "Reg. (EU) 2022/2065 Art. 9(5)" in html
    html = do(as_ines, ordered, "narrow-measures", territories="DE", reason="Lawful in France.")
    assert "Narrowed to: DE" in html
    dora = lives.carla(name="Dora Field")
    row = {"what_1": "dora.example", "customer_1": dora.identifier, "told_1": "yes", "reason_1": "Gone as well."}
    html = do(as_ana, ordered, "check-collateral", note="Looked at the address.", **row)
    assert f"Also hit: dora.example (Dora Field ({dora.identifier})), told: Gone as well." in html
    lives.answered_now(ordered, staff, now)
    html = as_ines.get(ordered.get_absolute_url()).content.decode()
    assert "Has effect" in html
    assert "by Ines Counsel" in html
    html = do(as_ines, ordered, "reverse-measures", cause="court", reason="VG Köln.")
    assert "a court decided so" in html


def test_before_its_effect_the_page_says_that_nobody_is_told_and_not_that_a_notice_is_withheld(
    ordered: Case, staff: Staff, as_ines: Client, now: datetime
) -> None:
    assert ordered.state == CaseState.NOTICE_WITHHELD, "settled as far as it can be, and nobody was told"
    told = "Nobody is told before effect is given: the notice falls due with it."
    for address in (ordered.get_absolute_url(), "/", f"/cases/{ordered.reference}/do/answer/"):
        html = as_ines.get(address).content.decode()
        assert "Effect not given yet" in html
        assert ">Notice withheld<" not in html.replace('<option value="notice_withheld">Notice withheld<', "")
    assert told in html_of(as_ines, ordered)
    assert "Every notice duty is settled: nobody is told before effect is given." in html_of(as_ines, ordered)
    lives.brandts_order(ordered, staff, now)
    assert told not in html_of(as_ines, ordered), "now it is withheld indeed"


def test_a_country_that_is_none_is_refused(ordered: Case, as_ana: Client) -> None:
    html = do(as_ana, ordered, "set-measures", 422, **ASKED | {"territories": "DE, Bavaria"})
    assert "Not a country: BAVARIA" in html


def test_the_law_says_which_of_reasons_and_redress_must_be_filled_in(ordered: Case, as_ana: Client) -> None:
    html = do(as_ana, ordered, "set-measures", 422, **ASKED | {"redress": ""})
    assert "error-summary" in html


def test_wider_than_asked_is_refused_in_words(ordered: Case, as_ana: Client, as_ines: Client) -> None:
    do(as_ana, ordered, "set-measures", **ASKED)
    html = do(as_ines, ordered, "narrow-measures", 409, territories="worldwide", reason="More is better.")
    assert "The order does not reach so far: worldwide." in html


def test_a_customer_whom_nobody_has_is_refused(ordered: Case, as_ana: Client) -> None:
    do(as_ana, ordered, "set-measures", **ASKED)
    row = {"what_1": "a shop", "customer_1": "C-404", "told_1": "yes", "reason_1": "Gone."}
    assert "No customer has this number." in do(as_ana, ordered, "check-collateral", 422, **row)


def test_an_order_to_inform_records_what_its_notice_repeats(staff: Staff, as_ana: Client, now: datetime) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.notice_pending(lives.received(now, instrument="dsa_order_to_inform", agency=agency), staff, now)
    before = as_ana.get(case.get_absolute_url()).content.decode()
    assert "The notice must repeat the order&#x27;s reasons: record them." in before
    assert "The notice must say what redress the order names: record it." in before
    html = do(as_ana, case, "state-order", reasons="Who runs the shop.", redress="The court of Cologne.")
    assert "What the notice must repeat of the order is recorded." in html
    assert "record them" not in html
    assert "Who runs the shop." in html
    assert "set-measures" not in html


def test_counsel_decides_on_silence_by_a_form_of_its_own(
    ordered: Case, staff: Staff, as_ines: Client, now: datetime
) -> None:
    assert "decide-silence" not in as_ines.get(ordered.get_absolute_url()).content.decode()
    lives.brandts_order(ordered, staff, now)
    assert "decide-silence" in as_ines.get(ordered.get_absolute_url()).content.decode()
    html = do(as_ines, ordered, "decide-silence", reason="Section 95a StPO.")
    assert "Silence goes before the notice" in html
    assert "Reg. (EU) 2022/2065 Art. 9(6)" in html


def test_hundreds_of_measures_cost_the_page_no_more_queries(
    ordered: Case,
    staff: Staff,
    as_ines: Client,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    block_hundreds(ordered, staff, now)
    with django_assert_max_num_queries(16):
        as_ines.get(ordered.get_absolute_url())
    with django_assert_max_num_queries(16):
        as_ines.get(f"{ordered.get_absolute_url()}?measures=2")


def block_hundreds(ordered: Case, staff: Staff, now: datetime) -> None:
    """Carla's domain and 200 more: 201 measures."""
    Target.objects.bulk_create(Target(case=ordered, kind="domain", value=f"d{n}.example") for n in range(1, 201))
    new = NewMeasure(MeasureKind.BLOCK, ("DE",), "Section 130.", "The court of Cologne.")
    measures.set_measures(case_id=ordered.pk, new=new, by=staff.analyst, now=now)


def test_hundreds_of_measures_are_read_page_by_page_and_none_is_left_out(
    ordered: Case, staff: Staff, as_ines: Client, now: datetime
) -> None:
    block_hundreds(ordered, staff, now)
    url, pages = f"{ordered.get_absolute_url()}?targets=2", 0
    shown: list[str] = []
    while url:
        html = as_ines.get(url.removesuffix("#measures")).content.decode()
        part = html.partition('<div id="measures">')[2].partition("</section>")[0]
        found = re.findall(r"Block access: ([^\s<]+)<", part)
        assert len(found) <= MEASURES_A_PAGE
        shown, pages = [*shown, *found], pages + 1
        following = re.search(r'rel="next" href="([^"]+)"', part)
        url = unescape(following[1]) if following else ""
        assert not url or "targets=2" in url, "the page of the targets stays"
    assert shown == ["carla.example", *(f"d{n}.example" for n in range(1, 201))]
    assert pages == 11


@pytest.mark.parametrize("asked", ["0", "-1", "two", "999999", "9" * 30])
def test_a_page_of_measures_that_is_not_there_is_no_error(ordered: Case, as_ines: Client, asked: str) -> None:
    assert as_ines.get(ordered.get_absolute_url(), {"measures": asked}).status_code == 200


# Who else is behind a target.


@pytest.fixture
def known(now: datetime) -> str:
    """Dora's shop, which the directory has below Carla's domain; her number."""
    dora = lives.carla(name="Dora Field")
    DirectoryEntry.objects.create(
        kind="domain", value="shop.carla.example", customer=dora, source=DirectorySource.FILE, seen_at=now
    )
    return dora.identifier


def test_who_the_directory_knows_below_a_domain_is_proposed_by_number_only(
    ordered: Case, known: str, as_ana: Client, staff: Staff, now: datetime
) -> None:
    measures.set_measures(case_id=ordered.pk, new=NewMeasure(MeasureKind.BLOCK, ("DE",)), by=staff.analyst, now=now)
    html = form(as_ana, ordered, "check-collateral")
    assert 'value="shop.carla.example"' in html
    assert f'value="{known}"' in html
    assert "Proposed: a domain below carla.example. The customer directory says so." in html
    assert "Dora" not in html


def test_who_looks_is_told_that_the_rest_of_many_targets_is_theirs_to_look_up(
    ordered: Case, as_ana: Client, staff: Staff
) -> None:
    told = "Only the first 25 targets were looked up for you."
    assert told not in form(as_ana, ordered, "check-collateral")
    Case.objects.filter(pk=ordered.pk).update(target_count=26)
    assert told in form(as_ana, ordered, "check-collateral")


def test_those_whom_the_directory_could_not_tell_apart_are_named_where_a_person_chooses(
    ordered: Case, as_ana: Client, now: datetime
) -> None:
    numbers = sorted(lives.carla().identifier for _ in range(2))
    for customer in numbers:
        DirectoryEntry.objects.create(
            kind="domain",
            value="carla.example",
            customer=Customer.objects.get(identifier=customer),
            source=DirectorySource.FILE,
            seen_at=now,
        )
    assert candidates(ordered) == []
    ordered.targets.update(customer=None, match=TargetMatch.SEVERAL)
    assert candidates(ordered) == numbers
    assert f"The directory names several for one target: {', '.join(numbers)}." in form(
        as_ana, ordered, "match-customer"
    )


def test_a_customer_is_found_by_what_the_directory_has_of_theirs(
    ordered: Case, known: str, as_ana: Client, now: datetime
) -> None:
    ordered.targets.update(customer=None)
    do(as_ana, ordered, "match-customer", identifier="Shop.Carla.example", language="en", role="person")
    owner = ordered.targets.get().customer
    assert owner
    assert owner.identifier == known
    DirectoryEntry.objects.create(
        kind="domain", value="shop.carla.example", customer=lives.carla(), source=DirectorySource.FILE, seen_at=now
    )
    ordered.targets.update(customer=None)
    html = do(as_ana, ordered, "match-customer", 422, identifier="shop.carla.example", language="en", role="person")
    assert "Several customers have this" in html
