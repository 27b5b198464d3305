"""Work in a process of its own, so that its memory and its connections are its own too."""

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

import psutil
from django.db import connections

_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Done:
    """What the work took: seconds, and how far the memory rose above where it was when the work began, in MB."""

    seconds: float
    memory: float


def apart(work: Callable[[], object], *, times: int = 1) -> Done:
    """Do the work in so many processes that begin at the same moment; return when the last is done."""
    connections.close_all()  # no two processes may speak over one
    ready = _FORK.Barrier(times)
    lines = [_start(work, ready) for _number in range(times)]
    done = [line.recv() for line in lines]
    return Done(max(one.seconds for one in done), max(one.memory for one in done))


def _start(work: Callable[[], object], ready: Barrier) -> "Connection[Done]":
    ours, theirs = _FORK.Pipe(duplex=False)
    _FORK.Process(target=_run, args=(work, ready, theirs), daemon=True).start()
    theirs.close()
    return ours


def _run(work: Callable[[], object], ready: Barrier, line: "Connection[Done]") -> None:
    ready.wait()
    idle = psutil.Process(os.getpid()).memory_info().rss
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line.send(Done(seconds, max(0, peak - idle) / 2**20))
    connections.close_all()
