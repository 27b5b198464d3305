"""Detective Osei asks, Carla is told, objects and is heard, two counsel agree, and the report counts it."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from accounts.models import User
from cases.models import Case
from cases.states import CaseState
from tests import lives
from tests.fixtures.mail import Sink
from tests.journeys.sending import Paper, send
from tests.journeys.walking import Clock, Walker, set_all
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

Walk = Callable[[User], Walker]


def submit(page: Page, account: str) -> str:
    """Send the public form as Detective Osei does; return the address of the receipt."""
    return send(page, Paper("us_subpoena", account, categories=("subscriber",)))


def verify(ana: Walker, case: Case) -> None:
    ana.open(case)
    ana.page.locator("main a[href*='/agencies/']").first.click()
    ana.page.locator("main a[href*='/agencies/verify/']").first.click()
    ana.page.check("[name=method][value=call_back]")
    ana.page.fill("[name=number_source]", "the city's public directory")
    ana.page.fill("[name=evidence]", "The desk confirmed Detective Osei.")
    ana.press()


def look_at_first_contact(ana: Walker, case: Case) -> None:
    """Nobody here knew the agency: Ana says what she checked."""
    ana.act(case, "clear-signal", lambda page: page.fill("[name=note]", "The city's directory lists it."), number=1)


def review(ines: Walker, case: Case) -> None:
    ines.act(case, "checklist", lambda page: set_all(page, "yes"))
    ines.act(case, "authorise")
    ines.act(case, "pass-review")
    assert state(case) == CaseState.CONFLICT_CHECK, ines.page.locator("main").inner_text()


def clear(ines: Walker, case: Case) -> None:
    def finding(page: Page) -> None:
        page.select_option("[name=outcome]", "no_conflict")
        page.check("[name=rests_on][value=residence]")
        page.fill("[name=reason]", "Customer and authority are in the same country.")

    ines.act(case, "assess", finding)
    ines.act(case, "preserve", lambda page: page.check("[name=confirmed]"))
    ines.act(case, "clear-conflict")


def propose_answer(ines: Walker, case: Case) -> None:
    def results(page: Page) -> None:
        set_all(page, "produced")
        page.fill("[name=reason]", "Complete as authorised.")

    ines.act(case, "answer", results)


def link_in(sink: Sink, number: int = -1) -> str:
    return "/notice/" + sink.text(number).split("/notice/")[1].split()[0]


def enter(page: Page, sink: Sink, link: str) -> None:
    """Open the customer's page as they do: with the code that comes to their own address."""
    page.goto(link)
    with page.expect_navigation():
        page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code of eight digits").fill(" ".join(re.findall(r"\b\d{4}\b", sink.text())[:2]))
    with page.expect_navigation():
        page.get_by_role("button", name="Open your page").click()


def state(case: Case) -> str:
    return str(lives.again(case).state)


def test_a_customer_is_told_objects_is_heard_and_the_answer_is_counted(
    page: Page, walker: Walk, clock: Clock, staff: Staff, smtp_sink: Sink, tmp_path: Path
) -> None:
    carla = lives.carla()
    receipt = submit(page, carla.identifier)
    assert "/receipt/" in receipt
    case = Case.objects.get()

    ana = walker(staff.analyst)
    verify(ana, case)
    look_at_first_contact(ana, case)
    ana.act(case, "begin-review")
    ines = walker(staff.ines)
    review(ines, case)
    clear(ines, case)
    assert state(case) == CaseState.NOTICE_PENDING

    clock.jobs()
    assert [letter.recipients for letter in smtp_sink.letters] == [[carla.email]]
    assert state(case) == CaseState.CUSTOMER_NOTIFIED
    assert not any(word in str(smtp_sink.messages[0]["Subject"]) for word in ("subpoena", "Portland", "police"))

    clock.forward(days=3)
    enter(page, smtp_sink, link_in(smtp_sink))
    page.fill("textarea[name=text]", "This is about my sources.")
    with page.expect_navigation():
        page.get_by_role("button", name="Send my objection").click()

    clock.forward(days=12)
    ines = walker(staff.ines)
    propose_answer(ines, case)
    assert ines.said("objected")
    assert state(case) == CaseState.CUSTOMER_NOTIFIED

    ines.act(case, "decide-objection", lambda p: p.fill("[name=decision]", "The subpoena binds us."), number=1)
    paul = walker(staff.paul)
    paul.decide(case, "approve", "Well reasoned.")
    clock.jobs()
    # The notice, the code for her page, the decision.
    assert [letter.recipients for letter in smtp_sink.letters] == [[carla.email]] * 3

    clock.forward(days=5)
    ines = walker(staff.ines)
    propose_answer(ines, case)
    ines.page.goto("/approvals/")
    assert ines.page.locator("button[value=approve]").count() == 0
    paul = walker(staff.paul)
    paul.decide(case, "approve", "Complete.")
    ines.decide(case, "release")
    assert (state(case), lives.again(case).outcome) == (CaseState.ANSWERED, "answered")

    clock.jobs()
    assert len(smtp_sink.letters) == 4
    ana = walker(staff.analyst)
    ana.act(case, "release-hold", lambda p: p.fill("[name=reason]", "The request is answered."), number=1)
    ana.act(case, "letter-sent", lambda p: p.fill("[name=how]", "the authority's portal"), number=1)
    ana.act(case, "close")
    assert state(case) == CaseState.CLOSED
    page.goto(receipt)
    assert carla.identifier not in page.content()

    clock.forward(days=60)
    call_command("transparency_report", "--period=2026-H2", "--format=json", f"--output={tmp_path}")
    [line] = json.loads((tmp_path / "transparency-report-2026-H2.json").read_text())["lines"]
    assert (line["line"], line["received"], line["answered"], line["accounts_affected"]) == ("us_subpoena", 1, 1, 1)


def test_an_order_not_to_tell_holds_the_notice_until_its_last_day_is_over(
    page: Page, walker: Walk, clock: Clock, staff: Staff, smtp_sink: Sink
) -> None:
    carla = lives.carla()
    submit(page, carla.identifier)
    case = Case.objects.get()
    ana = walker(staff.analyst)
    verify(ana, case)
    last_day = (clock.at + timedelta(days=20)).date()

    def brandts_order(page: Page) -> None:
        page.select_option("[name=basis]", "us_2705b")
        page.fill("[name=provision]", "18 USC 2705(b)")
        page.fill("[name=court]", "D. Or., Judge Brandt")
        page.check("[name=ends][value=day]")
        page.fill("[name=last_day]", last_day.isoformat())

    ana.act(case, "record-order", brandts_order)
    look_at_first_contact(ana, case)
    ana.act(case, "begin-review")
    ines = walker(staff.ines)
    review(ines, case)
    clear(ines, case)
    assert state(case) == CaseState.NOTICE_WITHHELD
    propose_answer(ines, case)
    walker(staff.paul).decide(case, "approve", "In order.")
    ines.decide(case, "release")
    assert state(case) == CaseState.ANSWERED

    clock.forward(days=20)
    assert smtp_sink.letters == []
    clock.forward(days=1)
    clock.jobs()
    assert [letter.recipients for letter in smtp_sink.letters] == [[carla.email]]


def test_an_order_that_ends_between_approval_and_release_stops_the_release_and_the_customer_is_told(
    page: Page, walker: Walk, clock: Clock, staff: Staff, smtp_sink: Sink
) -> None:
    case = lives.withheld(lives.received(clock.at), staff, clock.at, last_day=(clock.at + timedelta(days=2)).date())
    propose_answer(walker(staff.ines), case)
    walker(staff.paul).decide(case, "approve", "In order.")

    clock.forward(days=3)
    ines = walker(staff.ines)
    digest = case.approvals.latest("pk").digest
    ines.page.goto(f"{case.get_absolute_url()}approvals/{digest}/")
    assert ines.page.locator("button[value=release]").count() == 0
    assert len(smtp_sink.letters) == 1
    assert state(case) == CaseState.CUSTOMER_NOTIFIED

    propose_answer(ines, case)
    assert ines.said("may still object")
    clock.forward(days=11)
    propose_answer(walker(staff.ines), case)
    walker(staff.paul).decide(case, "approve", "Now it is in order.")
    walker(staff.ines).decide(case, "release")
    assert state(case) == CaseState.ANSWERED
