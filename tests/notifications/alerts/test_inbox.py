"""The inbox: what somebody was told, what they do with it, and how they say when they are to be told."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Compartment, User
from cases.models import Case, Clock
from cases.states import ClockState
from ledger.models import LedgerEntry
from notifications.actions.alerting import keep, recompute_alerts
from notifications.alerts.kinds import AlertKind
from notifications.alerts.queries import number_unseen
from notifications.models import Alert, StaffPreferences, Telling
from tests import lives
from tests.config.shell import looking
from tests.lives import Staff
from tests.notifications.alerts.scene import DAY, HOUR, overdue

pytestmark = pytest.mark.django_db


def page(client: Client, path: str = "/inbox/") -> str:
    return client.get(path).content.decode()


@pytest.fixture
def ana(client: Client, analyst: User, staff: Staff) -> Client:
    client.force_login(analyst)
    return client


@pytest.fixture(autouse=True)
def _the_hour(now: datetime) -> object:
    with time_machine.travel(now, tick=False):
        yield


def test_it_shows_what_waits_urgent_first_and_counts_what_is_new_beside_the_menu(ana: Client, now: datetime) -> None:
    late, emergency = overdue(now), lives.received(now, danger_claimed=True)
    recompute_alerts(now=now)
    body = page(ana)
    assert body.index(emergency.reference) < body.index(late.reference)
    assert '<span class="count count--hot">2</span>' in body
    assert "New emergency" in body
    assert "Deadline passed" in body


def test_an_empty_inbox_says_so(ana: Client) -> None:
    assert "Nothing waits for you" in page(ana)
    assert "Nobody has taken anything" in page(ana, "/inbox/?show=taken")
    assert "Nothing was done lately" in page(ana, "/inbox/?show=resolved")


def test_opening_an_alert_is_seeing_it_and_leads_to_where_it_is_dealt_with(
    ana: Client, staff: Staff, now: datetime
) -> None:
    case = overdue(now)
    failed = lives.notified(lives.received(now), staff, now)
    lives.fail(failed.duties.get(), now)
    recompute_alerts(now=now)
    assert ana.head(f"/inbox/{case.reference}/1/").status_code == 302
    assert not Telling.objects.filter(user=staff.analyst, seen_at__isnull=False).exists()
    assert ana.get(f"/inbox/{case.reference}/1/").headers["Location"] == case.get_absolute_url()
    assert Telling.objects.get(user=staff.analyst, alert__case=case).seen_at == now
    places = [ana.get(f"/inbox/{failed.reference}/{number}/") for number in (1, 2)]
    assert f"/notices/{failed.reference}/1/" in [one.headers.get("Location") for one in places]
    assert ana.get(f"/inbox/{case.reference}/2/").status_code == 404


def test_an_approval_leads_to_its_proposal(client: Client, staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now - 15 * DAY)
    approval = lives.answer_proposed(case, staff, now)
    recompute_alerts(now=now)
    client.force_login(staff.paul)
    numbers = range(1, Alert.objects.filter(case=case).count() + 1)
    places = [client.get(f"/inbox/{case.reference}/{number}/").headers.get("Location") for number in numbers]
    assert f"{case.get_absolute_url()}approvals/{approval.digest}/" in places


def test_several_are_marked_as_seen_taken_and_given_back(ana: Client, staff: Staff, now: datetime) -> None:
    cases = [overdue(now) for _ in range(3)]
    recompute_alerts(now=now)
    names = [f"{case.reference}:1" for case in cases]
    ana.post("/inbox/mark/", {"alert": names[:2], "do": "see"})
    assert number_unseen(staff.analyst) == 1
    response = ana.post("/inbox/mark/", {"alert": names, "do": "take"}, follow=True)
    assert "You took 3 alerts." in response.content.decode()
    assert number_unseen(staff.ines) == 0, "what a colleague took waits for nobody else"
    taken = page(ana, "/inbox/?show=taken")
    assert all(case.reference in taken for case in cases)
    assert "Ana Analyst" in taken
    ana.post("/inbox/mark/", {"alert": names[0], "do": "give-back", "back": "/inbox/?show=taken"})
    assert Alert.objects.filter(taken_by=None).count() == 1


@pytest.mark.parametrize("typed", ["", "x", "WD-2026-MD3BVP8KR:1", ":1", "WD-2026-MD3BVP8KR:99999999999", "1"])
def test_a_name_of_no_alert_changes_nothing(typed: str, ana: Client, now: datetime) -> None:
    overdue(now)
    recompute_alerts(now=now)
    response = ana.post("/inbox/mark/", {"alert": typed, "do": "take", "back": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/inbox/"
    assert not Alert.objects.filter(taken_by__isnull=False).exists()


def test_what_is_done_stays_for_fourteen_days(ana: Client, now: datetime) -> None:
    case = overdue(now)
    recompute_alerts(now=now)
    Clock.objects.filter(case=case).update(state=ClockState.MET)
    recompute_alerts(now=now)
    assert case.reference not in page(ana)
    assert case.reference in page(ana, "/inbox/?show=resolved")
    with time_machine.travel(now + 14 * DAY, tick=False):
        ana.force_login(User.objects.get(email="ana@provider.example"))
        assert case.reference not in page(ana, "/inbox/?show=resolved")


def test_a_kind_alone_is_shown_and_one_that_does_not_exist_is_none(ana: Client, now: datetime) -> None:
    late, emergency = overdue(now), lives.received(now, danger_claimed=True)
    recompute_alerts(now=now)
    body = page(ana, "/inbox/?kind=emergency")
    assert emergency.reference in body
    assert late.reference not in body
    assert late.reference in page(ana, "/inbox/?kind=nonsense&show=nonsense&page=99")


def test_a_page_asks_as_much_for_many_alerts_as_for_few(
    ana: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(60):
        lives.received(now, danger_claimed=True)
    recompute_alerts(now=now)
    with django_assert_max_num_queries(12):
        body = page(ana)
    assert "1 to 50 of 60" in body


def test_an_administrator_sees_what_came_up_its_reference_and_kind_and_no_way_in(
    client: Client, administrator: User, staff: Staff, now: datetime
) -> None:
    case = overdue(now, assignee=staff.analyst)
    for hours in range(15):
        recompute_alerts(now=now + hours * HOUR)
    client.force_login(administrator)
    body = page(client)
    assert case.reference in body
    assert f"/inbox/{case.reference}" not in body
    assert "late" not in body
    assert client.get(f"/inbox/{case.reference}/1/").status_code == 403
    Case.objects.filter(pk=case.pk).update(compartment=Compartment.objects.create(code="circle", name="Circle"))
    assert case.reference not in page(client)
    assert number_unseen(User.objects.get(pk=administrator.pk)) == 0


def test_a_publisher_is_told_of_what_concerns_no_case(client: Client, publisher: User, now: datetime) -> None:
    keep(AlertKind.CANARY, {"canary:warrant": now + DAY}, now=now)
    recompute_alerts(now=now)
    client.force_login(publisher)
    assert "Canary due" in page(client)
    client.post("/inbox/mark/", {"alert": ":1", "do": "take"})
    assert Alert.objects.get().taken_by == publisher


def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    for path in ("/inbox/", "/inbox/settings/"):
        assert client.get(path).headers["Location"].startswith("/sign-in/")


WISHES = {"digest": "on", "digest_hour": "14", "weekdays": ["1", "3"], "at_once": "on"}


def test_somebody_chooses_when_they_are_told_and_who_stands_in(ana: Client, staff: Staff, now: datetime) -> None:
    absence = {"away_from": "2026-12-01", "away_until": "2026-12-24", "deputy": staff.ines.email}
    assert ana.post("/inbox/settings/", WISHES | absence).status_code == 302
    saved = StaffPreferences.objects.get(user=staff.analyst)
    assert (saved.digest_hour, saved.weekdays, saved.deputy) == (14, [1, 3], staff.ines)
    entry = LedgerEntry.objects.filter(stream="staff").latest("seq").payload
    assert (entry["kind"], entry["last_day"], entry["deputy"]) == ("absence_set", "2026-12-24", staff.ines.pk)
    body = page(ana, "/inbox/settings/")
    assert "2026-12-24" in body
    before = LedgerEntry.objects.count()
    ana.post("/inbox/settings/", WISHES | absence | {"digest_hour": "15"})
    assert LedgerEntry.objects.count() == before, "only an absence is on record"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"away_from": "2026-12-01"}, "Enter the last day on which you are away."),
        ({"away_until": "2026-12-01"}, "Enter the first day on which you are away."),
        ({"away_from": "2026-12-03", "away_until": "2026-12-01"}, "Enter a last day that is not before the first."),
        ({"away_from": "2026-11-01", "away_until": "2026-11-29"}, "Enter a last day that is still to come"),
        ({"weekdays": []}, "Choose at least one day, or no digest."),
        ({"deputy": "ana@provider.example"}, "Select a valid choice"),
        ({"digest_hour": "24"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(wrong: dict[str, object], sentence: str, ana: Client) -> None:
    response = ana.post("/inbox/settings/", WISHES | wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_case_that_was_sealed_vanishes_from_the_inbox_of_who_is_outside(
    ana: Client, staff: Staff, now: datetime
) -> None:
    case = overdue(now)
    recompute_alerts(now=now)
    assert case.reference in page(ana)
    Case.objects.filter(pk=case.pk).update(compartment=Compartment.objects.create(code="circle", name="Circle"))
    for show in ("", "?show=taken", "?show=resolved"):
        assert case.reference not in page(ana, f"/inbox/{show}")
    assert ana.get(f"/inbox/{case.reference}/1/").status_code == 404
    ana.post("/inbox/mark/", {"alert": f"{case.reference}:1", "do": "take"})
    assert Alert.objects.get().taken_by is None
    assert number_unseen(staff.analyst) == 0


@pytest.mark.parametrize("path", ["/inbox/", "/inbox/?show=taken", "/inbox/?show=resolved", "/inbox/settings/"])
def test_the_pages_hold_nothing_inline_and_refer_to_ids_that_exist(path: str, ana: Client, now: datetime) -> None:
    overdue(now)
    recompute_alerts(now=now)
    assert looking.faults_of_source(page(ana, path)) == []
