"""The embedded services: there for whoever needs them, gone when nobody does, whatever was killed in between."""

import os
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config.embedded import address, postgres, valkey
from config.embedded.processes import run_as, running
from tests.config.commands import environment, manage, start

ASK = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT pg_postmaster_start_time()::text'); "
ASK_AND_WAIT = f"{ASK} print(k.fetchone()[0], flush=True); input(); k.execute('SELECT 1'); print('still there')"


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder of the operator's. Not pytest's: it closes the folder above its own to all others, again and again."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture
def home(var: Path) -> Iterator[Path]:
    yield var / "services"
    valkey.stop(var / "services")
    postgres.stop(var / "services")


def server(home: Path) -> psutil.Process | None:
    return running(home / "postgres" / "data" / "postmaster.pid", "postgres")


def broker(home: Path) -> psutil.Process | None:
    return running(home / "valkey" / "pid", "valkey")


def test_a_command_that_needs_no_database_starts_nothing(home: Path, var: Path) -> None:
    assert manage("help", env=environment(var)).returncode == 0
    assert not home.exists()


def test_commands_share_one_server_and_the_last_one_stops_it(home: Path, var: Path) -> None:
    commands = [start("shell", "-v0", "-c", ASK_AND_WAIT, env=environment(var)) for _ in range(2)]
    answers = {command.stdout.readline() for command in commands if command.stdout}
    assert len(answers) == 1, "two servers, or one command failed"
    for command in commands:
        assert server(home) is not None
        assert broker(home) is not None
        assert command.communicate("\n")[0] == "still there\n"
    assert server(home) is None
    assert broker(home) is None


def test_what_a_killed_command_left_running_the_next_one_uses_and_stops(home: Path, var: Path) -> None:
    killed = start("shell", "-v0", "-c", ASK_AND_WAIT, env=environment(var))
    assert killed.stdout
    started_at = killed.stdout.readline().strip()
    killed.kill()
    killed.wait()
    assert server(home) is not None
    outcome = manage("shell", "-v0", "-c", f"{ASK} print(k.fetchone()[0])", env=environment(var))
    assert outcome.stdout.strip() == started_at, outcome.stderr
    assert server(home) is None


def test_a_killed_server_starts_again_though_its_number_now_names_another_process(home: Path) -> None:
    postgres.start(home, {})
    with connect(home) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    killed = server(home)
    assert killed
    os.kill(killed.pid, signal.SIGKILL)
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    # A process of the same user, or PostgreSQL would see by itself that it cannot be its own.
    owner = pid_file.stat().st_uid if os.geteuid() == 0 else None
    with subprocess.Popen(["sleep", "300"], **run_as(owner)) as bystander:
        pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        postgres.start(home, {})
        bystander.kill()
    with connect(home) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_nobody_else_on_the_machine_can_reach_the_database(home: Path) -> None:
    postgres.start(home, {})
    valkey.start(home)
    for service in ("postgres", "valkey"):
        assert stat.S_IMODE(address.socket_directory(home, service).stat().st_mode) == 0o700
    with connect(home) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_folder_with_a_long_name_has_its_socket_elsewhere(var: Path) -> None:
    home = var / ("a-long-name-" * 12)
    try:
        postgres.start(home, {})
        valkey.start(home)
        assert postgres.answers(home)
        assert valkey.answers(home)
        assert address.socket_directory(home, "postgres") != address.socket_directory(home, "valkey")
    finally:
        postgres.stop(home)
        valkey.stop(home)
        for service in ("postgres", "valkey"):
            sockets = address.socket_directory(home, service)
            for left in sockets.iterdir():
                left.unlink()
            sockets.rmdir()


def connect(home: Path) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(address.database_url(home))
