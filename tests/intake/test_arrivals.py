"""The page that shows what arrived for a case, to whoever may know of the case."""

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Case
from tests.intake.conftest import One
from tests.intake.files import row
from tests.intake.sending import file, send

pytestmark = pytest.mark.django_db


def path(case: Case) -> str:
    return f"/cases/{case.reference}/submission/"


def test_it_shows_what_the_sender_wrote_and_claims(client: Client, analyst: User) -> None:
    send(client, file(), emergency="on")
    client.force_login(analyst)
    html = client.get(path(Case.objects.get())).content.decode()
    for words in ("Detective Osei", "+1 217 555 0100", "Please read the annex.", "warrant.pdf", "claims an emergency"):
        assert words in html


def test_it_names_the_cases_that_it_may_concern_as_far_as_they_may_be_known(client: Client, analyst: User) -> None:
    send(client, file())
    send(client, file(), instrument="us_nsl")
    send(client, file())
    first, sealed, last = Case.objects.order_by("pk")
    client.force_login(analyst)
    html = client.get(path(last)).content.decode()
    assert "the agency’s reference is the same" in html
    assert first.reference in html
    assert sealed.reference not in html
    assert sealed.incoming_holds.exists()


def test_of_an_imported_case_nothing_more_is_kept(client: Client, analyst: User, imported: One) -> None:
    client.force_login(analyst)
    assert "Nothing more is kept" in client.get(path(imported(row()))).content.decode()


def test_outside_its_compartment_it_is_as_if_it_were_not_there(client: Client, analyst: User, ines: User) -> None:
    send(client, file(), instrument="us_nsl")
    sealed = Case.objects.get()
    client.force_login(analyst)
    nothing = client.get("/cases/WD-2026-7K3M9QXA7/submission/")
    answer = client.get(path(sealed))
    assert (answer.status_code, answer.content) == (404, nothing.content)
