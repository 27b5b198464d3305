"""Fixtures for every test: the hour, the staff, databases of one's own, a browser, a mail relay."""

from datetime import UTC, datetime

import pytest

pytest_plugins = ["tests.fixtures.browser", "tests.fixtures.databases", "tests.fixtures.mail", "tests.fixtures.staff"]


@pytest.fixture
def now() -> datetime:
    """The hour of every test that does not say another: noon in UTC on Monday, 30 November 2026."""
    return datetime(2026, 11, 30, 12, tzinfo=UTC)
