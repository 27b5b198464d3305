"""Who dies, and when: workers, broker and database, by SIGKILL; each is started again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil
from celery import Celery
from django.conf import settings

from config.embedded import services
from config.embedded.processes import running

WORKER = (sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "solo", "-l", "ERROR", "--without-gossip")
TICK = 0.5  # seconds between two rounds of the clock
CALM, ROUGH = 1.0, 4.0  # seconds between two deaths
JOBS = ("cases.tasks.run_clocks", "notifications.tasks.plan_notices", "notifications.tasks.send_due")


class Weather:
    """The processes of the storm, and what falls on them."""

    def __init__(self, *, workers: int, seed: int, env: dict[str, str]) -> None:
        self._env = env
        self._chance = random.Random(seed)  # noqa: S311 - chance, no secret
        self._workers = [self._worker(number) for number in range(workers)]
        self._next_death = time.monotonic() + ROUGH
        self.deaths: Counter[str] = Counter()

    def tick(self, app: Celery, *, is_rough: bool) -> None:
        """Start who is dead, ring the clock, and let somebody die where it is rough and time."""
        services.mend()
        for number, worker in enumerate(self._workers):
            if worker.poll() is not None:
                self._workers[number] = self._worker(number)
        self._ring(app)
        if is_rough and time.monotonic() > self._next_death:
            self._kill()
            self._next_death = time.monotonic() + self._chance.uniform(CALM, ROUGH)
        time.sleep(TICK)

    def stop(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.kill()
            worker.wait()

    def _worker(self, number: int) -> subprocess.Popen[bytes]:
        command = (*WORKER, "--without-mingle", "-n", f"storm{number}@%h")
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=self._env, stdout=quiet, stderr=quiet, start_new_session=True)

    def _ring(self, app: Celery) -> None:
        for job in (*JOBS, *[JOBS[-1]] * (len(self._workers) - 1)):
            try:
                app.send_task(job, expires=5 * TICK, retry=False)
            except Exception:  # the broker is dead: the clock comes by again
                return

    def _kill(self) -> None:
        victim = self._chance.choices(("worker", "database", "broker"), (7, 2, 1))[0]
        home: Path = settings.EMBEDDED_DIR
        if victim == "worker":
            os.killpg(self._chance.choice(self._workers).pid, signal.SIGKILL)
        elif victim == "database":
            _slay(running(home / "postgres" / "data" / "postmaster.pid", "postgres"))
        else:
            _slay(running(home / "valkey" / "pid", "valkey"))
        self.deaths[victim] += 1


def _slay(process: psutil.Process | None) -> None:
    """Kill a server and its children at once, as a machine without memory does."""
    if process is None:
        return
    for one in (process, *process.children(recursive=True)):
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
