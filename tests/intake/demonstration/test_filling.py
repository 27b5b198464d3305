"""An empty database is filled: all or nothing, the same each time, and never beside real cases."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from cases.models import Agency, Approval, Case, Customer
from cases.states import CaseState
from intake.demonstration.contests import _record as record_filed
from intake.demonstration.filling import NotEmpty, fill, replay_all, shape_number
from intake.demonstration.life import Life
from intake.demonstration.openers import OPENERS
from intake.demonstration.performing import perform
from tests import lives
from tests.intake.demonstration.stage import SEED, everything, roles, small_house, undone
from vault.actions import read

pytestmark = pytest.mark.django_db


def test_the_same_number_seed_and_hour_give_the_same_rows_and_hashes(now: datetime) -> None:
    found = []
    for seed in ("one", "one", "another"):
        with undone():
            fill(3, seed, now)
            found.append(everything())
    assert found[0] == found[1]
    assert found[0]["ledger_head"] != found[2]["ledger_head"]


def test_a_failure_leaves_nothing_half(now: datetime) -> None:
    def stop(_made: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(3, SEED, now, stop)
    assert not Case.objects.exists()
    assert not Agency.objects.exists()


def test_it_goes_into_an_empty_database_only(now: datetime) -> None:
    lives.carla()
    with pytest.raises(NotEmpty):
        fill(3, SEED, now)
    assert Customer.objects.count() == 1


def test_its_documents_can_be_opened(now: datetime) -> None:
    fill(1, SEED, now)
    [document] = Case.objects.get().documents.select_related("document__scope")
    assert b"".join(read(document.document)).startswith(b"%PDF-")


def test_the_desk_is_shown_in_the_middle_of_its_work(now: datetime) -> None:
    """Some openers, each of which stands for a state or for something that waits for a person."""
    everybody, taken = small_house(now), set[str]()
    shown = ("waiting", "reviewed", "asked_now", "challenged_now", "held", "unreachable", "answer_waits")
    for plot in shown:
        number = next(number for number, opener in enumerate(OPENERS) if opener.plot == plot)
        shape, casting = roles(number, everybody, now, taken, number)
        perform(shape, casting, everybody, now, with_paper=False)
    states = Counter(Case.objects.values_list("state", flat=True))
    assert states == {
        CaseState.RECEIVED: 1,
        CaseState.LEGAL_REVIEW: 1,
        CaseState.AWAITING_AGENCY: 1,
        CaseState.CHALLENGED: 1,
        CaseState.CONFLICT_CHECK: 1,
        CaseState.NOTICE_PENDING: 1,
        CaseState.NOTICE_WITHHELD: 1,
    }
    assert Approval.objects.filter(state="proposed").count() == 1


def test_beyond_the_recorded_lives_each_case_is_like_one_of_them() -> None:
    assert shape_number(70, SEED, 80) == 70
    drawn = {shape_number(number, SEED, 80) for number in range(80, 400)}
    assert drawn == set(range(len(OPENERS), 80))


def test_many_cases_are_copies_of_recorded_lives(now: datetime) -> None:
    everybody, first = small_house(now), len(OPENERS)
    with transaction.atomic():
        replay_all(range(first, first + 40), everybody, now, set(), lambda _made: None, first + 2)
    assert Case.objects.count() == 40
    assert Case.objects.values("received_at").distinct().count() == 2
    assert Case.objects.values("reference").distinct().count() == 40


def test_what_is_filed_with_a_court_is_filed_on_a_day_of_the_receiving_office(now: datetime) -> None:
    """What is on record must have happened, and in UTC the next day begins while the office is still at work."""
    everybody = small_house(now)
    number = next(number for number, opener in enumerate(OPENERS) if opener.plot == "challenged_now")
    shape, casting = roles(number, everybody, now, set(), number)
    case = perform(shape, casting, everybody, now, with_paper=False)
    evening = now.astimezone(UTC).replace(hour=3) + timedelta(days=1)
    life = Life(case.pk, shape, everybody.staff, shape.rng(SEED), evening, evening)
    record_filed(life, case.challenges.get(), result="")
    assert set(case.challenges.get().instances.values_list("filed_date", flat=True)) == {now.date()}
