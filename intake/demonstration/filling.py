"""Filling an empty database: all of it or nothing, the same each time."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cases.models import Case
from intake.demonstration import house
from intake.demonstration.casting import cast
from intake.demonstration.performing import perform
from intake.demonstration.sequences import restart_sequences
from intake.demonstration.shapes import shape

WITH_PAPERS = 60  # the first cases, whose documents can be opened

Progress = Callable[[int], object]  # called with how many cases were made since the last call


class NotEmpty(Exception):
    """There are cases already: a demonstration would stand among real ones."""


def fill(cases: int, seed: str, present: datetime, progress: Progress = lambda _made: None) -> None:
    """Fill the database with so many cases, by the real actions. Raises NotEmpty."""
    with transaction.atomic():
        _refuse_unless_empty()
        restart_sequences()
        everybody = house.build(seed, cases, present)
        taken: set[str] = set()
        for number in range(cases):
            life = shape(seed, number, present)
            casting = cast(number, life, everybody, taken)
            perform(life, casting, everybody.staff, seed, present, with_paper=number < WITH_PAPERS)
            progress(1)


def _refuse_unless_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE cases_case IN SHARE ROW EXCLUSIVE MODE")  # nobody adds one meanwhile
    if Case.objects.exists():
        raise NotEmpty(_("This database holds cases already: demonstration data goes into an empty one only."))
