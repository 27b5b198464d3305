"""The parts of a running desk, and one of them as a process."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """A Python program that runs for as long as the desk does."""

    name: str
    command: tuple[str, ...]  # the module and its arguments


def parts(*, host: str, port: int, run_directory: Path) -> list[Part]:
    """Return what a desk consists of, beside its database and broker."""
    celery = ("celery", "--app", "config", "--quiet")
    quiet = ("--without-gossip", "--without-mingle", "--loglevel", "WARNING")
    return [
        Part("web", ("gunicorn", "--config", "python:config.gunicorn", "--bind", f"{host}:{port}", "config.wsgi")),
        Part("worker", (*celery, "worker", "--concurrency", "2", *quiet)),
        Part(
            "beat", (*celery, "beat", "--schedule", str(run_directory / "beat"), "--pidfile=", "--loglevel", "WARNING")
        ),
    ]


@dataclass
class Process:
    """A part that was started. Its lines go to `tell` with its name; `lock` stays held until its last process ended."""

    part: Part
    lock: int
    tell: Callable[[str, str], None]
    started_at: float = field(default_factory=time.monotonic)  # seconds, for the distance only

    def __post_init__(self) -> None:
        stdin, self.lifeline = os.pipe()
        self.popen = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "config.supervisor.lifeline", *self.part.command],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=[self.lock],
            start_new_session=True,  # Ctrl-C in the terminal is for the supervisor, which then stops its parts
        )
        os.close(stdin)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def ended(self) -> bool:
        """Whether the program is over."""
        return self.popen.poll() is not None

    def ask_to_stop(self) -> None:
        """Cut the lifeline; see config.supervisor.lifeline for what follows."""
        os.close(self.lifeline)

    def wait(self, seconds: float) -> None:
        """Return once the program is over; after that many seconds end it and all it started."""
        try:
            self.popen.wait(max(seconds, 0))
        except subprocess.TimeoutExpired:
            self.kill()
        self.reader.join(timeout=1)

    def kill(self) -> None:
        """End the program and all it started at once."""
        os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def _read(self) -> None:
        for line in self.popen.stdout or ():
            self.tell(self.part.name, line.rstrip())
