"""Running manage.py as people do: in a process of its own, with a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

MANAGE = Path(__file__).parent.parent.parent / "manage.py"


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of an operator who has nothing but the checkout; data goes under `home`."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**plain, "WRITDESK_VAR": str(home), "PYTHONDONTWRITEBYTECODE": "1", **more}


def manage(*arguments: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, str(MANAGE), *arguments], env=env, capture_output=True, text=True, timeout=120, check=False
    )


def start(*arguments: str, env: Mapping[str, str]) -> "subprocess.Popen[str]":
    """Run a command beside the test; its lines come together on standard output."""
    return subprocess.Popen(
        [sys.executable, "-u", str(MANAGE), *arguments],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
