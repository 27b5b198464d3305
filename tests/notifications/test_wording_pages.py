"""The pages on which staff look at mails and counsel says them in other words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Compartment, User
from cases.models import Case
from notifications.catalogue import MAILS
from notifications.languages import LANGUAGES
from notifications.models import CustomerLink
from notifications.wording_models import Wording, WordingState
from tests import lives
from tests.config.shell import looking
from tests.lives import Staff
from tests.notifications.scene import plan_and_send
from tests.notifications.test_wordings import MAIL, approved, proposed, written
from tests.notifications.wordings import GOOD, SUBJECT

pytestmark = pytest.mark.django_db
HERE = f"/notices/wordings/{MAIL}/en/"
NEW = {"subject": SUBJECT, "text": GOOD[MAIL], "reason": "Plainer."}


@pytest.fixture(autouse=True)
def _the_hour(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_mail_can_be_looked_at_in_every_language(staff: Staff, auditor: User) -> None:
    client = signed_in(auditor)
    board = client.get("/notices/wordings/").content.decode()
    for name in MAILS:
        assert f"/notices/wordings/{name}/zh-hans/" in board
        for language in LANGUAGES:
            response = client.get(f"/notices/wordings/{name}/{language}/?sample=least&width=phone")
            assert response.status_code == 200
            assert looking.faults_of_source(response.content.decode()) == []
            assert client.get(f"/notices/wordings/{name}/{language}/0/mail.html").status_code == 200


def test_the_board_asks_as_many_questions_however_many_versions_there_are(
    staff: Staff, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in GOOD:
        approved(staff, now, GOOD[name], mail=name)
    client = signed_in(staff.ines)
    with django_assert_max_num_queries(8):
        assert "Version 1" in client.get("/notices/wordings/").content.decode()
    with django_assert_max_num_queries(10):
        client.get(HERE)


@pytest.mark.parametrize("path", ["/notices/wordings/", HERE, f"{HERE}0/mail.html", "/notices/wordings/real/"])
def test_the_pages_are_for_staff(path: str, client: Client, publisher: User) -> None:
    assert client.get(path).status_code == 302
    client.force_login(publisher)
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("act", ["write/", "1/propose/", "1/approve/", "1/retire/"])
def test_analysts_and_auditors_only_read(act: str, staff: Staff, auditor: User, now: datetime) -> None:
    wording = proposed(staff.ines, now)
    for user in (staff.analyst, auditor):
        assert signed_in(user).post(f"{HERE}{act}", NEW | {"digest": wording.digest}).status_code == 403
    assert "Say it in other words" not in signed_in(auditor).get(HERE).content.decode()


def test_unknown_mails_languages_and_versions_are_unknown(ines: User) -> None:
    client = signed_in(ines)
    for path in (
        "nothing/en/",
        f"{MAIL}/tlh/",
        f"{MAIL}/en/7/mail.html",
        f"{MAIL}/tlh/write/",
        "nothing/en/0/mail.html",
    ):
        assert client.get(f"/notices/wordings/{path}").status_code == 404
    assert client.post(f"{HERE}7/approve/").status_code == 404
    for version in ("7", "9" * 5000, "²", "x"):
        assert "Built-in, in use" in client.get(HERE, {"version": version}).content.decode()


def test_counsel_rewords_a_mail_and_another_approves_it(staff: Staff) -> None:
    ines, paul = signed_in(staff.ines), signed_in(staff.paul)
    assert "{{ window_until }}" in ines.get(f"{HERE}write/").content.decode()
    page = ines.post(f"{HERE}write/", NEW, follow=True).content.decode()
    assert "Kept as a draft" in page
    assert "<ins>" in page
    assert "<del>" in page
    page = ines.post(f"{HERE}1/propose/", follow=True).content.decode()
    assert "You wrote this: another counsel must approve it." in page
    assert ">Approve<" not in page
    page = paul.get(f"{HERE}?version=1").content.decode()
    assert "Plainer." in page
    wording = Wording.objects.get()
    assert f'name="digest" value="{wording.digest}"' in page
    page = paul.post(f"{HERE}1/approve/", {"digest": wording.digest}, follow=True).content.decode()
    assert "Mails leave in these words from now on." in page
    assert "Somebody asks for your data" in ines.get(f"{HERE}1/mail.html").content.decode()
    page = ines.post(f"{HERE}1/retire/", follow=True).content.decode()
    assert "Built-in, in use" in page
    assert Wording.objects.get().state == WordingState.RETIRED


def test_ones_own_approval_is_refused_in_words(staff: Staff, now: datetime) -> None:
    wording = proposed(staff.ines, now)
    page = signed_in(staff.ines).post(f"{HERE}1/approve/", {"digest": wording.digest}, follow=True).content.decode()
    assert "another person must approve it" in page
    assert Wording.objects.get().state == WordingState.PROPOSED


@pytest.mark.parametrize(
    ("spoiled", "words"),
    [
        pytest.param({"text": "{% load i18n %}" + GOOD[MAIL]}, "is not understood", id="hostile"),
        pytest.param({"text": "Nothing."}, "This mail must say, whatever the case", id="says nothing"),
        pytest.param({"text": ""}, "Text", id="empty"),
        pytest.param({"subject": "a\nBcc: m@evil.example"}, "has to be one line", id="a header"),
        pytest.param({"subject": "{{ agency }}"}, "locked screen", id="who asks, in the subject"),
        pytest.param({"reason": ""}, "Why it is to be said like this", id="no reason"),
        pytest.param({"text": GOOD[MAIL] + "x" * 20_000}, "longer than 10000", id="huge"),
        pytest.param({"text": GOOD[MAIL] + "\x00"}, "Null characters", id="null"),
    ],
)
def test_what_cannot_be_used_is_refused_beside_what_was_written(
    spoiled: dict[str, str], words: str, ines: User
) -> None:
    response = signed_in(ines).post(f"{HERE}write/", NEW | spoiled)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Wording.objects.exists()


def test_a_mail_stands_in_a_frame_that_loads_and_runs_nothing(staff: Staff) -> None:
    response = signed_in(staff.ines).get(f"{HERE}0/mail.html")
    policy = response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    around = signed_in(staff.ines).get(HERE)
    assert 'sandbox=""' in around.content.decode()
    assert around.headers["X-Frame-Options"] == "DENY"


def test_markup_in_a_version_is_words(staff: Staff, now: datetime) -> None:
    approved(staff, now, GOOD[MAIL] + "\n\n<script>alert(1)</script> <b>x</b>")
    html = signed_in(staff.ines).get(f"{HERE}1/mail.html").content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in signed_in(staff.ines).get(f"{HERE}?version=1").content.decode()


def test_a_real_notice_is_looked_at_and_no_link_is_made(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    client = signed_in(staff.analyst)
    asked = {"mail": MAIL, "language": "fr", "version": "0", "reference": case.reference.lower(), "number": "1"}
    page = client.get("/notices/wordings/real/", asked, follow=True).content.decode()
    assert "police department" in page
    assert "Nous n’avons rien remis" in page
    assert not CustomerLink.objects.exists()
    frame = client.get(f"/notices/{case.reference}/1/preview/mail.html").content.decode()
    assert "/notice/sample/" in frame
    plan_and_send(now)
    page = client.get(f"/notices/{case.reference}/1/").content.decode()
    assert "en, built-in words" in page


def test_a_reminder_can_be_made_of_a_notice_whose_days_run(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    client = signed_in(staff.analyst)
    frame = client.get(f"/notices/{case.reference}/1/preview/mail.html", {"mail": "reminder"}).content.decode()
    assert "Your days to object end soon" in frame
    assert "until the end of Thursday 10 December 2026 (Eastern Time)" in frame
    with time_machine.travel(now + timedelta(days=11), tick=False):
        later = signed_in(staff.analyst)  # the session of then is over
        page = later.get(f"/notices/{case.reference}/1/preview/", {"mail": "reminder"}).content.decode()
    assert "a fact is missing (window_until)" in page


def test_a_mail_that_a_notice_has_no_facts_for_says_so(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    client = signed_in(staff.analyst)
    page = client.get(f"/notices/{case.reference}/1/preview/", {"mail": "outcome"}).content.decode()
    assert "a fact is missing (result)" in page
    assert client.get(f"/notices/{case.reference}/1/preview/mail.html", {"mail": "outcome"}).status_code == 404


def test_a_sealed_case_is_no_case_to_who_looks_from_outside(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    Case.objects.update(compartment=Compartment.objects.create(code="circle", name="Circle"))
    client = signed_in(staff.analyst)
    for path in ("preview/", "preview/mail.html"):
        assert client.get(f"/notices/{case.reference}/1/{path}").status_code == 404


def test_where_there_is_no_such_notice_it_says_what_to_give(ines: User) -> None:
    page = (
        signed_in(ines).get("/notices/wordings/real/", {"reference": "", "number": "x"}, follow=True).content.decode()
    )
    assert "Give the reference of a case" in page


def test_staff_see_words_that_could_not_be_used(staff: Staff, now: datetime) -> None:
    wording = approved(staff, now)
    Wording.objects.filter(pk=wording.pk).update(broke_at=now)
    for path in ("/notices/", "/notices/wordings/"):
        assert "can no longer be used" in signed_in(staff.analyst).get(path).content.decode()


def test_a_draft_of_another_is_a_start_for_ones_own(staff: Staff, now: datetime) -> None:
    written(staff.ines, now)
    page = signed_in(staff.paul).get(f"{HERE}write/?version=1").content.decode()
    assert "Somebody asks for your data" in page
