"""Who uses the embedded services: the first who needs them starts them, the last who leaves stops them.

Each process holds a shared lock on one file for as long as it lives. The kernel drops the lock when the process ends,
however it ends, so there is no list of pids to go stale: whoever can take the lock for itself alone was the last.
"""

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from config.embedded import postgres, valkey

_in_use: IO[str] | None = None


def start() -> None:
    """Start what the environment names no server for, and keep it running until this process ends.

    Cheap after the first call. A forked child counts as its parent: it inherits the lock.
    """
    global _in_use
    if _in_use is not None or not (settings.EMBEDDED_POSTGRES or settings.EMBEDDED_VALKEY):
        return
    home = settings.EMBEDDED_DIR
    home.mkdir(parents=True, exist_ok=True)
    with _changing(home):
        _start_missing(home)
        users = (home / "users.lock").open("w")
        fcntl.flock(users, fcntl.LOCK_SH)
        _in_use = users
    atexit.register(_leave, home, os.getpid())


def mend() -> None:
    """Start again what ended under us. Only for who called `start`."""
    with _changing(settings.EMBEDDED_DIR):
        _start_missing(settings.EMBEDDED_DIR)


def _start_missing(home: Path) -> None:
    if settings.EMBEDDED_POSTGRES:
        postgres.start(home, settings.EMBEDDED_POSTGRES_OPTIONS)
    if settings.EMBEDDED_VALKEY:
        valkey.start(home)


def _leave(home: Path, process_id: int) -> None:
    global _in_use
    if _in_use is None or os.getpid() != process_id:
        return
    with _changing(home):
        try:
            fcntl.flock(_in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # somebody else still uses them, and will stop them
        else:
            valkey.stop(home)
            postgres.stop(home)
        _in_use.close()
        _in_use = None


@contextmanager
def _changing(home: Path) -> Iterator[None]:
    with (home / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
