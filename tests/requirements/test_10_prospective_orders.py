"""A pen register of 1 February 2026 stops on 2 April; an interception order entered on 1 May and not begun by the 11th
ends on 10 June. Past the end nothing more is delivered.
"""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import events, productions
from cases.actions.changing import Refused
from cases.actions.clock_changes import extend_clock, suspend_clock
from cases.actions.productions import Row
from cases.actions.questions import EndStandsStill
from cases.models import Case, Clock
from cases.rules.clocks import clock_rule
from cases.rules.deadlines import deadline, title_iii_start
from cases.states import ApprovalKind
from tests import lives
from tests.lives import Staff
from tests.requirements.days import OFFICE, at

SECOND = timedelta(seconds=1)


def test_a_pen_register_stops_after_sixty_days() -> None:
    assert deadline(clock_rule("pen_trap_end"), at("2026-02-01 00:00"), OFFICE, "US").due_at == at("2026-04-02 00:00")


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        pytest.param(None, "2026-06-10 00:00", id="not begun by 11 May: thirty days from day ten"),
        pytest.param("2026-05-04 00:00", "2026-06-03 00:00", id="begun on 4 May: thirty days from there"),
    ],
)
def test_an_interception_ends_thirty_days_after_it_began_or_after_the_tenth_day(began: str | None, ends: str) -> None:
    starts_at = title_iii_start(
        entered_at=at("2026-05-01 00:00"), began_at=at(began) if began else None, zone=OFFICE, country="US"
    )
    assert deadline(clock_rule("title_iii_end"), starts_at, OFFICE, "US").due_at == at(ends)


def entered(instrument: str, rule: str, when: datetime, staff: Staff) -> tuple[Case, Clock]:
    asked = "traffic" if instrument == "us_pen_register" else "content"
    case = lives.notice_pending(lives.received(when, instrument=instrument, asked=[asked]), staff, when)
    return case, events.record_event(case_id=case.pk, rule=rule, event_at=when, by=staff.ines, now=when)


def deliver(case: Case, staff: Staff, now: datetime) -> None:
    productions.propose_release(
        case_id=case.pk,
        kind=ApprovalKind.PRODUCE_PART,
        rows=[Row(case.targets.get().pk, case.asked[0], "produced")],
        files=(),
        reason="This week's data.",
        by=staff.ines,
        now=now,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("instrument", "rule", "entry", "end"),
    [
        ("us_pen_register", "pen_trap_end", "2026-02-01 00:00", "2026-04-02 00:00"),
        ("us_wiretap", "title_iii_end", "2026-05-01 00:00", "2026-06-10 00:00"),
    ],
)
def test_past_its_end_nothing_more_is_delivered(instrument: str, rule: str, entry: str, end: str, staff: Staff) -> None:
    case, clock = entered(instrument, rule, at(entry), staff)
    assert clock.due_at == at(end)
    deliver(case, staff, at(end) - SECOND)
    with pytest.raises(Refused, match="time is over"):
        deliver(case, staff, at(end))


@pytest.mark.django_db
def test_an_order_that_states_its_own_period_delivers_through_its_last_day_and_no_longer(staff: Staff) -> None:
    when = at("2026-09-04 12:00")
    briton = lives.carla(country="GB", nationality="GB", is_us_person=False)
    agency = lives.oseis_agency(when, country="GB")
    case = lives.received(when, instrument="cloud_act_uk", asked=["content"], agency=agency, customers=[briton])
    case = lives.notified(case, staff, when)
    when += timedelta(days=20)  # the days to object are over
    case = lives.answered_now(case, staff, when)
    with pytest.raises(Refused, match="until when it runs"):
        deliver(case, staff, when)
    order = {"case_id": case.pk, "rule": "order_end", "event_at": when, "by": staff.ines, "now": when}
    with pytest.raises(Refused, match="last day that the paper states"):
        events.record_event(**order)  # type: ignore[arg-type]
    clock = events.record_event(**order, last_day=date(2026, 12, 3))  # type: ignore[arg-type]
    assert clock.due_at == at("2026-12-04 00:00")
    deliver(case, staff, at("2026-12-04 00:00") - SECOND)
    with pytest.raises(Refused, match="time is over"):
        deliver(case, staff, at("2026-12-04 00:00"))
    further = order | {"event_at": when + timedelta(days=80)}
    assert events.record_event(**further, last_day=date(2027, 3, 3)).due_at == at("2027-03-04 00:00")  # type: ignore[arg-type]


@pytest.mark.django_db
def test_nobody_here_moves_the_end_that_a_court_set(staff: Staff) -> None:
    when = at("2026-02-01 00:00")
    _case, clock = entered("us_pen_register", "pen_trap_end", when, staff)
    with pytest.raises(EndStandsStill):
        suspend_clock(clock_id=clock.pk, reason="They asked.", by=staff.ines, now=when)
    with pytest.raises(EndStandsStill):
        extend_clock(clock_id=clock.pk, last_day=at("2026-05-01 00:00").date(), reason="x", by=staff.ines, now=when)
