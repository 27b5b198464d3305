"""A recorded life, written for another cast, is what the real actions would have written for it. To the last byte."""

from datetime import datetime

import pytest
from django.db import connection

from cases.models import Case
from intake.demonstration.openers import OPENERS
from intake.demonstration.performing import perform
from intake.demonstration.recording import NotRecordable, recorder
from intake.demonstration.replaying import replaying
from tests.intake.demonstration.stage import everything, roles, small_house, undone

pytestmark = pytest.mark.django_db

PLOTS = ("emergency", "going_on_waits", "order_fought", "reopened", "stranger", "decision_waits", "preserving")
LIVES = [next(number for number, opener in enumerate(OPENERS) if opener.plot == plot) for plot in PLOTS]


def test_copies_are_the_same_rows_as_the_real_actions_write(now: datetime) -> None:
    everybody = small_house(now)
    real: dict[str, str] = {}
    with undone():
        taken: set[str] = set()
        for like, number in enumerate([*LIVES, *LIVES[:2]]):
            shape, casting = roles(number, everybody, now, taken, like)
            perform(shape, casting, everybody, now, with_paper=False)
        real = everything()
    taken = set()
    with recorder(everybody, now) as record:
        recordings = {number: record(roles(number, everybody, now, set(), 0)[0]) for number in LIVES}
    with replaying() as replay:
        for like, number in enumerate([*LIVES, *LIVES[:2]]):
            shape, casting = roles(number, everybody, now, taken, like)
            replay.add(recordings[number], casting, shape.received_at)
    copied = everything()
    assert copied.keys() == real.keys()
    for table, rows in real.items():
        assert copied[table] == rows, table


def test_recording_leaves_nothing_behind(now: datetime) -> None:
    everybody = small_house(now)
    before = everything()
    with recorder(everybody, now) as record:
        record(roles(LIVES[0], everybody, now, set(), 0)[0])
    assert everything() == before


def test_a_life_with_papers_of_its_own_is_not_recorded(now: datetime) -> None:
    """A sealed document cannot be written for another case."""
    everybody = small_house(now)
    quashed = next(number for number, opener in enumerate(OPENERS) if opener.plot == "fought_and_quashed")
    with recorder(everybody, now) as record, pytest.raises(NotRecordable):
        record(roles(quashed, everybody, now, set(), 0)[0])


def test_the_database_guards_cases_again_afterwards(now: datetime) -> None:
    everybody = small_house(now)
    shape, casting = roles(LIVES[0], everybody, now, set(), 0)
    with recorder(everybody, now) as record:
        recording = record(shape)
    with replaying() as replay:
        replay.add(recording, casting, shape.received_at)
    assert Case.objects.get().state != "received"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'cases_%%' AND tgenabled <> 'O'")
        assert cursor.fetchone() == (0,)
