"""What notices repeat of orders that take effect, and that who is hit beside the target hears of nobody else."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from cases.actions import measures, reversal
from cases.actions.measures import Hit, NewMeasure
from cases.models import Case, Customer, MeasureKind
from cases.states import DutyKind, DutyState
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import messages_of, open_door, plan_and_send, token_in

pytestmark = pytest.mark.django_db

HIT = "dora.example, on the same address"


@pytest.fixture
def dora(db: None) -> Customer:
    return lives.carla(name="Dora Field", email="dora@customer.example")


@pytest.fixture
def blocked(staff: Staff, now: datetime, dora: Customer) -> Case:
    """Carla's page is blocked in Germany and France; Dora's shop is behind the same address."""
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.received(now, instrument="dsa_order_to_act", asked=(), agency=agency)
    case = lives.notice_pending(case, staff, now)
    new = NewMeasure(MeasureKind.BLOCK, ("DE", "FR"), "Section 130 StGB.", "The court of Cologne.")
    measures.set_measures(case_id=case.pk, new=new, by=staff.analyst, now=now)
    hit = (
        Hit(HIT, dora, is_told=True, reason="Her shop is gone as well."),
        Hit("emil.example", lives.carla(name="Emil Nolde"), is_told=False, reason="He moved away."),
    )
    measures.check_collateral(case_id=case.pk, hit=hit, note="", by=staff.analyst, now=now)
    return lives.answered_now(case, staff, now)


def mail_to(address: str, mailoutbox: Sequence[EmailMultiAlternatives]) -> str:
    """Return the last mail to somebody, text and HTML."""
    found = [mail for mail in mailoutbox if mail.to == [address]][-1]
    return " ".join(f"{found.subject} {found.body} {found.alternatives[0][0]!r}".split())


def test_who_is_hit_hears_what_of_theirs_is_hit_where_and_by_whose_order(
    blocked: Case, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives]
) -> None:
    plan_and_send(now)
    text = mail_to("dora@customer.example", mailoutbox)
    assert HIT in text
    assert "access to it is blocked (Germany, France)" in text
    assert "You are not the one it is directed at." in text
    assert blocked.agency.name in text
    assert blocked.duties.get(kind=DutyKind.AFFECTED).state == DutyState.DELIVERED


def test_who_is_hit_hears_nothing_of_the_target_of_its_customer_or_of_others(
    blocked: Case, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives]
) -> None:
    plan_and_send(now)
    text = mail_to("dora@customer.example", mailoutbox)
    target = blocked.targets.get()
    assert target.customer
    for word in (target.value, target.customer.email, "Carla", "emil.example", "Emil", "Section 130", "/notice/"):
        assert word not in text


def test_who_is_hit_and_not_to_be_told_is_not(
    blocked: Case, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives]
) -> None:
    plan_and_send(now)
    assert {message.template for message in messages_of(blocked)} == {"order_against_content", "affected"}
    assert len(mailoutbox) == 2


def test_the_target_s_customer_hears_nothing_of_who_else_is_hit(
    blocked: Case, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives]
) -> None:
    plan_and_send(now)
    customer = blocked.targets.get().customer
    assert customer
    text = mail_to(customer.email, mailoutbox)
    assert "Section 130 StGB." in text
    assert "dora" not in text.lower()


def test_the_customers_page_says_what_the_mail_says(
    blocked: Case, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives], client: Client
) -> None:
    plan_and_send(now)
    customer = blocked.targets.get().customer
    assert customer
    token = token_in(mail_to(customer.email, mailoutbox))
    open_door(client, f"/notice/{token}/")
    page = client.get(f"/notice/{token}/").content.decode()
    for words in ("access to it is blocked (Germany, France)", "Section 130 StGB.", "The court of Cologne."):
        assert words in page


def test_both_hear_when_it_is_undone(
    blocked: Case, staff: Staff, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives]
) -> None:
    plan_and_send(now)
    later = now + timedelta(days=3)
    proposal = reversal.propose_reversal(
        case_id=blocked.pk, cause="court", reason="VG Köln, 6 L 1/26.", by=staff.ines, now=later
    )
    lives.approved(proposal, staff, later)
    plan_and_send(later)
    customer = blocked.targets.get().customer
    assert customer
    assert "What the order had demanded has no effect any more." in mail_to(customer.email, mailoutbox)
    assert "This has no effect any more." in mail_to("dora@customer.example", mailoutbox)
