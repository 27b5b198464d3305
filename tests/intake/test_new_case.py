"""The analyst's form: what came by mail or post becomes a case at once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from accounts.models import User
from cases.actions.opening import NewTarget, open_case
from cases.models import Agency, Case
from cases.states import Category, Channel, TargetKind, TargetMatch
from intake import tasks
from intake.models import DirectoryEntry, DirectorySource, Submission
from tests import lives
from tests.intake.sending import file, pdf, post

pytestmark = pytest.mark.django_db

PATH = "/cases/new/"
TYPED = {"channel": "email", "received_at": "2026-11-27T09:30"}


@pytest.fixture
def as_analyst(client: Client, analyst: User) -> Client:
    client.force_login(analyst)
    return client


def test_it_opens_the_case_received_when_the_office_received_it(as_analyst: Client, analyst: User) -> None:
    response = post(as_analyst, PATH, file(), **TYPED)
    case = Case.objects.get()
    assert response.headers["Location"] == f"/cases/{case.reference}/"
    assert case.received_at == datetime(2026, 11, 27, 17, 30, tzinfo=UTC)  # half past nine in Los Angeles
    assert (case.channel, Submission.objects.get().entered_by) == ("email", analyst)


def test_it_offers_this_moment_on_the_offices_clock(as_analyst: Client, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        assert 'value="2026-11-30T04:00"' in as_analyst.get(PATH).content.decode()


def test_paper_without_a_scan_needs_a_word_of_what_it_said(as_analyst: Client) -> None:
    html = post(as_analyst, PATH, **TYPED, message="").content.decode()
    assert "Add the document, or write below what was said." in html
    assert post(as_analyst, PATH, **TYPED, message="By phone.", targets="", officer_email="").status_code == 302


@pytest.mark.parametrize("received_at", ["2099-01-01T00:00", "", "yesterday"])
def test_a_moment_that_has_not_come_or_is_none_is_refused(as_analyst: Client, received_at: str) -> None:
    html = post(as_analyst, PATH, file(), **{**TYPED, "received_at": received_at}).content.decode()
    assert 'href="#id_received_at"' in html
    assert "Springfield Police" in html
    assert not Case.objects.exists()


def test_a_bad_document_keeps_what_was_typed(as_analyst: Client) -> None:
    html = post(as_analyst, PATH, file(pdf("secret")), **TYPED).content.decode()
    assert "password-protected" in html
    assert "2026-11-27T09:30" in html
    assert "SP-2026-0417" in html


def test_what_it_may_concern_is_said_as_far_as_it_may_be_known(
    as_analyst: Client, verified_police: Agency, now: datetime
) -> None:
    for instrument in ("us_subpoena", "us_nsl"):
        open_case(
            instrument_code=instrument,
            agency=verified_police,
            targets=[NewTarget(TargetKind.ACCOUNT, "carla")],
            asked=[Category.SUBSCRIBER],
            channel=Channel.EMAIL,
            received_at=now,
            now=now,
        )
    post(as_analyst, PATH, file(), **TYPED)
    words = [str(message) for message in as_analyst.get("/cases/new/").context["messages"]]
    assert "It may concern 1 case that we have. Its notices wait until someone has looked." in words


def test_who_enters_a_sealed_letter_from_outside_learns_no_more(as_analyst: Client) -> None:
    response = post(as_analyst, PATH, file(), **TYPED, instrument="us_nsl")
    reference = Case.objects.get().reference
    assert response.headers["Location"] == "/"
    page = as_analyst.get("/cases/new/").content.decode()
    assert "Only the people of its compartment can see it" in page
    assert reference not in page


@pytest.mark.parametrize("who", ["ines", "auditor", "publisher", "administrator"])
def test_others_are_told_which_role_the_page_is_for(client: Client, who: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(PATH).status_code == 403
    assert post(client, PATH, file(), **TYPED).status_code == 403
    assert not Case.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert post(client, PATH, file(), **TYPED).headers["Location"].startswith("/sign-in/")
    assert not Case.objects.exists()


def test_whose_the_targets_are_is_known_when_the_case_opens(as_analyst: Client, now: datetime) -> None:
    dora = lives.carla()
    DirectoryEntry.objects.create(
        kind="domain", value="carla.example", customer=dora, source=DirectorySource.FILE, seen_at=now
    )
    post(as_analyst, PATH, file(), **TYPED)
    targets = {target.value: target for target in Case.objects.get().targets.all()}
    assert targets["carla.example"].customer == dora
    assert targets["192.0.2.7"].match == TargetMatch.NOT_FOUND


def test_the_far_end_is_asked_once_the_case_is_kept_and_the_task_names_none(
    as_analyst: Client,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.WRITDESK = replace(settings.WRITDESK, directory_url="https://directory.example")
    nudged: list[tuple[object, ...]] = []
    monkeypatch.setattr(tasks.match_targets, "delay", lambda *names: nudged.append(names))
    with django_capture_on_commit_callbacks() as waiting:
        post(as_analyst, PATH, file(), **TYPED)
        assert nudged == []
    for callback in waiting:
        callback()
    assert nudged == [()]


def test_a_young_domain_that_the_analyst_looked_up_is_a_sign_of_fraud(as_analyst: Client) -> None:
    sent = {**TYPED, "domain_registered": "2026-09-01"}
    assert post(as_analyst, PATH, file(), **sent).status_code == 302
    assert Case.objects.get().fraud_signals.get(code="young_domain").detail == "2026-09-01"
    html = post(as_analyst, PATH, file(), **{**sent, "domain_registered": "2099-09-01"}).content.decode()
    assert "Enter a day that is not in the future." in html
    html = post(as_analyst, PATH, file(), **sent, officer_email="").content.decode()
    assert "whose domain was registered on that day" in html
    assert Case.objects.count() == 1
