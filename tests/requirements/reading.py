"""The page of a case as one person reads it at one hour."""

from datetime import datetime

import time_machine
from django.test import Client

from accounts.models import User
from cases.models import Case


def page_of(case: Case, user: User, now: datetime) -> str:
    """Return the page's source."""
    client = Client()
    client.force_login(user)
    with time_machine.travel(now, tick=False):
        response = client.get(case.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()
