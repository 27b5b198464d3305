"""Whose the targets are, found late or found wrong."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import withholding
from cases.actions.clockwork import run_clocks
from cases.actions.customers import ToldAlready, match_customer
from cases.actions.duties import record_delivery, record_uncertain
from cases.models import Case
from cases.states import ApprovalState, CaseState, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def match(case: Case, staff: Staff, now: datetime, **customer: object) -> None:
    targets = list(case.targets.values_list("pk", flat=True))
    match_customer(case_id=case.pk, target_ids=targets, customer=lives.carla(**customer), by=staff.analyst, now=now)


def of_nobody(staff: Staff, now: datetime) -> Case:
    """Return a case whose only target belongs to nobody known."""
    case = lives.received(now)
    case.targets.update(customer=None)
    return case


def test_a_customer_found_after_the_case_had_settled_is_told_before_anything_leaves(
    staff: Staff, now: datetime
) -> None:
    case = lives.notice_pending(of_nobody(staff, now), staff, now)
    proposal = withholding.propose_withholding(
        duty_id=case.duties.get().pk,
        basis_code="no_contact",
        review_date=date(2027, 2, 1),
        reason="Nobody knows whose it is.",
        by=staff.ines,
        now=now,
    )
    lives.approved(proposal, staff, now)
    answer = lives.approved(lives.answer_proposed(lives.again(case), staff, now), staff, now)
    match(case, staff, now)
    answer.refresh_from_db()
    assert lives.again(case).state == CaseState.NOTICE_PENDING
    assert answer.state == ApprovalState.VOID
    assert case.duties.get(customer__isnull=False).due_at == now


def test_a_wrong_customer_is_put_right_before_anyone_is_told(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    wrong = case.duties.get()
    match(case, staff, now, name="Carlo")
    right = case.duties.exclude(pk=wrong.pk).get()
    assert case.targets.get().duty == right
    assert right.customer
    assert right.customer.name == "Carlo"
    wrong.refresh_from_db()
    assert (wrong.state, wrong.basis) == (DutyState.NOT_OWED, "matched")
    entry = LedgerEntry.objects.filter(stream=case.stream, payload__duty=wrong.pk).order_by("seq").last()
    assert entry
    assert entry.payload["state"] == "not_owed"


@pytest.mark.parametrize("certain", [pytest.param(True, id="told"), pytest.param(False, id="perhaps told")])
def test_what_a_customer_was_told_is_theirs_stays_theirs(staff: Staff, now: datetime, certain: bool) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    if certain:
        record_delivery(duty_id=case.duties.get().pk, at=now, now=now)
    else:
        record_uncertain(duty_id=case.duties.get().pk, now=now)
    with pytest.raises(ToldAlready):
        match(case, staff, now)


def test_a_customer_found_during_silence_is_told_when_it_ends(staff: Staff, now: datetime) -> None:
    case = of_nobody(staff, now)
    lives.withheld(case, staff, now, last_day=date(2026, 12, 3))
    match(case, staff, now)
    duty = case.duties.get(customer__isnull=False)
    assert duty.state == DutyState.WITHHELD
    later = now + timedelta(days=5)
    run_clocks(now=later)
    duty.refresh_from_db()
    assert (duty.state, duty.due_at) == (DutyState.PENDING, later)
