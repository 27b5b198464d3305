"""The console as the staff open it: the clock stands at the hour of the test."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User

As = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _the_hour(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def signed_in(db: None) -> As:
    """Return a function: the client of a person who is signed in. A page that breaks says so instead of raising."""

    def sign_in(user: User) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    return sign_in
