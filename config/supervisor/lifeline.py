"""Run a Python program for as long as its supervisor lives: python -m config.supervisor.lifeline MODULE ARGUMENT…

Standard input is a pipe whose other end only the supervisor holds. It closes when the supervisor stops this part, and
also when the supervisor is killed, on every system and without pids to remember. Then this process asks itself to stop,
as if by SIGTERM, and after a while ends everything it started.
"""

import os
import runpy
import signal
import sys
import threading
import time
import warnings

GRACE_SECONDS = 10  # for pages and tasks under way


def main() -> None:
    # Celery advises root against itself, six lines long, at every start; whoever runs a desk on their laptop decided.
    warnings.filterwarnings("ignore", message="You're running the worker")
    threading.Thread(target=_end_with_supervisor, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with_supervisor() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
