"""Several clocks on one case, told in time (invariant 13), each with its rule."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import events
from cases.actions.changing import Refused
from cases.actions.clockwork import run_clocks
from cases.models import Case
from cases.models.case import NEVER
from cases.states import ClockState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

SEPTEMBER_4 = datetime.fromisoformat("2026-09-04T14:20:00-07:00")


def epoc(now: datetime, **fields: object) -> Case:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    return lives.received(now, instrument="eu_epoc", agency=agency, **fields)  # type: ignore[arg-type]


def test_an_epoc_is_due_ten_days_after_receipt_weekends_included() -> None:
    clock = epoc(SEPTEMBER_4).clocks.get(rule="epoc_answer")
    assert clock.due_at == datetime.fromisoformat("2026-09-15T00:00:00-07:00")
    assert "Art. 10(3)" in clock.source


def test_a_notified_authority_bars_an_earlier_answer_until_it_confirms(staff: Staff) -> None:
    case = lives.notice_pending(epoc(SEPTEMBER_4, authority_notified=True), staff, SEPTEMBER_4)
    with pytest.raises(Refused, match="not before"):
        lives.answer_proposed(case, staff, SEPTEMBER_4 + timedelta(days=3))
    events.record_authority_answer(case_id=case.pk, refused=False, by=staff.ines, now=SEPTEMBER_4)
    lives.answer_proposed(lives.again(case), staff, SEPTEMBER_4 + timedelta(days=3))


def test_an_authority_notified_after_receipt_bars_an_earlier_answer_too(staff: Staff) -> None:
    case = lives.notice_pending(epoc(SEPTEMBER_4), staff, SEPTEMBER_4)
    events.record_authority_notified(case_id=case.pk, by=staff.analyst, now=SEPTEMBER_4)
    with pytest.raises(Refused, match="not before"):
        lives.answer_proposed(lives.again(case), staff, SEPTEMBER_4 + timedelta(days=3))
    with pytest.raises(Refused, match="on record already"):
        events.record_authority_notified(case_id=case.pk, by=staff.analyst, now=SEPTEMBER_4)


def test_an_authority_that_refuses_bars_the_answer_for_good(staff: Staff) -> None:
    case = lives.notice_pending(epoc(SEPTEMBER_4, authority_notified=True), staff, SEPTEMBER_4)
    events.record_authority_answer(case_id=case.pk, refused=True, by=staff.ines, now=SEPTEMBER_4)
    with pytest.raises(Refused, match="for good"):
        lives.answer_proposed(lives.again(case), staff, SEPTEMBER_4 + timedelta(days=60))


def test_a_pen_register_delivers_until_its_sixtieth_day_and_no_longer(staff: Staff) -> None:
    february_1 = datetime.fromisoformat("2026-02-01T00:00:00-08:00")
    case = lives.received(february_1, instrument="us_pen_register", asked=["traffic"])
    clock = events.record_event(
        case_id=case.pk, rule="pen_trap_end", event_at=february_1, by=staff.analyst, now=february_1
    )
    assert clock.due_at == datetime.fromisoformat("2026-04-02T00:00:00-07:00")
    with pytest.raises(Refused, match="already"):
        events.record_event(case_id=case.pk, rule="pen_trap_end", event_at=february_1, by=staff.analyst, now=february_1)


def test_an_interception_not_begun_ends_thirty_days_after_the_tenth(staff: Staff) -> None:
    may_1 = datetime.fromisoformat("2026-05-01T00:00:00-07:00")
    case = lives.received(may_1, instrument="us_wiretap", asked=["content"])
    clock = events.record_event(case_id=case.pk, rule="title_iii_end", event_at=may_1, by=staff.analyst, now=may_1)
    assert clock.due_at
    assert clock.due_at.date() == date(2026, 6, 10)


def test_a_deadline_is_warned_of_once_and_escalated_once(staff: Staff, now: datetime) -> None:
    case = lives.received(now, return_date=date(2026, 12, 4))
    for at in ("2026-12-03T12:00:00+00:00", "2026-12-04T12:00:00+00:00", "2026-12-04T12:00:00+00:00"):
        run_clocks(now=datetime.fromisoformat(at))
    kinds = [entry.payload["kind"] for entry in LedgerEntry.objects.filter(stream=case.stream)]
    assert (kinds.count("deadline_warned"), kinds.count("deadline_passed")) == (1, 0)
    for _ in range(2):
        run_clocks(now=datetime.fromisoformat("2027-01-20T12:00:00+00:00"))
    kinds = [entry.payload["kind"] for entry in LedgerEntry.objects.filter(stream=case.stream)]
    assert kinds.count("deadline_passed") == 1


def test_a_clock_that_no_answer_meets_runs_out_by_itself(staff: Staff) -> None:
    case = epoc(SEPTEMBER_4)
    run_clocks(now=SEPTEMBER_4 + timedelta(days=11))
    assert case.clocks.get(rule="epoc_objection").state == ClockState.OVER
    assert case.clocks.get(rule="epoc_answer").state == ClockState.RUNNING


def test_the_queue_stands_at_the_nearest_running_clock(staff: Staff, now: datetime) -> None:
    assert lives.received(now).queue_at == NEVER
    case = lives.received(now, return_date=date(2026, 12, 4))
    assert case.queue_at == datetime.fromisoformat("2026-12-05T00:00:00-08:00")
    case = lives.rejected(case, staff, now)
    assert case.queue_at == NEVER


def test_a_deadline_that_ends_with_its_day_is_said_as_that_day(now: datetime) -> None:
    assert lives.received(now, return_date=date(2026, 12, 4)).due_date == date(2026, 12, 4)
    assert lives.received(now).due_date is None
