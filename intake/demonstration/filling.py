"""Filling an empty database: all of it or nothing, the same each time."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from cases.models import Case, Customer
from intake.demonstration import house
from intake.demonstration.casting import cast
from intake.demonstration.house import House
from intake.demonstration.openers import OPENERS
from intake.demonstration.performing import perform
from intake.demonstration.recording import recorder
from intake.demonstration.replaying import replaying
from intake.demonstration.sequences import restart_sequences
from intake.demonstration.shapes import shape

BY_THE_REAL_ACTIONS = 300  # so many cases; of more, all but the first are copies of recorded lives
SHAPES = 300  # different lives; further ones are like one of these, those of the openers excepted

Progress = Callable[[int], object]  # called with how many cases were made since the last call


class NotEmpty(Exception):
    """There are cases already: a demonstration would stand among real ones."""


def fill(
    cases: int, seed: str, present: datetime, progress: Progress = lambda _made: None, *, shapes: int = SHAPES
) -> None:
    """Fill the database with so many cases, led to `present`. Raises NotEmpty, replaying.OwnerNeeded."""
    with transaction.atomic():
        _refuse_unless_empty()
        restart_sequences()
        everybody = house.build(seed, cases, present)
        first = cases if cases <= BY_THE_REAL_ACTIONS else len(OPENERS)
        taken: set[str] = set()
        perform_all(range(first), everybody, present, taken, progress, shapes)
        if first < cases:
            replay_all(range(first, cases), everybody, present, taken, progress, shapes)


def perform_all(
    numbers: range, everybody: House, present: datetime, taken: set[str], progress: Progress, shapes: int
) -> None:
    """Lead these lives by the real actions."""
    for number in numbers:
        life = shape(everybody.seed, shape_number(number, everybody.seed, shapes), present)
        casting = cast(number, life, everybody, taken)
        perform(life, casting, everybody, present, with_paper=number < len(OPENERS))
        progress(1)


def replay_all(
    numbers: range, everybody: House, present: datetime, taken: set[str], progress: Progress, shapes: int
) -> None:
    """Record every shape that these lives can have, and write the lives as copies: the same rows."""
    recordings = {}
    last = min(shapes, numbers.stop)
    with recorder(everybody, present) as record:
        for number in range(min(len(OPENERS), last), last):
            life = shape(everybody.seed, number, present)
            recordings[number] = (life, record(life))
    with replaying() as replay:
        for number in numbers:
            life, recording = recordings[shape_number(number, everybody.seed, shapes)]
            replay.add(recording, cast(number, life, everybody, taken), life.received_at)
            progress(1)


def shape_number(number: int, seed: str, shapes: int) -> int:
    """Return which shape a life has: each of the first its own, a further one that of any drawn by the weights."""
    if number < shapes:
        return number
    return Random(f"{seed}/which/{number}").randrange(len(OPENERS), shapes)  # noqa: S311


def _refuse_unless_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE cases_case IN SHARE ROW EXCLUSIVE MODE")  # nobody adds one meanwhile
    if Case.objects.exists() or Customer.objects.exists():
        raise NotEmpty(_("This database holds cases or customers: demonstration data goes into an empty one only."))


def tidy() -> None:
    """Let the database count what has come in, so that it plans well from the first page on. Outside a transaction."""
    with connection.cursor() as cursor:
        for app in ("cases", "ledger"):
            for model in apps.get_app_config(app).get_models():
                cursor.execute(f"VACUUM ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
