"""manage.py up with real processes: it serves, it runs once, it survives being killed, it leaves nothing behind."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.config.commands import environment, manage, start

pytestmark = pytest.mark.timeout(400)
READY_SECONDS = 180
END_SECONDS = 60


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One folder for all tests here, as on a machine where the desk is started day after day."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _nothing_stays_for_the_next_test(home: Path) -> Iterator[None]:
    yield
    for process in of_this_desk(home):
        process.kill()


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def of_this_desk(home: Path) -> list[psutil.Process]:
    """Return every process that runs on this folder: the programs by their environment, the servers by their paths."""
    found = []
    for process in psutil.process_iter():
        try:
            ours = process.environ().get("WRITDESK_VAR") == str(home) or str(home) in " ".join(process.cmdline())
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if ours and process.status() != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def run_desk(home: Path, port: int) -> "subprocess.Popen[str]":
    """Start the desk and return once it says that it is ready."""
    desk = start("up", "--port", str(port), env=environment(home))
    lines = []
    deadline = time.monotonic() + READY_SECONDS
    for line in desk.stdout or ():
        lines.append(line)
        if "Writdesk is ready" in line:
            return desk
        if time.monotonic() > deadline:
            break
    desk.kill()
    pytest.fail("".join(lines))


def is_well(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10):
            return True
    except urllib.error.HTTPError:
        return False


def becomes_well(port: int) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while not is_well(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    return is_well(port)


def part(desk: "subprocess.Popen[str]", name: str, *, besides: int = 0) -> psutil.Process:
    """Return the process that the supervisor started; those that it started in turn have the same command line.

    Waits for it: between being said and being seen a new process is still a copy of its parent.
    """
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        for process in psutil.Process(desk.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if process.pid != besides and name in process.cmdline():
                    return process
        time.sleep(0.05)
    pytest.fail(f"no {name} was started")


def test_it_serves_once_mends_what_dies_and_stops_on_ctrl_c(home: Path, port: int) -> None:
    desk = run_desk(home, port)
    assert is_well(port)

    second = manage("up", "--port", str(port), env=environment(home))
    assert second.returncode == 1
    assert re.fullmatch(r".*already running: http://localhost:\d+/ \(process \d+\)\n", second.stderr), second.stderr

    worker = part(desk, "worker")
    worker.kill()
    for line in desk.stdout or ():
        if "starting it again" in line:
            break
    part(desk, "worker", besides=worker.pid)

    os.kill(int((home / "services/postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert becomes_well(port)

    desk.send_signal(signal.SIGINT)
    lines, _ = desk.communicate(timeout=END_SECONDS)
    assert desk.returncode == 0, lines
    assert lines.endswith("Stopped.\n")
    assert "Traceback" not in lines
    assert of_this_desk(home) == []


def test_after_kill_9_it_starts_again_and_nothing_of_the_first_is_left(home: Path, port: int) -> None:
    killed = run_desk(home, port)
    left = {process.pid for process in of_this_desk(home)} - {killed.pid}
    killed.kill()
    killed.wait()
    again = run_desk(home, port)
    python_of_the_first = [
        process for process in of_this_desk(home) if process.pid in left and "python" in process.name()
    ]
    assert python_of_the_first == []
    again.send_signal(signal.SIGTERM)
    assert again.wait(timeout=END_SECONDS) == 0
    assert of_this_desk(home) == []


def test_a_port_that_is_taken_is_said_in_one_line(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        outcome = manage("up", "--port", str(other.getsockname()[1]), env=environment(home))
    assert outcome.returncode == 1
    assert re.fullmatch(r".*Cannot listen on 127.0.0.1:\d+ \(.*\); choose another --port.\n", outcome.stderr)
    assert of_this_desk(home) == []
