"""Orders not to tell that arrive and end while notices leave, by a process of its own that writes down both.

Run as: python -m tests.storm.courts JOURNAL SEED. Ends when its standard input does, after lifting what it had ordered.
"""

import json
import random
import select
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import django
from django.db import InterfaceError, OperationalError, connection

T = TypeVar("T")

LASTS = (1.0, 6.0)  # seconds
EVERY = 0.15
AHEAD = timedelta(seconds=1)


def main(journal: Path, seed: int) -> None:
    """Order and lift until told to stop."""
    django.setup()
    court = Court(journal, random.Random(seed))  # noqa: S311 - chance, no secret
    while not select.select([sys.stdin], [], [], EVERY)[0]:
        court.lift_due()
        court.order()
    while court.standing or asked(_any_left) is not False:
        court.lift_due(at_once=True)
        asked(_lift_rest)
        time.sleep(EVERY)


def asked(work: Callable[[], T]) -> T | None:
    """Return what the work returns, None where the database was not there for it."""
    try:
        return work()
    except (OperationalError, InterfaceError):
        connection.close()
        return None


class Court:
    """Journal: a line for each order, case and the moments between which nothing may leave."""

    def __init__(self, journal: Path, chance: random.Random) -> None:
        self._journal = journal.open("a", buffering=1)
        self._chance = chance
        self.standing: dict[int, tuple[int, float, float]] = {}  # order → case, in force since, to be lifted at

    def order(self) -> None:
        """Record an order in some case. A database that is down is tried again later, with another case."""
        known = asked(_about_to_be_told) or asked(_all)
        if known:
            case_id = self._chance.choice(known)
            order_id = asked(lambda: _record(case_id))
            if order_id:
                since = time.time()
                self.standing[order_id] = (case_id, since, since + self._chance.uniform(*LASTS))

    def lift_due(self, *, at_once: bool = False) -> None:
        """Lift what has lasted. It binds until just before we ask: what leaves afterwards may have been lifted."""
        for order_id, (case_id, since, until) in list(self.standing.items()):
            if not at_once and time.time() < until:
                continue
            asked_at = time.time()
            if asked(partial(_lift, order_id)):
                self._journal.write(json.dumps([case_id, since, asked_at]) + "\n")
                del self.standing[order_id]


def _about_to_be_told() -> list[int]:
    """Return the cases whose notice leaves any moment: there an order hits hardest."""
    from django.utils import timezone

    from cases.models import NoticeDuty

    soon = NoticeDuty.objects.filter(state="pending", uncertain_at=None, due_at__lte=timezone.now() + AHEAD)
    return list(soon.values_list("case", flat=True))


def _all() -> list[int]:
    from cases.models import Case

    return list(Case.objects.values_list("pk", flat=True))


def _record(case_id: int) -> int:
    from django.utils import timezone

    from accounts.models import User
    from cases.actions.nondisclosure import NewOrder, record_order

    now = timezone.now()
    ana = User.objects.get(email="ana@writdesk.example")
    new = NewOrder(basis="us_2705b", provision="18 USC 2705(b)", first_day=now.date(), zone="UTC", is_indefinite=True)
    return record_order(case_id=case_id, new=new, by=ana, now=now).order.pk


def _any_left() -> bool:
    from cases.models import NondisclosureOrder

    return NondisclosureOrder.objects.filter(lifted_at=None).exists()


def _lift_rest() -> None:
    """Lift the orders whose answer was lost: they bound, and since when nobody knows."""
    from cases.models import NondisclosureOrder

    for order_id in NondisclosureOrder.objects.filter(lifted_at=None).values_list("pk", flat=True):
        _lift(order_id)


def _lift(order_id: int) -> int:
    """Return the order, lifted now or by the time before, whose answer was lost."""
    from django.utils import timezone

    from accounts.models import User
    from cases.actions.nondisclosure import lift_order
    from cases.models import NondisclosureOrder

    if NondisclosureOrder.objects.filter(pk=order_id, lifted_at=None).exists():
        ines = User.objects.get(email="ines@writdesk.example")
        lift_order(order_id=order_id, reason="The court lifted it.", by=ines, now=timezone.now())
    return order_id


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
