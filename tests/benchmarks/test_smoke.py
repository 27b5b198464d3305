"""The benchmarks still run: a hundredth of their size, on a database of their own. What they measure is not asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.fixtures.databases import address

ROOT = Path(__file__).parent.parent.parent


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmarks beside this test's database, on the same server."""
    server = {"REDIS_URL": settings.REDIS_URL, "DATABASE_URL": address()}
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        env=os.environ | server,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.django_db
def test_a_small_run_ends_in_a_table() -> None:
    done = bench("--share", "100", "--database", "writdesk_bench_smoke", "submissions", "report")
    assert done.returncode == 0, done.stderr
    table = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert table[0] == "| measured | Writdesk | floor | ratio | wanted |"
    assert [line for line in table if line.startswith("| public submission")]
    assert [line for line in table if line.startswith("| counting 2025-H1")]


@pytest.mark.django_db
def test_a_benchmark_that_does_not_exist_is_wrong_usage() -> None:
    done = bench("speed")
    assert done.returncode == 2
    assert "no benchmark is called speed" in done.stderr
