"""The people of a journey, the hour, and browsers for them."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from tests.journeys.walking import Clock, Walker
from tests.lives import Staff


@pytest.fixture
def clock(now: datetime) -> Iterator[Clock]:
    clock = Clock(now)
    yield clock
    clock.stop()


@pytest.fixture
def walker(browser: Browser, live_site: str, clock: Clock, staff: Staff) -> Iterator[Callable[[User], Walker]]:
    """Return a function: a member of staff, signed in, in a browser of their own."""
    walkers: dict[int, Walker] = {}

    def walk(user: User) -> Walker:
        if user.pk not in walkers:
            walkers[user.pk] = Walker(browser, live_site, user)
        walkers[user.pk].sign_in()
        return walkers[user.pk]

    yield walk
    for walker in walkers.values():
        walker.context.close()
