"""The document itself, on the customer's page: redacted as counsel approved, to nobody else, and no longer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from cases.actions import redactions
from cases.actions.nondisclosure import hold_notices
from cases.actions.signals import raise_signal
from cases.models import Case, CaseDocument, Customer, NoticeDuty, Redaction
from cases.queries.redactions import pdf_of
from cases.redaction.rendering import find
from cases.rules.fraud_signals import FORGED
from cases.states import DutyKind
from tests import lives
from tests.cases.redacting import SECRET, begun, draw, proposed, shown, with_order
from tests.cases.redaction.looking import holds
from tests.lives import Staff
from tests.notifications.scene import open_door, plan_and_send, token_in
from vault.actions import destroy_scope

pytestmark = pytest.mark.django_db

HEADING = "The document we received"


@pytest.fixture(autouse=True)
def _the_hour(now: datetime) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    """Carla was told of it."""
    case = lives.notice_pending(lives.received(now), staff, now)
    plan_and_send(now)
    return lives.again(case)


@pytest.fixture
def original(case: Case, now: datetime) -> CaseDocument:
    return with_order(case, now)


@pytest.fixture
def link(case: Case, mailoutbox: list[EmailMessage], client: Client) -> str:
    address = f"/notice/{token_in(str(mailoutbox[0].body))}/"
    open_door(client, address)
    return address


def carla_of(case: Case) -> Customer:
    customer = case.targets.get().customer
    assert customer is not None
    return customer


def status(client: Client, link: str, number: int = 1) -> int:
    return client.get(f"{link}document/{number}/").status_code


def page(client: Client, link: str) -> str:
    return client.get(link).content.decode()


def test_she_reads_what_counsel_approved_and_what_is_hidden_is_not_in_it(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    redaction = begun(original, staff.ines, now)
    redactions.draw_boxes(
        redaction_id=redaction.pk,
        boxes=find(pdf_of(original.document), SECRET),
        reason="third_party",
        words="",
        by=staff.ines,
        now=now,
    )
    lives.approved(proposed(redaction, staff.ines, now), staff, now)
    assert HEADING in page(client, link)
    assert SECRET not in page(client, link)
    response = client.get(f"{link}document/1/")
    pdf = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert pdf.startswith(b"%PDF-")
    assert not holds(pdf, SECRET)
    assert response["Content-Disposition"] == f'attachment; filename="{original.case.reference}-1.pdf"'
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "noindex" in response["X-Robots-Tag"]


def test_before_counsel_approved_there_is_nothing(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    assert (HEADING in page(client, link), status(client, link)) == (False, 404)
    redaction = begun(original, staff.ines, now)
    draw(redaction, staff.ines, now)
    assert (HEADING in page(client, link), status(client, link)) == (False, 404)
    proposed(redaction, staff.ines, now)
    assert (HEADING in page(client, link), status(client, link)) == (False, 404)


def test_once_withdrawn_it_is_gone(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    redaction = shown(original, staff, now)
    assert status(client, link) == 200
    redactions.withdraw_redaction(redaction_id=redaction.pk, reason="A name is left.", by=staff.ines, now=now)
    assert (HEADING in page(client, link), status(client, link)) == (False, 404)


def test_of_two_versions_the_earlier_has_no_address_any_more(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    shown(original, staff, now)
    shown(original, staff, now)
    assert (status(client, link, 1), status(client, link, 2), status(client, link, 3)) == (404, 200, 404)


def test_what_is_for_another_customer_is_not_hers(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    redaction = shown(original, staff, now, customer=carla_of(original.case))
    assert status(client, link) == 200
    NoticeDuty.objects.update(customer=lives.carla())
    assert Redaction.objects.get().pk == redaction.pk
    assert status(client, link) == 404


def test_a_controller_reads_only_what_was_redacted_for_them_by_name(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    NoticeDuty.objects.update(kind=DutyKind.CONTROLLER)
    shown(original, staff, now)
    assert (HEADING in page(client, link), status(client, link)) == (False, 404)
    shown(original, staff, now, customer=carla_of(original.case))
    assert (HEADING in page(client, link), status(client, link, 2)) == (True, 200)


@pytest.mark.parametrize("kind", [DutyKind.AFFECTED, DutyKind.OUTCOME])
def test_who_was_never_told_as_a_target_reads_only_what_is_theirs_by_name(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime, kind: str
) -> None:
    NoticeDuty.objects.update(kind=kind)
    shown(original, staff, now)
    assert status(client, link) == 404


def test_after_a_fraud_nothing_of_the_impostor_is_handed_on(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    shown(original, staff, now, customer=carla_of(original.case))
    NoticeDuty.objects.update(kind=DutyKind.FRAUD)
    assert (HEADING in page(client, link), status(client, link)) == (False, 404)


def test_a_forgery_is_hidden_before_anybody_was_told_of_it(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    shown(original, staff, now)
    raise_signal(original.case, FORGED, now=now)
    assert (HEADING in page(client, link), status(client, link)) == (False, 404)


def test_while_anything_forbids_a_word_the_document_is_as_shut_as_the_page(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    shown(original, staff, now)
    hold_notices(case_id=original.case_id, source="mail-1", because="reference", now=now)
    assert (client.get(link).status_code, status(client, link)) == (404, 404)


def test_a_link_that_expired_or_never_was_opens_no_document(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    shown(original, staff, now)
    assert status(client, "/notice/never/") == 404
    with time_machine.travel(now + timedelta(days=61), tick=False):
        assert status(client, link) == 404


def test_after_its_key_is_destroyed_the_page_says_nothing_of_it(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    redaction = shown(original, staff, now)
    assert redaction.burned is not None
    destroy_scope(redaction.burned.scope, by_id=None, now=now)
    assert (HEADING in page(client, link), status(client, link)) == (False, 404)


def test_a_document_is_only_read(
    original: CaseDocument, link: str, client: Client, staff: Staff, now: datetime
) -> None:
    shown(original, staff, now)
    assert client.post(f"{link}document/1/").status_code == 405
