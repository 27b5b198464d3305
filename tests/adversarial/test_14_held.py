"""Invariant 14. A restored installation, and what an import brought, do nothing by themselves."""

import getpass
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Role, User
from cases.actions import installation, productions
from cases.actions.changing import NotForYou, Refused
from cases.actions.clockwork import run_clocks
from cases.actions.installation import InstallationHeld, OrdersNotAsked, hold_installation, release_installation
from cases.actions.second_person import NotIndependent, SecondPersonRequired
from cases.models import Case, Clock, HoldReason, InstallationHold, NoticeDuty
from cases.queries.installation import hold_in_force
from cases.silence import why_silent
from cases.states import ApprovalState, CaseState, DutyState
from ledger.models import LedgerEntry
from reports import actions as reports
from reports.models import PublishedReport
from reports.rules.periods import period
from tests import lives
from tests.fixtures.staff import PASSWORD, make_staff
from tests.lives import Staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def held(now: datetime) -> InstallationHold:
    """The installation came back from a backup an hour ago."""
    return hold_installation(because=HoldReason.RESTORED, now=now - timedelta(hours=1))


def release(first: User, second: User, now: datetime, *, orders_recorded: bool = True) -> None:
    release_installation(first=first, second=second, orders_recorded=orders_recorded, now=now)


def test_a_held_installation_tells_nobody(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    assert why_silent(case, case.duties.get(), now) is None
    hold_installation(because=HoldReason.RESTORED, now=now)
    assert "held" in (why_silent(case, case.duties.get(), now) or "")


def test_a_held_installation_releases_no_production_not_even_an_approved_one(staff: Staff, now: datetime) -> None:
    case, later = lives.notified(lives.received(now), staff, now), now + 15 * DAY
    approval = lives.approved(lives.answer_proposed(case, staff, later), staff, later)
    hold_installation(because=HoldReason.RESTORED, now=later)
    with pytest.raises(InstallationHeld):
        productions.release(approval_id=approval.pk, by=staff.ines, now=later)
    release(staff.ines, staff.paul, later)
    productions.release(approval_id=approval.pk, by=staff.ines, now=later)
    assert lives.again(case).state == CaseState.ANSWERED


def test_a_held_installation_publishes_nothing(held: InstallationHold, publisher: User, now: datetime) -> None:
    with pytest.raises(reports.Refused, match="held"):
        reports.publish(period("2018-H2"), by=publisher, now=now)
    assert not PublishedReport.objects.exists()


def test_every_page_of_staff_says_that_it_is_held(staff: Staff, client: Client, now: datetime) -> None:
    client.force_login(staff.ines)
    assert "installation is held" not in client.get("/").text
    hold_installation(because=HoldReason.RESTORED, now=now)
    assert "This installation is held" in client.get("/").text


def test_while_held_no_basis_ends_and_no_approval_falls_but_deadlines_are_told(staff: Staff, now: datetime) -> None:
    case = lives.received(now, return_date=(now + 5 * DAY).date())
    case = lives.withheld(case, staff, now, last_day=now.date())
    hold_installation(because=HoldReason.RESTORED, now=now)
    run_clocks(now=now + 30 * DAY)
    assert case.duties.get().state == DutyState.WITHHELD
    assert not Clock.objects.filter(case=case, due_at__lte=now + 30 * DAY, escalated_at=None).exists()
    release(staff.ines, staff.paul, now + 30 * DAY)
    run_clocks(now=now + 30 * DAY)
    assert case.duties.get().state == DutyState.PENDING


def test_one_person_cannot_release_it(held: InstallationHold, staff: Staff, now: datetime, last_year: datetime) -> None:
    alias = make_staff("Ines2 Counsel", Role.COUNSEL, since=last_year)
    alias.person = staff.ines.person
    alias.save()
    for second in (staff.ines, alias):
        with pytest.raises(SecondPersonRequired):
            release(staff.ines, second, now)
    assert hold_in_force() == held


def test_two_people_without_counsel_cannot_release_it(
    held: InstallationHold, staff: Staff, administrator: User, now: datetime, last_year: datetime
) -> None:
    other = make_staff("Adam Administrator", Role.ADMINISTRATOR, since=last_year)
    for pair in ((administrator, other), (staff.ines, staff.analyst)):
        with pytest.raises(NotForYou):
            release(*pair, now)
    assert hold_in_force() == held


def test_a_counsel_made_for_the_purpose_does_not_count(held: InstallationHold, staff: Staff, now: datetime) -> None:
    friend = make_staff("Fritz Friend", Role.COUNSEL, since=now - timedelta(hours=2), by=staff.ines)
    for pair in ((staff.ines, friend), (friend, staff.ines)):
        with pytest.raises(NotIndependent):
            release(*pair, now)


def test_it_is_not_released_before_somebody_says_that_the_orders_since_are_recorded(
    held: InstallationHold, staff: Staff, now: datetime
) -> None:
    with pytest.raises(OrdersNotAsked, match="every order not to tell"):
        release(staff.ines, staff.paul, now, orders_recorded=False)
    assert hold_in_force() == held


def test_the_database_takes_no_release_by_one(held: InstallationHold, staff: Staff, now: datetime) -> None:
    holds = InstallationHold.objects.filter(pk=held.pk)
    for one in ({}, {"released_by": staff.ines}, {"released_by": staff.ines, "second_person": staff.ines}):
        with pytest.raises(IntegrityError), transaction.atomic():
            holds.update(released_at=now, **one)


def test_it_is_held_once_however_often_it_is_held_and_the_ledger_says_when_and_by_whom_it_went_on(
    held: InstallationHold, staff: Staff, now: datetime
) -> None:
    assert hold_installation(because=HoldReason.ROLLED_BACK, now=now) == held
    release(staff.ines, staff.paul, now)
    with pytest.raises(installation.NotHeld):
        release(staff.ines, staff.paul, now)
    written = LedgerEntry.objects.filter(stream="system").order_by("seq").values_list("payload", flat=True)
    assert [entry["kind"] for entry in written] == ["installation_held", "installation_released"]
    assert (written[1]["by"], written[1]["second"]) == (staff.ines.pk, staff.paul.pk)


def test_the_command_shows_what_waits_and_asks_both_for_their_passwords(
    held: InstallationHold,
    staff: Staff,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: PASSWORD if "ines" in prompt else "guessed")
    with pytest.raises(CommandError, match="not its password"):
        call_command("release_hold", staff.ines.email, staff.paul.email, "--orders-recorded")
    assert "It was restored from a backup." in capsys.readouterr().out
    assert hold_in_force() == held
    monkeypatch.setattr(getpass, "getpass", lambda prompt: PASSWORD)
    with pytest.raises(CommandError, match="First record every order"):
        call_command("release_hold", staff.ines.email, staff.paul.email)
    call_command("release_hold", staff.ines.email, staff.paul.email, "--orders-recorded")
    assert hold_in_force() is None


def test_an_imported_case_does_nothing_by_itself_while_it_is_held(staff: Staff, now: datetime) -> None:
    case = lives.withheld(lives.received(now, return_date=now.date()), staff, now, last_day=now.date())
    approval = lives.answer_proposed(case, staff, now)
    Case.objects.filter(pk=case.pk).update(is_held=True)
    run_clocks(now=now + 30 * DAY)
    assert case.duties.get().state == DutyState.WITHHELD
    assert lives.again(case).state == CaseState.NOTICE_WITHHELD
    assert type(approval).objects.get(pk=approval.pk).state == ApprovalState.PROPOSED
    NoticeDuty.objects.filter(case=case).update(state=DutyState.PENDING, basis="", order=None, due_at=now)
    assert "operator" in (why_silent(lives.again(case), case.duties.get(), now + 30 * DAY) or "")


def test_what_is_held_is_never_settled_as_if_everybody_had_been_told(staff: Staff, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    Case.objects.filter(pk=case.pk).update(is_held=True)
    NoticeDuty.objects.filter(case=case).update(state=DutyState.NOT_OWED, basis="imported")
    lives.clear(case, staff, now)
    case = lives.again(case)
    assert case.state == CaseState.NOTICE_PENDING
    with pytest.raises(Refused):
        lives.answer_proposed(case, staff, now)
