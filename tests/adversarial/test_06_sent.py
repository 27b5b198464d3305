"""Invariant 6, for what leaves the house: no digest, no mail at once, no calendar differs by a byte for sealed cases.

The members of the compartment read them in their inbox; whoever runs the mail server, or the calendar, reads nothing.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import Client

from accounts.models import Role, User
from cases.models import Case, Clock
from notifications.actions.preferences import make_feed
from notifications.models import Alert, StaffPreferences, Telling
from tests import lives
from tests.adversarial import sealed
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.alerts.scene import HOUR, overdue, tick

pytestmark = pytest.mark.django_db

DRAWN_BY_LOT = re.compile(r"=+\d+==|^(Date|Message-ID): .*$", re.MULTILINE)


@contextmanager
def three_days(
    staff: Staff, since: datetime, now: datetime, outbox: list[EmailMultiAlternatives], *, with_sealed: bool
) -> Iterator[dict[str, object]]:
    """Let three days go by in an installation with or without sealed cases; yield what left it, by what it is."""
    with transaction.atomic():
        outbox.clear()
        compartment = sealed.compartment_of(staff, since)
        people = [staff.analyst, staff.ines, staff.paul, *User.objects.filter(name__contains="Outside")]
        for user in people:
            StaffPreferences.objects.update_or_create(user=user, defaults={"feed_of_all": True})
        feeds = {user.name: make_feed(by=user, now=now).split("example")[-1].split("8000")[-1] for user in people}
        agency = lives.oseis_agency(now, name="Portland Police Bureau")
        lives.verified(lives.received(now, agency=agency), staff, now)
        agency.refresh_from_db()
        if with_sealed:
            hidden = overdue(now, assignee=staff.ines)
            Case.objects.filter(pk=hidden.pk).update(
                compartment=compartment, is_emergency=True, danger="Zulu is in danger."
            )
            due_later = sealed.sealed_case(staff, compartment, agency, now, reference=None)
            Clock.objects.filter(case=due_later).update(due_at=now + timedelta(days=30))
        shown = [overdue(now, assignee=staff.ines), lives.received(now, agency=agency, danger_claimed=True)]
        outbox.clear()
        for hours in range(0, 72, 3):
            tick(now + hours * HOUR)
        if with_sealed:
            told = Telling.objects.filter(alert__case__compartment__isnull=False)
            assert {telling.user.name for telling in told} == {"Ana Analyst", "Ines Counsel", "Paul Counsel"}
            assert Alert.objects.filter(case__compartment__isnull=False, is_urgent=True).exists()
        client, names = Client(), {case.reference: f"open-{place}" for place, case in enumerate(shown)}
        with time_machine.travel(now, tick=False):
            found: dict[str, object] = {
                f"calendar of {name}": plain(client.get(path).content.decode(), names) for name, path in feeds.items()
            }
        found["mails"] = [plain(str(letter.message()), names) for letter in outbox]
        yield found
        transaction.set_rollback(True)


def plain(text: str, names: dict[str, str]) -> str:
    for reference, name in names.items():
        text = text.replace(reference, name)
    text = re.sub(r"WD-2026-\w+", "first", text)  # the one case beside them
    return DRAWN_BY_LOT.sub("…", re.sub(r"UID:\S+(\r\n \S+)*", "UID", text))


def test_what_leaves_the_house_is_the_same_bytes_with_and_without_sealed_cases(
    staff: Staff, last_year: datetime, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    make_staff("Otto Outside", Role.ANALYST, Role.COUNSEL, Role.ADMINISTRATOR, since=last_year)
    left = []
    for with_sealed in (False, True):
        with three_days(staff, last_year, now, mailoutbox, with_sealed=with_sealed) as found:
            left.append(found)
    without_it, with_it = left
    assert len(without_it["mails"]) > 10  # type: ignore[arg-type]
    assert with_it == without_it


def test_a_day_of_which_only_a_sealed_case_could_be_told_has_no_mail(
    staff: Staff, last_year: datetime, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = overdue(now, assignee=staff.ines)
    Case.objects.filter(pk=case.pk).update(
        compartment=sealed.compartment_of(staff, last_year), is_emergency=True, danger="x"
    )
    for hours in range(48):
        tick(now + hours * HOUR)
    assert Telling.objects.filter(user=staff.ines).exists()
    assert mailoutbox == []
