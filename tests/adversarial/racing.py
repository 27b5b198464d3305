"""Things done at the same moment, by real threads on real connections: at once, or one exactly behind the other."""

import threading
import time
from collections.abc import Callable, Sequence

from django.db import connection, connections, transaction

from cases.models import Case

Deed = Callable[[], object]
PATIENCE = 20.0


class Thread(threading.Thread):
    """One deed on a connection of its own; keeps what came back or was raised."""

    def __init__(self, deed: Deed, start_line: threading.Barrier | None = None) -> None:
        super().__init__(daemon=True)
        self.deed, self.start_line, self.result, self.error = deed, start_line, None, None

    result: object
    error: Exception | None

    def run(self) -> None:
        try:
            if self.start_line:
                self.start_line.wait(PATIENCE)
            self.result = self.deed()
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()


def at_once(*deeds: Deed) -> list[Exception | None]:
    """Do all at the same moment; return what each raised, in their order."""
    line = threading.Barrier(len(deeds))
    return _finish([Thread(deed, line) for deed in deeds])


def one_behind_the_other(case: Case, *deeds: Deed) -> list[Exception | None]:
    """Let every deed wait for the case's row lock, in this order, then let go; return what each raised.

    What a deed reads before it has the lock it reads before any of the others has done a thing.
    """
    threads = [Thread(deed) for deed in deeds]
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        for number, thread in enumerate(threads, 1):
            thread.start()
            _until_waiting(number)
    return _joined(threads)


def behind(first: Deed, deed: Deed) -> Exception | None:
    """Do the first in a transaction that ends only when the other waits for it; return what the other raised."""
    thread = Thread(deed)
    with transaction.atomic():
        first()
        thread.start()
        _until_waiting(1)
    return _joined([thread])[0]


def while_it_waits(case: Case, deed: Deed, meanwhile: Deed) -> Exception | None:
    """Let a deed wait for the case's row lock, do something else meanwhile, let go; return what the deed raised."""
    thread = Thread(deed)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        thread.start()
        _until_waiting(1)
        meanwhile()
    return _joined([thread])[0]


def _finish(threads: Sequence[Thread]) -> list[Exception | None]:
    for thread in threads:
        thread.start()
    return _joined(threads)


def _joined(threads: Sequence[Thread]) -> list[Exception | None]:
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "a deed never came back: a deadlock"
    return [thread.error for thread in threads]


def _until_waiting(number: int) -> None:
    """Return when so many of our sessions wait for a lock."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction it would show the same for ever
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            (waiting,) = cursor.fetchone()
        if waiting >= number:
            return
        time.sleep(0.005)
    raise AssertionError(f"{number} deeds should wait for the case by now")
