"""Somebody is in danger: data leaves before Carla is told, and she is told later. And once, nobody was in danger."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page

from accounts.models import User
from cases.actions import productions
from cases.actions.productions import Row
from cases.models import Case, Customer
from cases.states import ApprovalKind, CaseState, DutyState
from tests import lives
from tests.fixtures.mail import Sink
from tests.journeys.sending import Paper, send
from tests.journeys.walking import PDF, Clock, Walker
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

Walk = Callable[[User], Walker]

IN_THE_PAPER = "+1 503 555 0199"
IN_THE_DIRECTORY = "+1 503 555 0143"


def test_data_leaves_in_an_emergency_and_the_customer_is_told_when_the_delay_is_over(
    page: Page, walker: Walk, clock: Clock, staff: Staff, smtp_sink: Sink
) -> None:
    carla = lives.carla()
    danger = "A child is held in a flat that we cannot find."
    send(
        page,
        Paper("emergency_disclosure", carla.identifier, categories=("subscriber",), phone=IN_THE_PAPER, danger=danger),
    )
    case = Case.objects.get()
    assert not case.is_emergency, "a sender's tick is no emergency"

    ana = walker(staff.analyst)
    ana.open(case)
    assert ana.page.get_by_role("heading", name="Emergency", exact=True).count() == 0
    ana.act(case, "clear-signal", lambda form: form.fill("[name=note]", "The city's directory lists it."), number=1)
    ana.act(case, "set-emergency", lambda form: _danger(form, (clock.at + timedelta(days=4)).date()))
    ana.act(case, "call-back", lambda form: _call_back(form, IN_THE_PAPER, staff.paul))
    assert ana.said("Call a number that the request itself does not give")
    ana.act(case, "call-back", lambda form: _call_back(form, IN_THE_DIRECTORY, staff.paul))
    assert ana.said(f"Called back {IN_THE_DIRECTORY}")

    ines = walker(staff.ines)
    ines.act(case, "authorise")
    told_on = (clock.at + timedelta(days=30)).date()
    ines.act(case, "answer-emergency", lambda form: _answer(form, told_on))
    assert ines.page.locator("button[value=approve]").count() == 0, "who proposes is no second person"
    walker(staff.paul).decide(case, "approve", "The call was mine too.")
    ines.decide(case, "release")
    assert lives.again(case).state == CaseState.ANSWERED

    clock.forward(days=3)
    ana = walker(staff.analyst)
    ana.act(case, "record-paper", _paper, number=1)
    assert ana.said("The follow-up paper is on record")
    assert ana.said("Put off until")
    clock.forward(days=26)
    assert smtp_sink.letters == []
    clock.forward(days=2)
    assert [letter.recipients for letter in smtp_sink.letters] == [[carla.email]]
    assert case.duties.get().state == DutyState.DELIVERED
    body = smtp_sink.text()
    assert "danger of death or serious injury" in body
    assert "Portland Police Bureau" in body


def test_an_emergency_that_was_forged_is_told_as_a_fraud_when_two_counsel_have_voided_its_order(
    page: Page, walker: Walk, clock: Clock, staff: Staff, smtp_sink: Sink
) -> None:
    carla = lives.carla()
    case = _answered_in_an_emergency(carla, staff, clock.at)
    lives.brandts_order(case, staff, clock.at)
    earlier = lives.received(clock.at, agency=case.agency)

    ines = walker(staff.ines)
    ines.act(case, "prove-forgery", lambda form: form.fill("[name=reason]", "The bureau knows of no such case."))
    paul = walker(staff.paul)
    paul.decide(case, "approve", "I called them as well.")
    paul.open(case)
    assert paul.said("Proven to be a fraud")
    assert not paul.said("Record how it was handed over")
    assert not case.letters.filter(state="drafted").exists(), "a forger gets no answer"
    clock.forward(minutes=5)
    assert smtp_sink.letters == [], "one counsel who cries fraud lifts no order"

    ines.open(case)
    breach = ines.page.locator("#h-signs").locator("xpath=ancestor::section")
    assert "72 hours" in breach.inner_text()
    assert "GDPR Art. 33(1)" in breach.inner_text()
    ines.decide(case, "approve", "Forged like the rest.")
    clock.forward(minutes=5)
    assert [letter.recipients for letter in smtp_sink.letters] == [[carla.email]]
    assert "this was a fraud" in smtp_sink.text()

    ines.open(earlier)
    assert ines.said("Another request of this sender was forged")
    ines.open(case)
    assert ines.said(f"Look at this too: {earlier.reference}")
    ines.act(case, "breach-dealt-with", _notified, number=1)
    ines.open(case)
    assert not ines.said("Record the notification of the breach")


def _danger(form: Page, paper_by: date) -> None:
    form.fill("[name=danger]", "A child is held; no judge can be reached tonight.")
    form.fill("[name=data_to_danger]", "The address leads to the child.")
    form.fill("[name=follow_up_paper_date]", paper_by.isoformat())


def _call_back(form: Page, number: str, second: User) -> None:
    form.fill("[name=number_called]", number)
    form.fill("[name=number_source]", "the city's public directory")
    form.fill("[name=evidence]", "The desk sergeant confirmed Detective Osei and the danger.")
    form.select_option("[name=second_verifier]", second.email)


def _answer(form: Page, told_on: date) -> None:
    form.select_option("[name=result-subscriber]", "produced")
    form.set_input_files("[name=uploads]", {"name": "carla.csv", "mimeType": "text/csv", "buffer": b"Carla Moreau"})
    form.fill("[name=delay_until]", told_on.isoformat())
    form.fill("[name=reason]", "The child is in danger now.")


def _paper(form: Page) -> None:
    form.check("[name=came][value=yes]")
    form.set_input_files("[name=document]", {"name": "warrant.pdf", "mimeType": "application/pdf", "buffer": PDF})
    form.fill("[name=note]", "A warrant, by the court's own messenger.")


def _notified(form: Page) -> None:
    form.check("[name=notified][value=yes]")
    form.fill("[name=note]", "The Irish DPC, by its form.")


def _answered_in_an_emergency(carla: Customer, staff: Staff, now: datetime) -> Case:
    """Return a case whose data left in an emergency a moment ago."""
    case = lives.received(now, customers=[carla], instrument="emergency_disclosure")
    lives.state_danger(case, staff, now)
    lives.authorise(lives.called_back(case, staff, now), staff, now)
    proposal = productions.propose_release(
        case_id=case.pk,
        kind=ApprovalKind.ANSWER_EMERGENCY,
        rows=[Row(case.targets.get().pk, "subscriber", "produced")],
        files=(),
        reason="The child is in danger now.",
        by=staff.ines,
        now=now,
        delay_until=(now + timedelta(days=30)).date(),
    )
    productions.release(approval_id=lives.approved(proposal, staff, now).pk, by=staff.ines, now=now)
    return lives.again(case)
