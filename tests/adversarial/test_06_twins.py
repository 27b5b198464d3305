"""Invariant 6. Two installations, alike but for one sealed case: whoever is outside sees the same bytes in both.

Both are built by the same steps at the same hours. The sealed case stands in the middle of the one, and is as like the
others as it can be: same agency, officer, reference, target and customer, and it is worked on while they are. A person
outside then walks every page that can be reached from the queue, every address of the site, searches and exports.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from accounts.models import Role
from cases.actions.clockwork import run_clocks
from cases.models import Case
from tests import lives
from tests.adversarial import sealed
from tests.adversarial.addresses import every_address
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

ONE_TIME = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
LINK = re.compile(r'(?:href|action|hx-get)="([^"#]+)"')
ASKED = (
    "q=carla",
    "q=portland",
    "q=wd-2026",
    "state=any&last=1",
    "flag=gagged",
    "instrument=us_subpoena",
    "country=US",
)
NEVER_WALKED = ("/static/", "/sign-out", "/i18n/")


@dataclass
class Installation:
    """What somebody outside finds in it: by address, the status, the headers that matter, and the body."""

    answers: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)

    def walk(self, client: Client) -> None:
        """Open every page that can be reached, and every address that needs nothing to be filled in."""
        waiting = ["/", *(address.filled({}) for address in every_address() if not address.blanks)]
        waiting += [f"{page}?{asked}" for page in ("/", "/queue.csv", "/approvals/", "/notices/") for asked in ASKED]
        while waiting:
            path = waiting.pop()
            if path in self.answers or path.startswith(NEVER_WALKED):
                continue
            response = client.get(path)
            body = ONE_TIME.sub("", response.getvalue().decode(errors="replace"))
            header = f"{response.headers.get('Location', '')} {response.headers.get('Content-Type', '')}"
            self.answers[path] = (response.status_code, header, body.encode())
            if "html" in header:
                waiting += [found for found in map(_within, LINK.findall(body)) if found]


def _within(link: str) -> str:
    parts = urlsplit(link.replace("&amp;", "&"))
    if parts.netloc or parts.scheme or not parts.path.startswith("/"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@contextmanager
def built(staff: Staff, north_since: datetime, now: datetime, *, with_sealed: bool) -> Iterator[list[str]]:
    """Build an installation, yield what is open in it, and take it down again. Keys go on: they may not show."""
    with transaction.atomic():
        compartment = sealed.compartment_of(staff, north_since)
        agency = lives.oseis_agency(now, name="Portland Police Bureau", email_domain="ppb.example")
        carla = lives.carla(identifier="carla", email="carla@customer.example")
        fields = {"agency": agency, "customers": [carla], "agency_reference": "PPB-7"}
        first = lives.received(now, reference=lives.numbered_reference(15), **fields)  # type: ignore[arg-type]
        lives.notified(first, staff, now)
        agency.refresh_from_db()  # it is verified now, for whoever asks
        if with_sealed:
            sealed.sealed_case(staff, compartment, agency, now)
        second = lives.received(now, reference=lives.numbered_reference(16), **fields)  # type: ignore[arg-type]
        lives.withheld(second, staff, now, last_day=(now + timedelta(days=9)).date())
        run_clocks(now=now + timedelta(days=2))
        yield list(Case.objects.filter(compartment=None).order_by("pk").values_list("reference", flat=True))
        transaction.set_rollback(True)


@pytest.mark.parametrize("roles", [tuple(Role), (Role.ANALYST,), (Role.AUDITOR,), (Role.PUBLISHER,)])
def test_two_installations_one_with_a_sealed_case_give_an_outsider_the_same_bytes(
    roles: tuple[Role, ...], staff: Staff, last_year: datetime, now: datetime
) -> None:
    otto = make_staff("Otto Outside", *roles, since=last_year)
    found = []
    for with_sealed in (False, True):
        with (
            built(staff, last_year, now, with_sealed=with_sealed) as references,
            time_machine.travel(now + timedelta(days=3), tick=False),
        ):
            client = Client(raise_request_exception=False)
            client.force_login(otto)
            installation = Installation()
            installation.walk(client)
            found.append((references, installation.answers))
    (references, without_it), (same_references, with_it) = found
    assert references == same_references
    assert without_it.keys() == with_it.keys()
    assert [path for path in without_it if without_it[path] != with_it[path]] == []
    if Role.ANALYST in roles:
        assert sum("/cases/WD-" in path for path in without_it) > 20, "the walk reached the cases and their acts"


def test_the_walk_of_a_member_does_differ_so_that_the_sameness_means_something(
    staff: Staff, last_year: datetime, now: datetime
) -> None:
    reached = []
    for with_sealed in (False, True):
        with (
            built(staff, last_year, now, with_sealed=with_sealed),
            time_machine.travel(now + timedelta(days=3), tick=False),
        ):
            client = Client(raise_request_exception=False)
            client.force_login(staff.ines)
            installation = Installation()
            installation.walk(client)
            reached.append(set(installation.answers))
    assert any(sealed.REFERENCE in path for path in reached[1] - reached[0])
