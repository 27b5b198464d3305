"""A large document passes through, it is never held."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTE = 1_000_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory where Linux tells it")
@pytest.mark.django_db(transaction=True)
def test_200_megabytes_in_and_out_take_at_most_50_above_idle(tmp_path: Path) -> None:
    environment = {**os.environ, "WRITDESK_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    program = [sys.executable, "-m", "tests.vault.large_document"]
    ran = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    took = json.loads(ran.stdout)
    assert took["peak"] - took["idle"] < 50 * MEGABYTE
