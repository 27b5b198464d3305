"""Fixtures for every test: the hour, the staff, databases of one's own, a browser, a mail relay."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.databases",
    "tests.fixtures.http",
    "tests.fixtures.mail",
    "tests.fixtures.staff",
]


@pytest.fixture
def now() -> datetime:
    """The hour of every test that does not say another: noon in UTC on Monday, 30 November 2026."""
    return datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _readers_language_and_zone() -> Iterator[None]:
    """English and UTC: a page that the test before asked for in French, or in Tokyo, leaves nothing behind."""
    with translation.override("en"), timezone.override(None):
        yield


@pytest.fixture(autouse=True)
def var(settings: Settings, tmp_path: Path) -> Path:
    """A folder of one's own: what a test writes outside its database, checkpoints above all, the next must not find."""
    settings.VAR_DIR = tmp_path / "var"
    return tmp_path / "var"
