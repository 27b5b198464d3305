"""Fixtures for every test: the hour, the staff, databases of one's own, a browser, a mail relay."""

import os
import shutil
from datetime import UTC, datetime

import pytest
from django.conf import settings

pytest_plugins = ["tests.fixtures.browser", "tests.fixtures.databases", "tests.fixtures.mail", "tests.fixtures.staff"]


@pytest.fixture
def now() -> datetime:
    """The hour of every test that does not say another: noon in UTC on Monday, 30 November 2026."""
    return datetime(2026, 11, 30, 12, tzinfo=UTC)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder of this run, once: the worker processes of xdist only borrowed it."""
    if not hasattr(config, "workerinput") and "writdesk-tests-" in os.environ.get("WRITDESK_VAR", ""):
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
