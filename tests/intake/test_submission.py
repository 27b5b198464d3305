"""The public form: what it keeps, what it opens, and what a sender's word does not do."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.tokens import token_hash
from cases.models import Agency, Case
from cases.states import CaseState
from intake.models import Submission
from ledger.models import LedgerEntry
from tests.intake.sending import file, pdf, send
from vault.actions import read
from vault.models import Document

pytestmark = pytest.mark.django_db


def test_a_request_becomes_a_case_that_says_what_was_asked(client: Client, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        assert send(client, file()).status_code == 302
    case = Case.objects.get()
    assert (case.state, case.instrument_code, case.channel) == (CaseState.RECEIVED, "us_search_warrant", "portal")
    assert (case.received_at, case.return_date, case.agency_reference) == (now, date(2026, 12, 20), "SP-2026-0417")
    assert case.asked == ["subscriber", "content"]
    assert list(case.targets.values_list("kind", "value")) == [
        ("account", "carla"),
        ("email", "carla@customer.example"),
        ("domain", "carla.example"),
        ("ip", "192.0.2.7"),
    ]
    assert (case.agency.name, case.agency.email_domain) == ("Springfield Police", "springfield.example")
    assert case.officer is not None
    assert case.officer.email == "osei@springfield.example"
    assert case.queue_at < now.replace(year=2027)  # the return date runs


def test_every_document_is_kept_byte_for_byte(client: Client) -> None:
    annex = pdf() + b"% annex"
    send(client, file(), file(annex, "annex.pdf"))
    submission = Submission.objects.get()
    documents = [Document.objects.get(pk=key) for key in submission.document_ids]
    assert [document.name for document in documents] == ["warrant.pdf", "annex.pdf"]
    assert b"".join(read(documents[1])) == annex
    assert {entry.document for entry in submission.case.documents.all()} == set(documents)


def test_the_ledger_says_that_it_came_and_nothing_that_anybody_wrote(client: Client) -> None:
    send(client, file())
    text = str(list(LedgerEntry.objects.values_list("payload", flat=True)))
    for word in ("Osei", "osei", "springfield", "Springfield", "carla", "192.0.2.7", "annex", "SP-2026"):
        assert word not in text
    kept = LedgerEntry.objects.get(payload__kind="submission_kept").payload
    assert (kept["channel"], kept["documents"]) == ("portal", 1)
    assert {len(kept["message"]), len(kept["manifest"])} == {64}


def test_the_senders_tick_is_a_claim_and_sets_no_emergency(client: Client) -> None:
    send(client, file(), emergency="on", instrument="emergency_disclosure", message="A child is missing.")
    submission = Submission.objects.get()
    assert submission.claims_emergency
    assert not submission.case.is_emergency
    assert submission.case.danger_claimed


def test_a_letter_of_national_security_is_sealed_from_the_first_moment(client: Client, analyst: User) -> None:
    response = send(client, file(), instrument="us_nsl", categories=["subscriber"])
    case = Case.objects.get()
    assert case.compartment is not None
    assert case.compartment.code == "national-security"
    assert not Case.objects.visible_to(analyst).exists()
    assert client.get(response.headers["Location"]).status_code == 200


def test_mallory_under_the_name_of_a_verified_agency_is_not_verified(
    client: Client, verified_police: Agency, now: datetime
) -> None:
    send(client, file(), officer_email="osei@mallory.example")
    send(client, file())
    forged, good = Case.objects.order_by("pk")
    assert not forged.agency.is_verified(now)
    assert good.agency == verified_police


def test_a_target_named_twice_is_one_and_the_sender_may_say_what_all_are(client: Client) -> None:
    send(client, file(), targets="4711\r\n4711\r\nb.example", target_kind="payment")
    assert list(Case.objects.get().targets.values_list("kind", "value")) == [
        ("payment", "4711"),
        ("payment", "b.example"),
    ]


def test_thousands_of_domains_are_taken_in_one_form(client: Client) -> None:
    send(client, file(), targets="\r\n".join(f"d{number}.example" for number in range(5_000)))
    assert Case.objects.get().target_count == 5_000


def test_a_form_costs_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    send(client, file(), agency_reference="warm-up")
    with django_assert_max_num_queries(32):
        assert send(client, file()).status_code == 302


def test_the_token_itself_is_kept_nowhere(client: Client) -> None:
    token = send(client, file()).headers["Location"].split("/")[2]
    assert Submission.objects.get().receipt_token_hash == token_hash(token)
    assert len(token) == 32


def test_a_part_that_fails_leaves_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_claim: object) -> None:
        raise RuntimeError("the last step fails")

    monkeypatch.setattr("intake.actions.submissions.concerned", lambda *_args, **_named: fail())
    with pytest.raises(RuntimeError):
        send(client, file())
    for model in (Case, Submission, Agency, Document, LedgerEntry):
        assert not model.objects.exists()
