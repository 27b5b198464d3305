"""Counsel goes to court: against a request through two instances; against an order not to tell, with an attorney."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from accounts.models import User
from cases.states import CaseState
from tests import lives
from tests.fixtures.mail import Sink
from tests.journeys.test_told_first import state
from tests.journeys.walking import PDF, Clock, Walker
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

Walk = Callable[[User], Walker]

DAY = timedelta(days=1)


def test_a_challenge_ends_when_every_remedy_is_exhausted(walker: Walk, clock: Clock, staff: Staff) -> None:
    case = lives.notified(lives.received(clock.at), staff, clock.at)
    today = clock.at.date()
    ines = walker(staff.ines)
    ines.act(case, "challenge", lambda form: _challenge(form, today + 14 * DAY))
    walker(staff.paul).decide(case, "approve", "It asks for too much.")
    assert state(case) == CaseState.CHALLENGED
    ines.open(case)
    assert ines.said("not every remedy is exhausted: nothing is filed yet")
    ines.act(case, "record-filing", lambda form: _filing(form, "Motion to quash", today), number=1)
    assert ines.said("Motion to quash (We)")
    ines.act(case, "record-instance", lambda form: _day(form, "hearing_date", today + 7 * DAY), number=1)
    assert ines.said("Hearing")

    today = clock.forward(days=10).date()
    ines = walker(staff.ines)
    ines.act(case, "record-instance", lambda form: _decided(form, today, until=today + 14 * DAY), number=1)
    assert ines.said("an appeal lies until")
    ines.act(case, "resolve-challenge", _upheld, number=1)
    assert ines.said("The time to appeal is not over")
    ines.act(case, "record-appeal", lambda form: _appeal(form, today), number=1)
    assert ines.said("9th Cir. has not decided")

    today = clock.forward(days=20).date()
    ines = walker(staff.ines)
    ines.act(case, "record-instance", lambda form: _decided(form, today), number=1)
    assert ines.said("every remedy is exhausted: 9th Cir. decided last and no appeal lies")
    ines.act(case, "resolve-challenge", _upheld, number=1)
    assert state(case) == CaseState.CUSTOMER_NOTIFIED


def test_an_attorney_is_told_of_the_silence_and_a_court_ends_it(
    walker: Walk, clock: Clock, staff: Staff, smtp_sink: Sink
) -> None:
    carla = lives.carla()
    case = lives.withheld(lives.received(clock.at, customers=[carla]), staff, clock.at)
    today = clock.at.date()
    ines = walker(staff.ines)
    ines.act(case, "brief", lambda form: _told(form, explained=False), number=1)
    assert not case.orders.get().briefings.exists(), "who is told hears that they are bound too"
    ines.act(case, "brief", lambda form: _told(form, explained=True), number=1)
    assert ines.said("Amara Diallo")
    ines.act(case, "challenge-order", lambda form: _against_silence(form, today + 14 * DAY), number=1)
    assert (state(case), smtp_sink.letters) == (CaseState.NOTICE_WITHHELD, [])
    ines.act(case, "record-filing", lambda form: _filing(form, "Motion to lift the order", today), number=1)

    today = clock.forward(days=5).date()
    ines = walker(staff.ines)
    ines.act(case, "record-instance", lambda form: _decided(form, today, result="lifted"), number=1)
    ines.act(case, "resolve-order-challenge", lambda form: form.check("[name=result][value=lifted]"), number=1)
    clock.forward(minutes=5)
    assert [letter.recipients for letter in smtp_sink.letters] == [[carla.email]]
    assert "Amara Diallo" not in smtp_sink.text()


def _challenge(form: Page, last_day: date) -> None:
    form.check("[name=of][value=request]")
    _against_silence(form, last_day)


def _against_silence(form: Page, last_day: date) -> None:
    form.fill("[name=ground]", "It names no danger and has no end.")
    form.select_option("[name=forum]", "court")
    form.fill("[name=forum_name]", "D. Or.")
    _day(form, "last_day", last_day)


def _filing(form: Page, title: str, on: date) -> None:
    form.fill("[name=title]", title)
    form.select_option("[name=party]", "provider")
    _day(form, "filed_date", on)
    _attach(form, "motion.pdf")


def _decided(form: Page, on: date, *, result: str = "upheld", until: date | None = None) -> None:
    _day(form, "decided_date", on)
    form.select_option("[name=result]", result)
    if until:
        _day(form, "appeal_until_date", until)
    _attach(form, "decision.pdf")


def _appeal(form: Page, on: date) -> None:
    form.select_option("[name=party]", "provider")
    _day(form, "appealed_date", on)
    form.fill("[name=forum_name]", "9th Cir.")


def _upheld(form: Page) -> None:
    form.check("[name=result][value=upheld]")


def _told(form: Page, *, explained: bool) -> None:
    form.fill("[name=person]", "Amara Diallo, attorney")
    form.select_option("[name=capacity]", "counsel")
    form.fill("[name=reason]", "She will move to lift the order.")
    form.set_checked("[name=explained]", explained)


def _attach(form: Page, name: str) -> None:
    form.set_input_files("[name=document]", {"name": name, "mimeType": "application/pdf", "buffer": PDF})


def _day(form: Page, name: str, on: date) -> None:
    form.fill(f"[name={name}]", on.isoformat())
