"""A customer whom a person typed in is known as well as one from the directory: forms ask what the law turns on."""

from datetime import datetime

import pytest
from django.test import Client

from accounts.models import User
from cases.actions.conflict import Finding, assess
from cases.models import Case, Customer
from tests import lives
from tests.cases.views.conftest import As
from tests.lives import Staff

pytestmark = pytest.mark.django_db

ANNE = {
    "identifier": "C-77",
    "language": "en",
    "country": "GB",
    "nationality": "GB",
    "us_person": "no",
    "role": "person",
}


@pytest.fixture
def as_ana(signed_in: As, analyst: User) -> Client:
    return signed_in(analyst)


def do(client: Client, case: Case, name: str, **typed: str) -> None:
    response = client.post(f"/cases/{case.reference}/do/{name}/", typed)
    assert response.status_code == 302, response.content.decode()


def unmatched(now: datetime, **fields: object) -> Case:
    case = lives.received(now, **fields)  # type: ignore[arg-type]
    case.targets.update(customer=None)
    return case


def test_a_customer_typed_in_opens_the_motion_of_requirement_9(staff: Staff, as_ana: Client, now: datetime) -> None:
    case = lives.in_conflict_check(unmatched(now, instrument="us_search_warrant", asked=["content"]), staff, now)
    motion = Finding("motion_2703h", "UK law.", ("residence",), "GB", "gb_gdpr", "Chapter V")
    do(as_ana, case, "match-customer", **ANNE)
    assess(case_id=case.pk, finding=motion, by=staff.ines, now=now)
    assert case.assessments.get().outcome == "motion_2703h"


def test_a_customer_typed_in_answers_that_no_us_person_is_a_target(staff: Staff, as_ana: Client, now: datetime) -> None:
    uk = lives.oseis_agency(now, country="GB")
    case = lives.in_review(unmatched(now, instrument="cloud_act_uk", agency=uk), staff, now)
    assert not case.review_answers.filter(item="not_us_person").exists()
    do(as_ana, case, "match-customer", **ANNE)
    assert case.review_answers.get(item="not_us_person").answer == "yes"
    do(as_ana, case, "correct-customer", identifier="C-77", is_us_person="yes", reason="A green card.")
    assert case.review_answers.get(item="not_us_person").answer == "no"
    do(as_ana, case, "correct-customer", identifier="C-77", is_us_person="unknown", reason="It was her sister's.")
    assert not case.review_answers.filter(item="not_us_person").exists()


def test_what_is_left_as_it_stands_stays_and_the_form_says_what_stands(as_ana: Client, now: datetime) -> None:
    anne = lives.carla(country="GB", nationality="GB", is_us_person=False)
    case = lives.received(now, customers=[anne])
    html = as_ana.get(f"/cases/{case.reference}/do/correct-customer/").content.decode()
    assert f"{anne.identifier}: Lives in GB, national of GB, not a US person, we are the controller." in html
    do(as_ana, case, "correct-customer", identifier=anne.identifier, nationality="unknown", reason="A mistake.")
    known = Customer.objects.get(pk=anne.pk)
    assert (known.country, known.nationality, known.is_us_person, known.role) == ("GB", "", False, "person")
    assert "was corrected: nationality." in as_ana.get(case.get_absolute_url()).content.decode()


def test_a_customer_of_another_case_is_not_found_by_number(as_ana: Client, now: datetime) -> None:
    case, other = lives.received(now), lives.carla()
    response = as_ana.post(
        f"/cases/{case.reference}/do/correct-customer/",
        {"identifier": other.identifier, "country": "GB", "reason": "x"},
    )
    assert response.status_code == 422
