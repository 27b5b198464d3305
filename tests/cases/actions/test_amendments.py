"""What is asked changes: review, approvals and notices follow."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

import pytest

from cases.actions import amendments, letters
from cases.actions.amendments import StillOwed
from cases.actions.changing import ChangedMeanwhile, Refused
from cases.actions.opening import NewTarget, TargetNamedTwice
from cases.models import Case, Letter, LetterKind
from cases.states import CaseState, Category, ClockState, DutyState, TargetKind
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=20)
SUBSCRIBER, IDENTIFICATION = Category.SUBSCRIBER, Category.IDENTIFICATION


def amend(
    case: Case,
    staff: Staff,
    now: datetime,
    *,
    asked: Sequence[Category] = (SUBSCRIBER,),
    add: Sequence[NewTarget] = (),
    drop: Collection[int] = (),
) -> Case:
    amendments.amend(
        case_id=case.pk,
        asked=asked,
        add=add,
        drop=drop,
        reason="Detective Osei sent an amended subpoena.",
        by=staff.ines,
        now=now,
    )
    return lives.again(case)


def test_a_customer_told_of_less_is_told_again_before_more_leaves(staff: Staff, now: datetime) -> None:
    case = lives.reopened(lives.answered(lives.received(now), staff, now), staff, now + LATER)
    first = case.duties.get(kind="request")
    case = amend(case, staff, now + LATER, asked=[SUBSCRIBER, IDENTIFICATION])
    lives.pass_review(case, staff, now + LATER)
    second = case.targets.get().duty
    assert second
    assert second != first
    assert second.state == DutyState.PENDING


def test_a_customer_told_of_as_much_is_not_told_again(staff: Staff, now: datetime) -> None:
    case = lives.reopened(lives.answered(lives.received(now), staff, now), staff, now + LATER)
    case = amend(case, staff, now + LATER)
    lives.pass_review(case, staff, now + LATER)
    assert case.duties.filter(kind="request").count() == 1


def test_an_added_target_is_reviewed_and_its_customer_told(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    carlo = lives.carla(name="Carlo")
    case = amend(case, staff, now, add=[NewTarget(TargetKind.ACCOUNT, carlo.identifier)])
    lives.pass_review(case, staff, now)
    assert case.duties.filter(customer=carlo).exists()
    assert lives.again(case).target_count == 2


def test_a_target_dropped_before_anything_was_owed_is_gone(staff: Staff, now: datetime) -> None:
    case = lives.received(now, customers=[lives.carla(), lives.carla()])
    dropped = case.targets.first()
    assert dropped
    assert amend(case, staff, now, drop=[dropped.pk]).target_count == 1


def test_the_last_target_is_not_dropped(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(Refused, match="at least one"):
        amend(case, staff, now, drop=[case.targets.get().pk])


def test_a_target_whose_customer_is_owed_a_notice_is_not_dropped(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now, customers=[lives.carla(), lives.carla()]), staff, now)
    case = lives.reopened(lives.rejected(case, staff, now), staff, now)
    dropped = case.targets.first()
    assert dropped
    with pytest.raises(StillOwed):
        amend(case, staff, now, drop=[dropped.pk])


def test_a_target_is_not_added_twice(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(TargetNamedTwice):
        amend(case, staff, now, add=[NewTarget(TargetKind.ACCOUNT, case.targets.get().value)])


def test_a_request_that_passed_review_is_not_amended_behind_its_back(staff: Staff, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    with pytest.raises(ChangedMeanwhile):
        amend(case, staff, now)
    assert lives.again(case).state == CaseState.CONFLICT_CHECK


def test_an_extension_moves_the_return_date_and_answers_our_letter(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now, return_date=date(2026, 12, 4)), staff, now)
    letter = Letter.objects.get(case=case, kind=LetterKind.EXTENSION)
    letters.record_letter_sent(letter_id=letter.pk, how="by mail", by=staff.analyst, now=now)
    window_ends_at = case.duties.get().window_ends_at
    amendments.change_return_date(case_id=case.pk, return_date=date(2026, 12, 18), by=staff.analyst, now=now)
    letter.refresh_from_db()
    assert letter.state == "answered"
    assert lives.again(case).queue_at == datetime.fromisoformat("2026-12-19T00:00:00-08:00")
    assert case.clocks.filter(rule="return_date", state=ClockState.VOID).count() == 1
    assert case.duties.get().window_ends_at == window_ends_at


def test_a_return_date_lies_after_the_receipt(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(Refused, match="after the receipt"):
        amendments.change_return_date(case_id=case.pk, return_date=date(2020, 1, 1), by=staff.ines, now=now)
