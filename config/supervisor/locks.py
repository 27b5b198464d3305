"""One desk per folder, and none beside what a killed one left: two locks that the kernel drops when holders end."""

import fcntl
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

LEFTOVERS_SECONDS = 20  # longer than a part takes to end itself after its supervisor


class AlreadyRunning(Exception):
    """Another supervisor runs the desk of this folder."""


class LeftoversRunning(Exception):
    """Parts of an earlier start do not end."""


def hold_desk(run_directory: Path, address: str) -> IO[str]:
    """Return the lock of the only supervisor, to be kept open. Raises AlreadyRunning with the address of the other."""
    run_directory.mkdir(parents=True, exist_ok=True)
    lock = (run_directory / "supervisor.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise AlreadyRunning(f"Writdesk is already running: {lock.read().strip()}") from None
    lock.truncate(0)
    lock.write(f"{address} (process {os.getpid()})\n")
    lock.flush()
    return lock


def hold_parts(run_directory: Path, tell: Callable[[str], object]) -> IO[str]:
    """Return the lock that the parts inherit, once those of an earlier supervisor are gone.

    They end by themselves when their supervisor does; those that cannot are killed. The file names their groups.
    """
    lock = (run_directory / "parts.lock").open("a+")
    if not _taken_within(lock, 0):
        tell("Waiting for the parts of an earlier start to end …")
    if not _taken_within(lock, LEFTOVERS_SECONDS):
        lock.seek(0)
        for group in lock.read().split():
            try:
                os.killpg(int(group), signal.SIGKILL)
            except ProcessLookupError:
                continue
        if not _taken_within(lock, 1):
            raise LeftoversRunning(f"Processes of an earlier start still hold {lock.name}; end them and try again.")
    lock.truncate(0)
    return lock


def _taken_within(lock: IO[str], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        else:
            return True
