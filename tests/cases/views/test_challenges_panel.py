"""Challenges on the case page: instances, papers, hearings, and whether every remedy is exhausted."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.actions.comity import write_factors
from cases.models import Case
from cases.states import CaseState
from tests import lives
from tests.cases.views.conftest import As
from tests.cases.views.test_acts import PDF, do
from tests.lives import Staff

pytestmark = pytest.mark.django_db

MOTION = {"of": "request", "ground": "Overbroad.", "forum": "court", "forum_name": "D. Or.", "last_day": "2026-12-14"}


@pytest.fixture
def as_ines(signed_in: As, staff: Staff) -> Client:
    return signed_in(staff.ines)


@pytest.fixture
def told(staff: Staff, now: datetime) -> Case:
    asked = ("subscriber", "traffic", "content")
    customers = [lives.carla(country="GB", nationality="GB", is_us_person=False)]
    case = lives.received(now, customers=customers, instrument="us_search_warrant", asked=asked)
    return lives.notified(case, staff, now)


def challenged(case: Case, client: Client, staff: Staff, now: datetime, **fields: str) -> None:
    do(client, case, "challenge", **(MOTION | {"remedy": "other"} | fields))
    lives.approved(case.approvals.get(), staff, now)


def test_the_page_says_what_is_open_until_when(
    told: Case, as_ines: Client, staff: Staff, now: datetime, signed_in: As
) -> None:
    challenged(told, as_ines, staff, now)
    html = as_ines.get(told.get_absolute_url()).content.decode()
    assert "Finding: not every remedy is exhausted: nothing is filed yet: possible until 14 December 2026." in html
    assert "The deadline to answer does not stand still." in html
    with time_machine.travel(now + timedelta(days=1), tick=False):
        html = do(signed_in(staff.ines), told, "record-instance/1", filed_date="2026-12-01", hearing_date="2026-12-09")
        assert "Hearing</b>" in html
        assert "Wed 9 Dec 2026" in html
    with time_machine.travel(now + timedelta(days=10), tick=False):
        ines = signed_in(staff.ines)
        fields = {"decided_date": "2026-12-10", "result": "narrowed", "appeal_until_date": "2026-12-24"}
        upload = SimpleUploadedFile("decision.pdf", PDF, "application/pdf")
        html = do(ines, told, "record-instance/1", document=upload, **fields)
        assert "an appeal lies until 24 December 2026" in html
        assert "Last day to appeal</b>" in html
    with time_machine.travel(now + timedelta(days=28), tick=False):
        ines = signed_in(staff.ines)
        html = do(ines, told, "record-appeal/1", party="agency", appealed_date="2026-12-20", forum_name="9th Cir.")
        assert "9th Cir. has not decided" in html
        assert "Notice of appeal (The agency)" in html
        upload = SimpleUploadedFile("brief.pdf", PDF, "application/pdf")
        html = do(
            ines,
            told,
            "record-filing/1",
            title="Answering brief",
            party="provider",
            filed_date="2026-12-28",
            document=upload,
        )
        assert "Answering brief (We)" in html
        assert "brief.pdf" in html


def test_what_a_court_left_is_chosen_from_what_was_asked(
    told: Case, as_ines: Client, staff: Staff, now: datetime
) -> None:
    write_factors(case_id=told.pk, texts=dict.fromkeys("ABCDEFGH", "It weighs for us."), by=staff.ines, now=now)
    challenged(told, as_ines, staff, now, remedy="us_2703h")
    html = as_ines.get(told.get_absolute_url()).content.decode()
    assert "The deadline to answer stands still." in html
    assert "<code>18 USC 2703(h)</code>" in html
    upload = SimpleUploadedFile("decision.pdf", PDF, "application/pdf")
    fields = {"filed_date": "2026-11-30", "decided_date": "2026-11-30", "result": "narrowed"}
    do(as_ines, told, "record-instance/1", document=upload, **fields)
    assert "Choose what the court left" in do(as_ines, told, "resolve-challenge/1", 422, result="narrowed")
    do(as_ines, told, "resolve-challenge/1", result="narrowed", scope="subscriber")
    case = lives.again(told)
    assert (case.state, case.asked) == (CaseState.LEGAL_REVIEW, ["subscriber"])


def test_what_a_court_left_of_one_target_and_of_the_items_is_chosen_too(
    as_ines: Client, staff: Staff, now: datetime
) -> None:
    customers = [lives.carla(), lives.carla()]
    case = lives.received(now, customers=customers, asked=["subscriber", "identification"])
    case = lives.in_review(case, staff, now)
    challenged(case, as_ines, staff, now, remedy="us_rule17c")
    upload = SimpleUploadedFile("decision.pdf", PDF, "application/pdf")
    fields = {"filed_date": "2026-11-30", "decided_date": "2026-11-30", "result": "narrowed"}
    do(as_ines, case, "record-instance/1", document=upload, **fields)
    html = as_ines.get(f"/cases/{case.reference}/do/resolve-challenge/1/").content.decode()
    assert "(F) means and source of payment" in html
    one = f"account:{customers[0].identifier}"
    both = ["subscriber", "identification"]
    do(as_ines, case, "resolve-challenge/1", 409, result="narrowed", scope=both, items=["A"], targets=one)
    do(as_ines, case, "resolve-challenge/1", result="narrowed", scope="subscriber", targets=one)
    asked = list(case.targets.order_by("pk").values_list("asked", flat=True))
    assert asked == [["subscriber"], ["subscriber", "identification"]]


def test_a_challenge_of_both_names_the_order_by_its_place(as_ines: Client, staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now)
    html = do(as_ines, case, "challenge", 409, **(MOTION | {"of": "both", "remedy": "other"}))
    assert "Choose an order in force that is challenged with the request." in html
    challenged(case, as_ines, staff, now, of="both", order="1", remedy="us_rule17c")
    assert case.challenges.get().order == case.orders.get()
    upload = SimpleUploadedFile("decision.pdf", PDF, "application/pdf")
    fields = {"filed_date": "2026-11-30", "decided_date": "2026-11-30", "result": "lifted"}
    do(as_ines, case, "record-instance/1", document=upload, **fields)
    html = do(as_ines, case, "resolve-challenge/1", result="upheld")
    assert "Orders that do not bind now" in html
    assert "every remedy is exhausted: D. Or. decided last and no appeal lies" in html
    assert case.orders.get().lifted_at == now


def test_an_order_that_stands_is_not_called_a_request(as_ines: Client, staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now)
    fields = {name: MOTION[name] for name in ("ground", "forum", "forum_name", "last_day")}
    do(as_ines, case, "challenge-order/1", **fields)
    html = as_ines.get(f"{case.get_absolute_url()}do/resolve-order-challenge/1/").content.decode()
    assert "The order not to tell stands" in html
    assert "The request stands" not in html
    upload = SimpleUploadedFile("decision.pdf", PDF, "application/pdf")
    decided = {"filed_date": "2026-11-30", "decided_date": "2026-11-30", "result": "upheld"}
    do(as_ines, case, "record-instance/1", document=upload, **decided)
    html = do(as_ines, case, "resolve-order-challenge/1", result="upheld")
    assert "result: The order not to tell stands" in html
    assert "The challenge ended: What was challenged stands." in html
    assert "The request stands" not in html


def test_what_is_on_record_of_an_instance_stands_filled_in(
    told: Case, as_ines: Client, staff: Staff, now: datetime
) -> None:
    challenged(told, as_ines, staff, now)
    do(as_ines, told, "record-instance/1", filed_date="2026-11-30", hearing_date="2026-12-09")
    html = as_ines.get(f"{told.get_absolute_url()}do/record-instance/1/").content.decode()
    for value in ("D. Or.", "2026-11-30", "2026-12-09"):
        assert f'value="{value}"' in html
    assert "The order not to tell was lifted" not in html, "the request alone is challenged"
