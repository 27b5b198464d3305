"""Requirement 18: nothing shows of a silenced case to who need not know: no page, search, export, mail or log.

That two installations, one with a sealed case, give a person outside the same bytes is tried in
tests/adversarial/test_06_twins.py, and that looks are on record in tests/cases/views/test_opening.py.
"""

import logging
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import Role
from cases.actions.clockwork import run_clocks
from cases.models import Case
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from tests import lives
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

ADDRESSES = ("/", "/?state=any", "/queue.csv?state=any", "/approvals/", "/notices/", "/agencies/")
ONE_TIME = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')


def searched(client: Client, word: str) -> str:
    """Return what a search shows, but for the word itself and for what differs from one request to the next."""
    return ONE_TIME.sub("", client.get(f"/?q={word}").getvalue().decode()).replace(word, "…")


@pytest.fixture
def letter(now: datetime) -> Case:
    """A National Security Letter about an account that nothing else names."""
    agency = lives.oseis_agency(now, name="Zulu Field Office", email_domain="zulu.example")
    customer = lives.carla(identifier="zulu-account", email="zulu@customer.example")
    return lives.received(now, instrument="us_nsl", agency=agency, customers=[customer], agency_reference="ZULU-1")


def test_who_is_outside_finds_it_nowhere(letter: Case, staff: Staff, last_year: datetime, now: datetime) -> None:
    client = Client()
    client.force_login(make_staff("Otto Outside", *Role, since=last_year))
    with time_machine.travel(now, tick=False):
        for address in ADDRESSES:
            shown = client.get(address).getvalue().decode().lower()
            assert not [word for word in (letter.reference.lower(), "zulu") if word in shown], address
        assert searched(client, letter.reference) == searched(client, lives.numbered_reference(9))
        assert searched(client, "zulu-account") == searched(client, "nothing-like-it")
        assert client.get(letter.get_absolute_url()).status_code == 404


def test_no_mail_leaves_and_no_log_line_names_it(
    letter: Case, staff: Staff, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for days in range(3):
        at = now + timedelta(days=days)
        run_clocks(now=at)
        plan_notices(now=at)
        send_due(now=at)
    assert mail.outbox == []
    written = f"{caplog.text} {[record.args for record in caplog.records]}".lower()
    assert not [word for word in (letter.reference.lower(), "zulu") if word in written]
