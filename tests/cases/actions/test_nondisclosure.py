"""Silence: what an order holds back, and what had left before."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import nondisclosure, withholding
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery, record_uncertain
from cases.actions.nondisclosure import ExtensionRefused, NewOrder, NotAnOrder
from cases.models import Case, Customer, NondisclosureOrder, Target
from cases.silence import why_silent
from cases.states import CaseState, DutyKind, DutyState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def test_a_sentence_that_asks_us_not_to_tell_is_no_order(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    new = NewOrder(basis="bare_request", provision="please", first_day=now.date(), zone="UTC")
    with pytest.raises(NotAnOrder):
        nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)
    assert not NondisclosureOrder.objects.exists()


def test_an_order_holds_a_notice_that_is_due(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    lives.brandts_order(case, staff, now)
    duty = case.duties.get()
    assert (duty.state, duty.basis) == (DutyState.WITHHELD, "us_2705b")
    assert "2705(b)" in (why_silent(lives.again(case), duty, now) or "")


def test_who_records_an_order_is_told_who_knows_already(staff: Staff, now: datetime) -> None:
    told, uncertain, untold = lives.carla(), lives.carla(), lives.carla()
    case = lives.notice_pending(lives.received(now, customers=[told, uncertain, untold]), staff, now)
    record_delivery(duty_id=case.duties.get(customer=told).pk, at=now, now=now)
    record_uncertain(duty_id=case.duties.get(customer=uncertain).pk, now=now)
    new = NewOrder(basis="us_2705b", provision="18 USC 2705(b)", first_day=now.date(), zone="UTC", is_indefinite=True)
    recorded = nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)
    assert {duty.customer for duty in recorded.told_before} == {told, uncertain}


def test_an_order_that_names_a_target_leaves_the_others_to_be_told(staff: Staff, now: datetime) -> None:
    gagged, free = lives.carla(), lives.carla()
    case = lives.notice_pending(lives.received(now, customers=[gagged, free]), staff, now)
    new = NewOrder(
        basis="us_2705b",
        provision="18 USC 2705(b)",
        first_day=now.date(),
        zone="UTC",
        target_ids=(case.targets.get(customer=gagged).pk,),
    )
    nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)
    assert case.duties.get(customer=gagged).state == DutyState.WITHHELD
    assert case.duties.get(customer=free).state == DutyState.PENDING


@pytest.mark.parametrize(
    ("moment", "silent"),
    [
        pytest.param("2026-12-03T23:59:59-08:00", True, id="the last second of the last day in the court's zone"),
        pytest.param("2026-12-04T00:00:00-08:00", False, id="the day after has begun there"),
        pytest.param("2026-12-04T03:00:00+00:00", True, id="the day after has begun in London only"),
    ],
)
def test_an_order_binds_through_its_whole_last_day_in_the_courts_zone(
    staff: Staff, now: datetime, moment: str, silent: bool
) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))
    at = datetime.fromisoformat(moment)
    run_clocks(now=at)
    assert (case.duties.get().state == DutyState.WITHHELD) == silent


def test_a_delayed_notice_falls_due_though_the_scheduler_slept_for_a_month(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))
    run_clocks(now=now + timedelta(days=40))
    run_clocks(now=now + timedelta(days=41))
    duty = case.duties.get()
    assert (duty.state, duty.due_at) == (DutyState.PENDING, now + timedelta(days=40))


def test_an_order_that_follows_another_takes_over(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))
    second = lives.brandts_order(lives.again(case), staff, now, last_day=date(2026, 12, 20))
    run_clocks(now=now + timedelta(days=6))
    duty = case.duties.get()
    assert (duty.state, duty.order) == (DutyState.WITHHELD, second)


def test_an_extension_after_the_customer_was_told_is_on_record_and_holds_nothing(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))
    later = now + timedelta(days=6)
    run_clocks(now=later)
    record_delivery(duty_id=case.duties.get().pk, at=later, now=later)
    order = case.orders.get()
    case.duties.update(order=order)
    with pytest.raises(ExtensionRefused, match="on record"):
        nondisclosure.extend_order(
            order_id=order.pk, new_last_day=date(2027, 1, 1), decided_on=later.date(), by=staff.analyst, now=later
        )
    assert case.orders.get().last_day == date(2026, 12, 3)


def test_lifting_an_order_makes_the_notice_due(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now)
    nondisclosure.lift_order(
        order_id=case.orders.get().pk, reason="Judge Brandt lifted it.", by=staff.ines, now=now + timedelta(hours=1)
    )
    run_clocks(now=now + timedelta(hours=2))
    assert case.duties.get().state == DutyState.PENDING
    assert lives.again(case).state == CaseState.NOTICE_PENDING


def test_what_arrived_and_was_not_looked_at_holds_the_notices(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    nondisclosure.hold_notices(case_id=case.pk, source="submission:1", because="reference", now=now)
    nondisclosure.hold_notices(case_id=case.pk, source="submission:1", because="reference", now=now)
    duty = case.duties.get()
    assert "nobody has looked" in (why_silent(lives.again(case), duty, now) or "")
    hold = case.incoming_holds.get()
    nondisclosure.look_at_hold(hold_id=hold.pk, by=staff.analyst, now=now)
    assert why_silent(lives.again(case), duty, now) is None
    with pytest.raises(Refused):
        nondisclosure.look_at_hold(hold_id=hold.pk, by=staff.analyst, now=now)


@pytest.mark.parametrize("instrument", ["us_pen_register", "us_wiretap"])
def test_silence_that_an_instrument_brings_by_law_is_presumed_from_receipt(now: datetime, instrument: str) -> None:
    case = lives.received(now, instrument=instrument, asked=["traffic"])
    assert case.orders.get().in_force(now)


def test_the_customer_of_an_epoc_is_owed_nothing_by_us(staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.notice_pending(lives.received(now, instrument="eu_epoc", agency=agency), staff, now)
    duty = case.duties.get()
    assert duty.state == DutyState.NOT_OWED
    assert case.state == CaseState.NOTICE_WITHHELD
    assert "never" in (why_silent(case, duty, now) or "")


def naming(case: Case, staff: Staff, now: datetime, *customers: Customer, last_day: date | None = None) -> None:
    """Record an order of Judge Brandt's that names the targets of these customers alone."""
    new = NewOrder(
        basis="us_2705b",
        provision="18 USC 2705(b)",
        first_day=now.date(),
        zone="UTC",
        last_day=last_day,
        target_ids=tuple(case.targets.filter(customer__in=customers).values_list("pk", flat=True)),
    )
    nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)


def test_an_order_names_targets_of_its_own_case_only(staff: Staff, now: datetime) -> None:
    elsewhere = lives.received(now).targets.get()
    case = lives.received(now)
    new = NewOrder(
        basis="us_2705b", provision="18 USC 2705(b)", first_day=now.date(), zone="UTC", target_ids=(elsewhere.pk,)
    )
    with pytest.raises(Refused, match="not one of this case"):
        nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)


def test_each_duty_rests_on_the_order_that_names_its_customer(staff: Staff, now: datetime) -> None:
    carla, carlo = lives.carla(), lives.carla(name="Carlo")
    case = lives.received(now, customers=[carla, carlo])
    naming(case, staff, now, carla)
    naming(case, staff, now, carlo, last_day=date(2026, 12, 3))
    lives.in_conflict_check(case, staff, now)
    assert case.duties.get(customer=carlo).order == case.orders.get(last_day=date(2026, 12, 3))
    run_clocks(now=now + timedelta(days=5))
    assert case.duties.get(customer=carlo).state == DutyState.PENDING
    assert case.duties.get(customer=carla).state == DutyState.WITHHELD


def test_an_order_that_names_one_target_of_a_customer_holds_their_other_ones_too(staff: Staff, now: datetime) -> None:
    carla = lives.carla()
    case = lives.received(now, customers=[carla])
    Target.objects.create(case=case, kind="domain", value="carla.example", customer=carla, asked=case.asked)
    named = case.targets.get(kind="account")
    new = NewOrder(
        basis="us_2705b", provision="18 USC 2705(b)", first_day=now.date(), zone="UTC", target_ids=(named.pk,)
    )
    nondisclosure.record_order(case_id=case.pk, new=new, by=staff.analyst, now=now)
    lives.in_conflict_check(case, staff, now)
    assert {duty.state for duty in case.duties.all()} == {DutyState.WITHHELD}


def test_an_outcome_is_withheld_where_the_order_names_a_target_of_its_customer(staff: Staff, now: datetime) -> None:
    carla, carlo = lives.carla(), lives.carla(name="Carlo")
    case = lives.notified(lives.received(now, customers=[carla, carlo]), staff, now)
    naming(case, staff, now, carla)
    lives.rejected(case, staff, now)
    outcomes = case.duties.filter(kind=DutyKind.OUTCOME)
    assert outcomes.get(customer=carla).state == DutyState.WITHHELD
    assert outcomes.get(customer=carlo).state == DutyState.PENDING


def test_an_order_without_end_has_none_to_extend(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now)
    with pytest.raises(ExtensionRefused, match="no end"):
        nondisclosure.extend_order(
            order_id=case.orders.get().pk,
            new_last_day=date(2026, 12, 3),
            decided_on=now.date(),
            by=staff.analyst,
            now=now,
        )


def test_an_order_that_was_lifted_is_not_extended(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now), staff, now, last_day=date(2026, 12, 3))
    order = case.orders.get()
    nondisclosure.lift_order(order_id=order.pk, reason="Judge Brandt lifted it.", by=staff.ines, now=now)
    with pytest.raises(ExtensionRefused, match="lifted"):
        nondisclosure.extend_order(
            order_id=order.pk, new_last_day=date(2027, 1, 1), decided_on=now.date(), by=staff.analyst, now=now
        )


def test_an_attempt_found_without_outcome_after_an_order_came_is_no_secret(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    lives.brandts_order(case, staff, now)
    record_uncertain(duty_id=case.duties.get().pk, now=now)
    duty = case.duties.get()
    assert duty.state == DutyState.WITHHELD
    assert (duty.uncertain_at, duty.told_before) == (now, True)


def test_an_order_does_not_shorten_what_counsel_withheld_on_other_grounds(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    proposal = withholding.propose_withholding(
        duty_id=case.duties.get().pk,
        basis_code="child_safety",
        review_date=date(2027, 2, 1),
        reason="Telling now would endanger the child.",
        by=staff.ines,
        now=now,
    )
    lives.approved(proposal, staff, now)
    lives.brandts_order(case, staff, now, last_day=date(2026, 12, 3))
    run_clocks(now=now + timedelta(days=10))
    assert case.duties.get().state == DutyState.WITHHELD


def test_silence_goes_on_where_an_order_outlives_what_counsel_withheld_on(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    proposal = withholding.propose_withholding(
        duty_id=case.duties.get().pk,
        basis_code="child_safety",
        review_date=date(2026, 12, 3),
        reason="Telling now would endanger the child.",
        by=staff.ines,
        now=now,
    )
    lives.approved(proposal, staff, now)
    order = lives.brandts_order(case, staff, now)
    run_clocks(now=now + timedelta(days=10))
    duty = case.duties.get()
    assert (duty.state, duty.order) == (DutyState.WITHHELD, order)
