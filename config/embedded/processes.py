"""What both embedded services need from the operating system."""

import os
import pwd
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

POLL_SECONDS = 0.02


class ServiceDidNotStart(Exception):
    """An embedded service did not answer in time; its log says why."""


def private_directory(path: Path, owner: int) -> None:
    """Make the folder, readable by its owner only.

    Raises ServiceDidNotStart when it belongs to somebody else: under /tmp anybody could have made it first.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid not in {owner, os.geteuid()}:
        raise ServiceDidNotStart(f"{path} belongs to somebody else.")
    path.chmod(stat.S_IRWXU)
    if path.stat().st_uid != owner:
        os.chown(path, owner, -1)


def launch(command: list[str], *, log: Path, user: int | None = None) -> "subprocess.Popen[bytes]":
    """Start a server that outlives this process and its terminal, as the given user where one is named."""
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
            **run_as(user),
        )


def run_as(user: int | None) -> dict[str, Any]:
    """Return how subprocess starts a program as that user, and as none of the groups that we are in."""
    return {} if user is None else {"user": user, "group": pwd.getpwuid(user).pw_gid, "extra_groups": []}


def wait_until(answers: Callable[[], bool], *, server: "subprocess.Popen[bytes]", log: Path, seconds: float) -> bool:
    """Return True once the server answers, False when it ended first; raises ServiceDidNotStart after the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answers():
            return True
        if server.poll() is not None:
            return False
        time.sleep(POLL_SECONDS)
    raise ServiceDidNotStart(f"No answer within {seconds:.0f} seconds; see {log}.")


def running(pid_file: Path, name: str) -> psutil.Process | None:
    """Return the process that the pid file names, or None when it is gone or the number now belongs to another."""
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        return process if process.name().startswith(name) and process.status() != psutil.STATUS_ZOMBIE else None
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return None
