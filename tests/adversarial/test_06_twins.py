"""Invariant 6. Two installations, alike but for two sealed cases: whoever is outside sees the same bytes in both.

Both are built by the same steps at the same hours. The sealed cases stand in the middle of the one. The first is as
like the others as it can be, same agency and reference of it, and has a customer who stands nowhere else; the second
is a national security letter, born sealed, whose customer was named inside. Then a case that everybody may know names
the accounts of both. A person outside asks for every address that takes a reference with those of the sealed cases,
enters their customers' numbers, and walks every page that can be reached from the queue, every address of the site,
searches and exports. What waits in the inbox was told to everybody by then.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from accounts.models import Compartment, Role, User
from cases.actions.clockwork import run_clocks
from cases.actions.customers import find_or_add_customer, match_customer
from cases.actions.opening import NATIONAL_SECURITY, NewTarget, open_case
from cases.models import Agency, Case
from cases.references import new_reference
from cases.states import Category, Channel, TargetKind
from notifications.actions.alerting import recompute_alerts
from tests import lives
from tests.adversarial import sealed
from tests.adversarial.addresses import addresses_with, every_address
from tests.fixtures.staff import make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

ONE_TIME = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')
LINK = re.compile(r'(?:href|action|hx-get)="([^"#]+)"')
LETTERS = "yankee-the-letters-account"
NOTHING = {"digest": "0" * 64, "pk": "00000000-0000-4000-8000-000000000000", "number": 1}
FORM = {"text": "x", "reason": "x", "reply": "x", "arrived": "yes", "email": "a@b.example", "original": ""}
ACTS_TRIED = ("reject", "match-customer", "mark-duplicate", "decide-objection")
ASKED = (
    "q=carla",
    "q=portland",
    "q=wd-2026",
    "state=any&last=1",
    "flag=gagged",
    "instrument=us_subpoena",
    "country=US",
    f"q={sealed.TARGET}",
    f"q={LETTERS}",
)
NEVER_WALKED = ("/static/", "/sign-out", "/i18n/")


@dataclass
class Built:
    """The references of the cases that everybody may know, and of those that nobody outside may, or of no cases."""

    open: list[str]
    hidden: list[str]

    def plain(self, text: str) -> str:
        """Return the text without what is drawn by lot: references by their place, no token of a form."""
        named = {reference: f"open-{place}" for place, reference in enumerate(self.open)}
        named |= {reference: f"hidden-{place}" for place, reference in enumerate(self.hidden)}
        for reference, name in named.items():
            text = text.replace(reference, name)
        return ONE_TIME.sub("", text)


@dataclass
class Installation:
    """What somebody outside finds in it: by address, the status, the headers that matter, and the body."""

    built: Built
    client: Client
    answers: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def ask(self, path: str, data: Mapping[str, str] | None = None) -> list[str]:
        """Ask once, keep the answer under its plain name, and return the links of a page."""
        response = self.client.get(path) if data is None else self.client.post(path, data)
        body = response.getvalue().decode(errors="replace")
        header = f"{response.headers.get('Location', '')} {response.headers.get('Content-Type', '')}"
        name = self.built.plain(path if data is None else f"POST {path} {data}")
        self.answers[name] = (response.status_code, self.built.plain(header), self.built.plain(body))
        return LINK.findall(body) if "html" in header else []

    def try_hidden(self) -> None:
        """Ask in both ways for every address of the hidden cases, and name them and their customers elsewhere."""
        for reference in self.built.hidden:
            for address in addresses_with("reference"):
                for name in ACTS_TRIED if "name" in address.blanks else ACTS_TRIED[:1]:
                    path = address.filled(NOTHING | {"reference": reference, "name": name})
                    self.ask(path)
                    self.ask(path, FORM)
            self.ask("/assign/", {"case": reference, "to": "me"})
            for act in ("mark-duplicate", "reject"):
                self.ask(f"/cases/{self.built.open[-1]}/do/{act}/", {"original": reference})
        for number in (sealed.TARGET, LETTERS, "nobodys-account"):
            hit = {"what_1": "x", "customer_1": number, "told_1": "no", "reason_1": "x"}
            self.ask(f"/cases/{self.built.open[-1]}/do/check-collateral/", hit)

    def name_customers(self) -> None:
        """Say whose the accounts are that a hidden case names too."""
        for number in (sealed.TARGET, LETTERS):
            typed = {"identifier": number, "name": "Zoe", "language": "en", "timezone": "UTC", "role": "person"}
            self.ask(f"/cases/{self.built.open[-1]}/do/match-customer/", typed)

    def walk(self) -> None:
        """Open every page that can be reached, and every address that needs nothing to be filled in."""
        waiting = ["/", *(address.filled({}) for address in every_address() if not address.blanks)]
        waiting += [f"{page}?{asked}" for page in ("/", "/queue.csv", "/approvals/", "/notices/") for asked in ASKED]
        while waiting:
            path = waiting.pop()
            if self.built.plain(path) not in self.answers and not path.startswith(NEVER_WALKED):
                waiting += [found for found in map(_within, self.ask(path)) if found]


def _within(link: str) -> str:
    parts = urlsplit(link.replace("&amp;", "&"))
    if parts.netloc or parts.scheme or not parts.path.startswith("/"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@contextmanager
def built(staff: Staff, north_since: datetime, now: datetime, *, with_sealed: bool) -> Iterator[Built]:
    """Build an installation, say what is in it, and take it down again. Keys go on: they may not show."""
    with transaction.atomic():
        compartment = sealed.compartment_of(staff, north_since)
        sealed.join(staff.analyst, Compartment.objects.get(code=NATIONAL_SECURITY), north_since)
        agency = lives.oseis_agency(now, name="Portland Police Bureau", email_domain="ppb.example")
        carla = lives.carla(identifier="carla", email="carla@customer.example")
        fields = {"agency": agency, "customers": [carla], "agency_reference": "PPB-7"}
        lives.notified(lives.received(now, **fields), staff, now)  # type: ignore[arg-type]
        agency.refresh_from_db()  # it is verified now, for whoever asks
        if with_sealed:
            hidden = [sealed.sealed_case(staff, compartment, agency, now, reference=None), letter(staff, agency, now)]
        second = lives.received(now, **fields)  # type: ignore[arg-type]
        lives.withheld(second, staff, now, last_day=(now + timedelta(days=9)).date())
        naming(agency, now, sealed.TARGET, LETTERS, "nobodys-account")
        run_clocks(now=now + timedelta(days=2))
        for days in (1, 2):  # until what nobody looks at has come to everybody who may know of it
            recompute_alerts(now=now + timedelta(days=days))
        yield Built(
            open=list(Case.objects.filter(compartment=None).order_by("pk").values_list("reference", flat=True)),
            hidden=[case.reference for case in hidden] if with_sealed else [new_reference(now.year) for _ in range(2)],
        )
        transaction.set_rollback(True)


def letter(staff: Staff, agency: Agency, now: datetime) -> Case:
    """Return a national security letter whose customer was named by a person inside."""
    case = naming(agency, now, LETTERS, instrument="us_nsl")
    customer = find_or_add_customer(
        case_id=case.pk,
        identifier=LETTERS,
        name="Yankee Sealed",
        email="yankee@customer.example",
        language="en",
        country="US",
        timezone="UTC",
        role="person",
    )
    ids = [target.pk for target in case.targets.all()]
    match_customer(case_id=case.pk, target_ids=ids, customer=customer, by=staff.analyst, now=now)
    return case


def naming(agency: Agency, now: datetime, *accounts: str, instrument: str = "us_subpoena") -> Case:
    """Return a case that names accounts as its sender wrote them."""
    return open_case(
        instrument_code=instrument,
        agency=agency,
        targets=[NewTarget(TargetKind.ACCOUNT, account) for account in accounts],
        asked=[Category.SUBSCRIBER],
        channel=Channel.PORTAL,
        received_at=now,
        now=now,
    )


def found_by(user: User, twin: Built) -> dict[str, tuple[int, str, str]]:
    """Return what this person finds: as it is, then, where they may, after naming the customers of the last case."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    before, after = Installation(twin, client), Installation(twin, client)
    before.walk()
    before.try_hidden()
    after.name_customers()
    if user.has_role(Role.ANALYST, Role.COUNSEL):  # nobody else has changed anything by it
        after.walk()
    return before.answers | {f"then {path}": answer for path, answer in after.answers.items()}


@pytest.mark.parametrize("roles", [tuple(Role), (Role.ANALYST,), (Role.AUDITOR,), (Role.PUBLISHER,)])
def test_two_installations_one_with_sealed_cases_give_an_outsider_the_same_bytes(
    roles: tuple[Role, ...], staff: Staff, last_year: datetime, now: datetime
) -> None:
    otto = make_staff("Otto Outside", *roles, since=last_year)
    found = []
    for with_sealed in (False, True):
        with (
            built(staff, last_year, now, with_sealed=with_sealed) as twin,
            time_machine.travel(now + timedelta(days=3), tick=False),
        ):
            assert len(twin.open) == 3
            found.append(found_by(otto, twin))
    without_it, with_it = found
    assert without_it.keys() == with_it.keys()
    assert [path for path in without_it if without_it[path] != with_it[path]] == []
    if Role.ANALYST in roles:
        assert sum("/cases/open-" in path for path in without_it) > 40, "the walk reached the cases and their acts"
        assert any(f"Zoe ({sealed.TARGET})" in body for _status, _header, body in without_it.values())


def test_the_walk_of_a_member_does_differ_so_that_the_sameness_means_something(
    staff: Staff, last_year: datetime, now: datetime
) -> None:
    reached = []
    for with_sealed in (False, True):
        with (
            built(staff, last_year, now, with_sealed=with_sealed) as twin,
            time_machine.travel(now + timedelta(days=3), tick=False),
        ):
            client = Client(raise_request_exception=False)
            client.force_login(staff.ines)
            installation = Installation(twin, client)
            installation.walk()
            reached.append(set(installation.answers))
    assert any("hidden-0" in path for path in reached[1] - reached[0])
