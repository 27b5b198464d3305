"""What the facts say of a conflict of law, on the case's page and on the form that asks for counsel's finding."""

from datetime import datetime

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Case, Target
from cases.states import TargetKind
from tests import lives
from tests.cases.views.conftest import As
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff

pytestmark = pytest.mark.django_db

MANY = 2000


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


def warrant(staff: Staff, now: datetime) -> Case:
    """Return a warrant for content of Anne in London and of 2,000 domains of Berta in Berlin."""
    anne = lives.carla(country="GB", nationality="GB", is_us_person=False)
    berta = lives.carla(country="DE", role="controller")
    case = lives.received(now, customers=[anne], instrument="us_search_warrant", asked=["subscriber", "content"])
    Target.objects.bulk_create(
        Target(case=case, kind=TargetKind.DOMAIN, value=f"shop{n}.example", customer=berta, asked=case.asked)
        for n in range(MANY)
    )
    return lives.in_conflict_check(case, staff, now)


def page(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    assert faults_of_source(html) == []
    return html


def test_the_page_has_a_line_for_each_that_is_known_alike_and_not_for_each_target(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    html = page(as_ines, warrant(staff, now).get_absolute_url())
    assert html.count("Lives in DE, we are the processor: 2000 targets") == 1
    assert html.count("Lives in GB, national of GB, not a US person, we are the controller: 1 target") == 1
    for words in (
        "General Data Protection Regulation, Reg. (EU) 2016/679, Arts. 6, 44-49, 48: the customer lives there.",
        "What can come of it: We are the processor: tell the controller and await instruction.",
        "Conflict: motion under 18 USC 2703(h): open until Mon 14 Dec 2026, all of that day",
        "Conflict: motion under 18 USC 2703(h): not open: no agreement with that country was in force on that day",
        "UK General Data Protection Regulation, Chapter V, without Art. 48: the customer lives there.",
        "Not verified: counsel confirms it.",
        "Where the data are stored decides nothing by itself",
    ):
        assert words in html, words


def test_the_form_is_filled_with_what_the_facts_say_and_goes_through_the_groups(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = warrant(staff, now)
    address = f"/cases/{case.reference}/do/assess/"
    html = page(as_ines, address)
    assert '<option value="tell_controller" selected>' in html
    assert '<option value="DE" selected>' in html
    found = {
        "group": "DE//None/processor",
        "outcome": "tell_controller",
        "residence": "DE",
        "role": "processor",
        "rests_on": "processing_role",
        "law": "gdpr_48",
        "provision": "Art. 48",
        "reason": "Berta decides.",
    }
    assert as_ines.post(address, found).status_code == 302
    assert case.assessments.count() == MANY
    html = page(as_ines, address)
    assert '<option value="GB" selected>' in html
    assert '<option value="tell_controller" selected>' not in html


def test_the_page_leads_through_the_motion(staff: Staff, as_ines: Client, now: datetime) -> None:
    anne = lives.carla(country="GB", nationality="GB", is_us_person=False)
    case = lives.received(now, customers=[anne], instrument="us_search_warrant", asked=["content"])
    case = lives.in_conflict_check(case, staff, now)
    address = case.get_absolute_url()
    assert "Missing: A, B, C, D, E, F, G, H" in as_ines.get(address).content.decode()
    form = f"/cases/{case.reference}/do/comity-factors/"
    assert "(C) likelihood, extent and nature of penalties" in as_ines.get(form).content.decode()
    assert as_ines.post(form, dict.fromkeys("ABCDEFGH", "It weighs for us.")).status_code == 302
    told = {"country": "GB", "authority": "UK Home Office", "reason": "It may object."}
    form = f"/cases/{case.reference}/do/tell-government/"
    assert "We have received legal process under 18 USC 2703" in as_ines.get(form).content.decode()
    told["text"] = f"It is about {anne.identifier}."
    assert "Leave out: " + anne.identifier in as_ines.post(form, told).content.decode()
    told["text"] = "We have received process under 18 USC 2703."
    assert as_ines.post(form, told).status_code == 302
    html = as_ines.get(address).content.decode()
    assert "All eight speak" in html
    assert "Word to the government of GB" in html
    assert "We have received process under 18 USC 2703." in html
    sent = as_ines.post(f"/cases/{case.reference}/do/government-told/1/", {"how": "By secure mail."})
    assert sent.status_code == 302
