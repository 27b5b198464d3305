"""Carla's page is blocked by a court: she is told, so is Dora whose shop it hits, and both when it is undone."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page

from accounts.models import User
from cases.actions import measures
from cases.actions.measures import Hit, NewMeasure
from cases.models import Case, Customer, MeasureKind
from cases.states import CaseState
from tests import lives
from tests.fixtures.mail import Sink
from tests.journeys.sending import Paper, send
from tests.journeys.test_told_first import enter, link_in, look_at_first_contact, state, verify
from tests.journeys.walking import Clock, Walker, set_all
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

Walk = Callable[[User], Walker]

ORDER = Paper(
    "dsa_order_to_act",
    "carla.example",
    kind="domain",
    agency="Administrative Court of Cologne",
    country="DE",
    agency_kind="court",
    officer="Judge Brandt",
    email="brandt@court.example",
)
REASONS = "The page incites to hatred: section 130 of the Criminal Code."
REDRESS = "An action before the administrative court of Cologne, within a month."


def test_whoever_an_order_hits_is_told_in_the_moment_of_its_effect(
    page: Page, walker: Walk, clock: Clock, staff: Staff, smtp_sink: Sink
) -> None:
    carla, dora = lives.carla(), lives.carla(name="Dora Field")
    send(page, ORDER)
    case = Case.objects.get()
    ana, ines, paul = walker(staff.analyst), walker(staff.ines), walker(staff.paul)
    _ready(case, carla, ana, ines)

    ana.act(case, "set-measures", _blocked_in_germany)
    ines.open(case)
    assert ines.said("Look first for who else is hit")
    ana.act(case, "check-collateral", lambda form: _hits(form, dora))
    assert ana.said("Also hit: dora.example")
    ines.act(case, "answer", _effect)
    clock.forward(minutes=5)
    assert smtp_sink.letters == [], "the notice is due with the effect, not before"
    paul.decide(case, "approve", "Nothing further is hit.")
    ines.decide(case, "release")
    assert state(case) == CaseState.ANSWERED
    ines.open(case)
    assert ines.said("Has effect")

    clock.forward(minutes=5)
    told = {letter.recipients[0]: number for number, letter in enumerate(smtp_sink.letters)}
    assert set(told) == {carla.email, dora.email}
    notice = smtp_sink.text(told[carla.email])
    for words in ("Administrative Court of Cologne", REASONS, REDRESS, "(Germany)"):
        assert words in notice
    beside = smtp_sink.text(told[dora.email])
    assert "dora.example" in beside
    assert "carla.example" not in beside


def test_who_was_told_of_the_effect_is_told_when_two_counsel_undo_it(
    page: Page, walker: Walk, clock: Clock, staff: Staff, smtp_sink: Sink
) -> None:
    carla, dora = lives.carla(), lives.carla(name="Dora Field")
    case = _blocked(carla, dora, staff, clock.at)
    clock.forward(minutes=5)
    assert len(smtp_sink.letters) == 2

    clock.forward(days=2)
    ines, paul = walker(staff.ines), walker(staff.paul)
    ines.act(case, "reverse-measures", _lifted)
    assert not case.measures.filter(reversed_at__isnull=False).exists(), "one counsel undoes nothing"
    paul.decide(case, "approve", "I read the decision.")
    paul.open(case)
    assert paul.said("Undone")
    clock.forward(minutes=5)
    assert [letter.recipients for letter in smtp_sink.letters[2:]] == [[carla.email], [dora.email]]
    assert "What the order had demanded has no effect any more" in smtp_sink.text(2)
    assert "This has no effect any more" in smtp_sink.text(3)
    enter(page, smtp_sink, link_in(smtp_sink, 2))
    page.get_by_text("no effect any more").first.wait_for()


def _blocked(carla: Customer, dora: Customer, staff: Staff, now: datetime) -> Case:
    """Return a case whose order has effect since a moment ago, on Carla's account and on Dora's shop beside it."""
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.received(now, customers=[carla], instrument="dsa_order_to_act", asked=(), agency=agency)
    case = lives.notice_pending(case, staff, now)
    new = NewMeasure(MeasureKind.BLOCK, ("DE",), REASONS, REDRESS)
    measures.set_measures(case_id=case.pk, new=new, by=staff.analyst, now=now)
    hit = Hit("dora.example", dora, is_told=True, reason="The same address.")
    measures.check_collateral(case_id=case.pk, hit=[hit], note="All names.", by=staff.analyst, now=now)
    return lives.answered_now(case, staff, now)


def _ready(case: Case, carla: Customer, ana: Walker, ines: Walker) -> None:
    """The court is verified, the target is Carla's, counsel has read the order, and no law is against it."""
    verify(ana, case)
    look_at_first_contact(ana, case)
    ana.act(case, "match-customer", lambda form: form.fill("[name=identifier]", carla.identifier))
    ana.act(case, "begin-review")
    ines.act(case, "checklist", lambda form: set_all(form, "yes"))
    ines.act(case, "pass-review")
    ines.act(case, "assess", _no_conflict)
    ines.act(case, "clear-conflict")


def _no_conflict(form: Page) -> None:
    form.select_option("[name=outcome]", "no_conflict")
    form.check("[name=rests_on][value=establishment]")
    form.fill("[name=reason]", "No law of her country is against it.")


def _blocked_in_germany(form: Page) -> None:
    form.select_option("[name=kind]", "block")
    form.fill("[name=territories]", "de")
    form.fill("[name=reasons]", REASONS)
    form.fill("[name=redress]", REDRESS)


def _hits(form: Page, dora: Customer) -> None:
    form.fill("[name=what_1]", "dora.example")
    form.fill("[name=customer_1]", dora.identifier)
    form.select_option("[name=told_1]", "yes")
    form.fill("[name=reason_1]", "The same address: gone for whoever is in Germany.")
    form.fill("[name=note]", "All names behind the address.")


def _effect(form: Page) -> None:
    form.select_option("[name=overall]", "effect_given")
    form.fill("[name=reason]", "As ordered, and no further.")


def _lifted(form: Page) -> None:
    form.select_option("[name=cause]", "court")
    form.fill("[name=reason]", "Cologne, 6 L 1/26: lifted on appeal.")
