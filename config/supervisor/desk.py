"""Keeping the parts running until somebody says stop."""

import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import IO

from django.core.management.base import OutputWrapper

from config.supervisor.lifeline import GRACE_SECONDS
from config.supervisor.parts import Part, Process

WATCH_SECONDS = 0.2
SHORT_LIFE_SECONDS = 10
SHORT_LIVES = 3  # one after the other, and a part is given up: something is wrong that a restart does not mend


class Desk:
    """The running parts. `stopping` is set by Ctrl-C, SIGTERM, or a part that does not stay up."""

    def __init__(self, parts: list[Part], *, lock: IO[str], out: OutputWrapper) -> None:
        self.out = out
        self.lock = lock
        self.stopping = threading.Event()
        self.failed = False
        self.width = max(len(part.name) for part in parts)
        self.writing = threading.Lock()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        self.short_lives = dict.fromkeys(parts, 0)
        self.processes = [self._start(part) for part in parts]

    def run(self, each_round: Callable[[], None]) -> bool:
        """Watch until told to stop, calling each_round every time; stop all parts; return whether all went well."""
        try:
            while not self.stopping.wait(WATCH_SECONDS):
                for process in [process for process in self.processes if process.ended()]:
                    self._replace(process)
                each_round()
        finally:
            self._end_all()
        return not self.failed

    def tell(self, name: str, line: str) -> None:
        """Write a line of the log: the hour, who says it, what."""
        with self.writing:
            self.out.write(f"{datetime.now().astimezone():%H:%M:%S} {name:<{self.width}} | {line}\n")
            self.out.flush()

    def _start(self, part: Part) -> Process:
        process = Process(part, self.lock.fileno(), self.tell)
        self.lock.write(f"{process.popen.pid}\n")
        self.lock.flush()
        return process

    def _replace(self, process: Process) -> None:
        lived = time.monotonic() - process.started_at
        self.short_lives[process.part] = self.short_lives[process.part] + 1 if lived < SHORT_LIFE_SECONDS else 0
        self.processes.remove(process)
        if self.short_lives[process.part] >= SHORT_LIVES:
            self.tell(process.part.name, f"ended {SHORT_LIVES} times right after its start; stopping everything")
            self.failed = True
            self.stopping.set()
            return
        self.tell(process.part.name, f"ended unexpectedly (status {process.popen.returncode}); starting it again")
        self.processes.append(self._start(process.part))

    def _stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.stopping.is_set():  # asked twice: whoever asks does not want to wait
            for process in self.processes:
                process.kill()
        self.stopping.set()

    def _end_all(self) -> None:
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.processes:
            process.ask_to_stop()
        for process in self.processes:
            process.wait(deadline - time.monotonic())
