"""Where the embedded services answer: known from their folder alone, so that nothing has to run to ask."""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

DATABASE = "writdesk"
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"
LONGEST_SOCKET_PATH = 100  # bytes; sun_path holds 108 on Linux and 104 on macOS, the closing zero included


def socket_directory(home: Path, service: str) -> Path:
    """Return the folder of a service's socket: its own folder, or one under /tmp where that path would be too long."""
    directory = home / service
    if len(os.fsencode(directory / POSTGRES_SOCKET)) <= LONGEST_SOCKET_PATH:
        return directory
    # Not tempfile.gettempdir(): TMPDIR may differ between two shells, and both must find the same server.
    return Path("/tmp") / f"writdesk-{os.geteuid()}-{hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]}"  # noqa: S108


def database_url(home: Path) -> str:
    """Return the libpq address of the embedded database."""
    return f"postgresql://postgres@/{DATABASE}?host={quote(str(socket_directory(home, 'postgres')))}"


def redis_url(home: Path) -> str:
    """Return the address of the embedded Valkey, as redis-py and Django's cache read it."""
    return f"unix://{socket_directory(home, 'valkey') / VALKEY_SOCKET}?db=0"


def broker_url(redis_address: str) -> str:
    """Return the address as kombu reads it: it spells a socket differently from redis-py."""
    return redis_address.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
