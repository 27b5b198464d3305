"""Files that must still be there after a power failure."""

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Return when the file's bytes, or the folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
