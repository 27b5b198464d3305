"""A part of the desk lives as long as the supervisor holds its lifeline."""

import signal
import subprocess
import sys


def test_a_program_runs_while_it_is_held_and_ends_when_it_is_let_go() -> None:
    part = subprocess.Popen(
        [sys.executable, "-u", "-m", "config.supervisor.lifeline", "http.server", "0", "--bind", "127.0.0.1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    try:
        assert part.stdout
        assert part.stdout.readline().startswith("Serving HTTP on 127.0.0.1")
        assert part.stdin
        part.stdin.close()  # as the kernel does for a supervisor that was killed
        assert part.wait(timeout=30) == -signal.SIGTERM
    finally:
        part.kill()
