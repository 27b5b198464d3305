"""What tests of the demonstration set up: a small house, and all that is written, to be compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.apps import apps
from django.db import connection, transaction

from intake.demonstration import house
from intake.demonstration.casting import Casting, cast
from intake.demonstration.house import House
from intake.demonstration.sequences import positions, restart_sequences, set_positions
from intake.demonstration.shapes import Shape, shape

SEED = "seed"
# Sealing a key under another one is random by design, and a second file of one name gets another.
RANDOM = {"wrapped_key", "storage_name"}
APPS = ("cases", "intake", "ledger", "vault")


def small_house(now: datetime) -> House:
    """Return a house for a handful of cases."""
    restart_sequences()
    return house.build(SEED, 10, now)


def roles(number: int, everybody: House, present: datetime, taken: set[str], like: int) -> tuple[Shape, Casting]:
    """Return the shape of that number, and the cast of life `like`."""
    found = shape(SEED, number, present)
    return found, cast(like, found, everybody, taken)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is written inside, the counters included."""
    before, point = positions(), transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)
    set_positions(before)


def everything() -> dict[str, str]:
    """Return the rows of every table of ours, as COPY writes them, and where the counters stand."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    found = {"counters": str(positions())}
    for model in models:
        columns = ", ".join(
            connection.ops.quote_name(str(field.column))
            for field in model._meta.concrete_fields
            if field.column not in RANDOM
        )
        query = f"SELECT {columns} FROM {model._meta.db_table} ORDER BY 1, 2"  # noqa: S608 - names of our models
        with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            found[model._meta.db_table] = b"".join(copy).decode()
    return found
