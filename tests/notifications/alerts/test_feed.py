"""The private calendar: valid, small, closed to guesses, and never with a sealed case in it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from accounts.models import Role, User
from cases.actions.clock_changes import extend_clock
from cases.models import Case, Clock, Sighting
from cases.states import ClockState
from notifications.actions.preferences import end_feed, make_feed
from notifications.models import StaffPreferences
from tests import lives
from tests.adversarial import sealed
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from tests.notifications.alerts.scene import DAY, HOUR, prefer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_hour(now: datetime) -> object:
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


def path_of(user: User, now: datetime) -> str:
    return "/" + make_feed(by=user, now=now).split("/", 3)[3]


def of(user: User, now: datetime, days: int = 5) -> Case:
    """Return a case of somebody's with one deadline."""
    case = lives.received(now, return_date=(now + days * DAY).date())
    case.clocks.exclude(rule="return_date").delete()
    Case.objects.filter(pk=case.pk).update(assignee=user)
    return case


def events(client: Client, path: str) -> list[Any]:
    response = client.get(path)
    assert response.status_code == 200, response
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_it_is_a_calendar_of_the_deadlines_of_my_cases_reference_and_kind_alone(
    client: Client, staff: Staff, now: datetime
) -> None:
    case, _of_another = of(staff.analyst, now), of(staff.ines, now)
    response = client.get(path_of(staff.analyst, now))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store, private"
    found = Calendar.from_ical(response.content)
    assert (found["VERSION"], found["METHOD"]) == ("2.0", "PUBLISH")
    event: Any
    [event] = found.walk("VEVENT")
    assert event["SUMMARY"] == f"{case.reference}: Return date on its face"
    assert event["DTSTART"].dt == date(2026, 12, 5)
    assert set(event) == {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "CLASS", "TRANSP", "DTSTART", "DTEND")
    }
    assert not event.subcomponents, "no alarm"
    lines = response.content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines), "RFC 5545, 3.1"
    assert b"\n" not in b"".join(lines)


def test_a_deadline_of_an_hour_is_at_its_hour_and_one_of_a_day_is_all_day(
    client: Client, staff: Staff, now: datetime
) -> None:
    case = of(staff.analyst, now)
    Clock.objects.create(
        case=case, rule="epoc_emergency", event_at=now, due_at=now + 8 * HOUR, explanation="x", source="x"
    )
    starts = [event["DTSTART"].dt for event in events(client, path_of(staff.analyst, now))]
    assert starts == [now + 8 * HOUR, date(2026, 12, 5)]


def test_a_deadline_that_moves_keeps_its_name_and_says_that_it_changed(
    client: Client, staff: Staff, now: datetime
) -> None:
    case, path = of(staff.analyst, now), path_of(staff.analyst, now)
    [before] = events(client, path)
    assert client.get(path).content == client.get(path).content
    later = now + HOUR
    with time_machine.travel(later, tick=False):
        clock = case.clocks.get()
        extend_clock(
            clock_id=clock.pk, last_day=date(2026, 12, 20), reason="They gave us time.", by=staff.ines, now=later
        )
        [after] = events(client, path)
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt == date(2026, 12, 20)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt == later


def test_what_is_met_past_or_too_far_away_is_not_in_it(
    client: Client, staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for fields in (
        {"state": ClockState.MET},
        {"due_at": now - HOUR},
        {"due_at": now + 400 * DAY},
        {"due_at": None},
        {"state": ClockState.PAUSED},
    ):
        Clock.objects.filter(case=of(staff.analyst, now)).update(**fields)
    path = path_of(staff.analyst, now)
    assert events(client, path) == []
    for days in (5, 6, 7):
        of(staff.analyst, now, days)
    monkeypatch.setattr("notifications.alerts.feed.MOST", 2)
    assert len(events(client, path)) == 2


def test_counsel_may_have_the_deadlines_of_all_open_cases_and_an_analyst_may_not(
    client: Client, staff: Staff, now: datetime
) -> None:
    of(staff.ines, now), of(staff.analyst, now)
    for user, number in ((staff.paul, 2), (staff.analyst, 1)):
        path = path_of(user, now)
        prefer(user, feed_of_all=True)
        assert len(events(client, path)) == number


def test_a_guess_a_closed_address_and_one_that_was_replaced_find_nothing(
    client: Client, staff: Staff, now: datetime
) -> None:
    of(staff.analyst, now)
    first = path_of(staff.analyst, now)
    second = path_of(staff.analyst, now)
    end = make_staff("Una Unactive", Role.ANALYST, since=now)
    of_inactive = path_of(end, now)
    User.objects.filter(pk=end.pk).update(is_active=False)
    unknown = client.get("/feeds/" + "x" * 43 + ".ics")
    for path in (first, of_inactive):
        response = client.get(path)
        assert (response.status_code, response.content) == (404, unknown.content)
    assert client.get(second).status_code == 200
    end_feed(by=staff.analyst, now=now)
    assert client.get(second).status_code == 404


def test_who_guesses_too_often_gets_no_answer_for_a_while(
    client: Client, staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.views.feed.SECONDS_TO_SAY_NO", 0)
    path = path_of(staff.analyst, now)
    for number in range(30):
        assert client.get(f"/feeds/guess{number}.ics").status_code == 404
    assert client.get(path).status_code == 429


def test_the_address_is_shown_once_and_only_a_hash_of_it_is_kept(client: Client, staff: Staff, now: datetime) -> None:
    client.force_login(staff.analyst)
    shown = client.post("/inbox/settings/feed/").content.decode()
    token = shown.partition("/feeds/")[2].partition(".ics")[0]
    assert len(token) == 43
    assert token not in client.get("/inbox/settings/").content.decode()
    assert token not in str(StaffPreferences.objects.filter(user=staff.analyst).values().get())
    assert Client().get(f"/feeds/{token}.ics").status_code == 200
    client.post("/inbox/settings/feed/end/")
    assert Client().get(f"/feeds/{token}.ics").status_code == 404


def test_a_sealed_case_is_in_nobodys_calendar_and_changes_no_byte(
    client: Client, staff: Staff, last_year: datetime, now: datetime
) -> None:
    compartment = sealed.compartment_of(staff, last_year)
    of(staff.ines, now), of(staff.ines, now, 9)
    paths = [path_of(user, now) for user in (staff.ines, staff.paul)]
    prefer(staff.paul, feed_of_all=True)
    without_it = [client.get(path).content for path in paths]
    hidden = of(staff.ines, now, 7)
    with_it_open = [client.get(path).content for path in paths]
    Case.objects.filter(pk=hidden.pk).update(compartment=compartment)
    assert [client.get(path).content for path in paths] == without_it
    assert with_it_open != without_it


def test_whose_calendar_named_a_case_is_listed_when_it_is_sealed(client: Client, staff: Staff, now: datetime) -> None:
    case = of(staff.analyst, now)
    path = path_of(staff.analyst, now)
    for _ in range(2):
        client.get(path)
    assert Sighting.objects.get(case=case).user == staff.analyst


def test_it_speaks_the_language_of_its_owner(client: Client, staff: Staff, now: datetime) -> None:
    of(staff.analyst, now)
    User.objects.filter(pk=staff.analyst.pk).update(language="fr")
    assert "NAME:Délais" in client.get(path_of(staff.analyst, now)).content.decode()


def test_a_name_with_commas_or_breaks_cannot_break_out_of_its_line(client: Client, staff: Staff, now: datetime) -> None:
    case = of(staff.analyst, now)
    Clock.objects.filter(case=case).update(rule="x,y;z\nBEGIN:VALARM")
    [event] = events(client, path_of(staff.analyst, now))
    assert not event.subcomponents
    assert datetime.now(UTC) - timedelta(days=1) < now
