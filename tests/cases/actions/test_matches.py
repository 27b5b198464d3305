"""What the directory said, taken into the case; what it was unsure of, left for a person to see."""

from datetime import datetime

import pytest

from accounts.models import User
from cases.actions.duties import record_delivery
from cases.actions.matches import Found, ask_again, record_matches
from cases.models import Case, Target
from cases.queries import needs
from cases.states import CaseState, DutyState, TargetMatch
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def of_nobody(now: datetime, number: int = 1) -> tuple[Case, list[Target]]:
    case = lives.received(now, customers=[lives.carla() for _ in range(number)])
    case.targets.update(customer=None)
    return case, list(case.targets.all())


def test_a_customer_who_was_found_has_the_target_and_nobody_need_look(now: datetime, ines: User) -> None:
    case, (target,) = of_nobody(now)
    carla = lives.carla()
    record_matches(case_id=case.pk, found=[Found(target.pk, TargetMatch.FOUND, carla.pk)], now=now)
    target = case.targets.get()
    assert (target.customer, target.match, target.match_at) == (carla, TargetMatch.FOUND, now)
    assert lives.again(case).tally["unmatched"] == 0
    assert not needs.waiting(ines, now=now)["nobodys"].exists()


@pytest.mark.parametrize("match", [TargetMatch.NOT_FOUND, TargetMatch.SEVERAL, TargetMatch.FAILED])
def test_what_the_directory_was_unsure_of_waits_for_a_person(now: datetime, ines: User, match: TargetMatch) -> None:
    case, (target,) = of_nobody(now)
    record_matches(case_id=case.pk, found=[Found(target.pk, match)], now=now)
    assert needs.cases(ines, "nobodys", now=now) == {case.pk}
    entry = LedgerEntry.objects.filter(stream=case.stream).order_by("seq").last()
    assert entry
    assert entry.payload[match] == 1


def test_a_customer_found_late_is_owed_what_was_owed_to_nobody(staff: Staff, now: datetime) -> None:
    case, (target,) = of_nobody(now)
    case = lives.notice_pending(case, staff, now)
    carla = lives.carla()
    record_matches(case_id=case.pk, found=[Found(target.pk, TargetMatch.FOUND, carla.pk)], now=now)
    assert case.duties.get(customer=carla).due_at == now
    assert case.duties.get(customer=None).state == DutyState.NOT_OWED


def test_what_a_person_said_meanwhile_stands(now: datetime) -> None:
    case, (target,) = of_nobody(now)
    case.targets.update(customer=lives.carla())
    record_matches(case_id=case.pk, found=[Found(target.pk, TargetMatch.FOUND, lives.carla().pk)], now=now)
    kept = case.targets.get()
    assert (kept.customer, kept.match) != (None, TargetMatch.FOUND)
    assert kept.match == TargetMatch.NOT_ASKED


def test_a_target_of_which_somebody_was_told_keeps_what_it_has(staff: Staff, now: datetime) -> None:
    case, (target,) = of_nobody(now)
    case = lives.notice_pending(case, staff, now)
    record_delivery(duty_id=case.duties.get().pk, at=now, now=now)
    record_matches(case_id=case.pk, found=[Found(target.pk, TargetMatch.FOUND, lives.carla().pk)], now=now)
    assert case.targets.get().customer is None


def test_a_case_that_has_ended_is_left_alone(staff: Staff, now: datetime) -> None:
    case, (target,) = of_nobody(now)
    case = lives.withdrawn(lives.verified(case, staff, now), staff, now)
    assert case.state == CaseState.WITHDRAWN
    record_matches(case_id=case.pk, found=[Found(target.pk, TargetMatch.NOT_FOUND)], now=now)
    assert case.targets.get().match == TargetMatch.NOT_ASKED


def test_only_those_of_whom_nobody_was_found_are_looked_up_again(now: datetime) -> None:
    case, (one, two) = of_nobody(now, 2)
    found = [Found(one.pk, TargetMatch.NOT_FOUND), Found(two.pk, TargetMatch.SEVERAL)]
    record_matches(case_id=case.pk, found=found, now=now)
    assert ask_again() == 1
    assert [target.match for target in case.targets.all()] == [TargetMatch.NOT_ASKED, TargetMatch.SEVERAL]
