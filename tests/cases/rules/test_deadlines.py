"""The worked dates of every clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.clocks import CLOCKS, clock_rule
from cases.rules.deadlines import (
    Deadline,
    Pause,
    deadline,
    end_of,
    named_deadline,
    return_date_deadline,
    shifted,
    title_iii_start,
)
from tests.cases.rules.days import DUBLIN, LOS_ANGELES, NEW_YORK, at

FRIDAY = at(DUBLIN, "2026-09-04 14:20")
WEDNESDAY = at(DUBLIN, "2026-09-02 09:00")
MINUTE = timedelta(minutes=1)


def due(code: str, event_at: datetime, zone: ZoneInfo = DUBLIN, country: str = "IE") -> Deadline:
    return deadline(clock_rule(code), event_at, zone, country)


def test_an_epoc_received_on_friday_4_september_is_due_on_monday_the_14th_at_24_00() -> None:
    found = due("epoc_answer", FRIDAY)
    assert found.due_at == at(DUBLIN, "2026-09-15 00:00")
    assert found.last_day == date(2026, 9, 14)
    assert found.not_before_at is None
    assert found.alternative == ""
    assert found.source == "Reg. (EU) 2023/1543 Art. 10(3)"
    assert found.explanation == (
        "due 14 September 2026: 10 days from receipt on 4 September, weekends count, Reg. (EU) 2023/1543 Art. 10(3)"
    )


def test_an_epoc_due_on_a_saturday_stays_there_and_monday_is_shown_as_arguable() -> None:
    found = due("epoc_answer", WEDNESDAY)
    assert found.due_at == at(DUBLIN, "2026-09-13 00:00")
    assert found.alternative == "arguable under Reg. 1182/71 Art. 3(4): 14 September 2026"


def test_with_a_notified_authority_nothing_leaves_before_the_end_of_day_10() -> None:
    found = due("epoc_answer_notified", FRIDAY)
    assert found.not_before_at == found.due_at == at(DUBLIN, "2026-09-15 00:00")
    assert "not before the end of" in found.explanation


def test_an_emergency_epoc_of_14_20_is_due_at_22_20_and_23_00_is_shown_as_arguable() -> None:
    found = due("epoc_emergency", FRIDAY)
    assert found.due_at == at(DUBLIN, "2026-09-04 22:20")
    assert found.last_day is None
    assert found.alternative == "arguable under Reg. 1182/71 Art. 3(1): 4 September 2026 23:00 IST"


def test_an_emergency_epoc_of_the_full_hour_has_one_reading() -> None:
    assert due("epoc_emergency", at(DUBLIN, "2026-09-04 14:00")).alternative == ""


def test_hours_are_hours_that_pass_also_in_the_night_the_clock_goes_back() -> None:
    found = due("epoc_emergency", at(DUBLIN, "2026-10-24 20:00"))
    assert found.due_at == at(DUBLIN, "2026-10-25 03:00")


@pytest.mark.parametrize(
    ("code", "event", "expected"),
    [
        pytest.param("epoc_authority_objection", "2026-09-04 14:20", "2026-09-08 14:20", id="96 hours to object"),
        pytest.param("epoc_clarification", "2026-09-07 10:00", "2026-09-13 00:00", id="5 days to clarify an EPOC"),
        pytest.param("epoc_pr_clarification", "2026-09-07 10:00", "2026-09-13 00:00", id="exempt after 2026-09-12"),
        pytest.param("epoc_objection", "2026-09-04 14:20", "2026-09-15 00:00", id="Art. 17 by 2026-09-14"),
        pytest.param("epoc_pr_lapse", "2026-09-01 14:20", "2026-11-01 00:00", id="EPOC-PR lapses after 2026-10-31"),
        pytest.param("sca_preservation", "2026-01-15 09:00", "2026-04-16 00:00", id="2703(f) through 2026-04-15"),
        pytest.param("sca_2703h_motion", "2026-03-02 09:00", "2026-03-17 00:00", id="2703(h) by 2026-03-16"),
        pytest.param("sca_2703h_motion", "2026-06-05 09:00", "2026-06-20 00:00", id="Juneteenth is not shown later"),
        pytest.param("pen_trap_end", "2026-02-01 00:00", "2026-04-02 00:00", id="pen register stops 2026-04-02"),
        pytest.param("nsl_reciprocal_notice", "2026-04-01 09:00", "2026-05-02 00:00", id="3511 by 2026-05-01"),
        pytest.param("epoc_enforcement", "2026-09-04 14:20", "2026-09-15 00:00", id="5 working days, Labor Day"),
        pytest.param("fr_sisse_opinion", "2026-01-31 09:00", "2026-03-01 00:00", id="a month from 31 January"),
    ],
)
def test_the_clock_runs_out(code: str, event: str, expected: str) -> None:
    found = due(code, at(NEW_YORK, event), NEW_YORK, "US")
    assert found.due_at == at(NEW_YORK, expected)
    assert found.due_at.tzinfo is NEW_YORK


def test_a_rule_that_rolls_moves_over_the_holiday_and_the_weekend() -> None:
    rolling = replace(clock_rule("sca_2703h_motion"), roll="next_working_day")
    found = deadline(rolling, at(NEW_YORK, "2026-06-05 09:00"), NEW_YORK, "US")
    assert found.last_day == date(2026, 6, 22)
    assert found.steps[-1] == "not a working day, so 22 June 2026"


def test_the_day_of_receipt_is_the_receiving_offices_own() -> None:
    late_in_dublin = at(DUBLIN, "2026-09-05 02:00")  # still 4 September in Los Angeles
    assert due("epoc_answer", late_in_dublin, LOS_ANGELES, "US").last_day == date(2026, 9, 14)


@pytest.mark.parametrize(
    ("began", "expected"),
    [
        pytest.param(None, "2026-06-10 00:00", id="not begun by day 10: thirty days from there"),
        pytest.param("2026-05-04 00:00", "2026-06-03 00:00", id="begun before: thirty days from the interception"),
        pytest.param("2026-05-20 00:00", "2026-06-10 00:00", id="begun later: day 10 was earlier"),
    ],
)
def test_an_interception_order_entered_on_1_may_ends(began: str | None, expected: str) -> None:
    starts_at = title_iii_start(
        entered_at=at(NEW_YORK, "2026-05-01 00:00"),
        began_at=at(NEW_YORK, began) if began else None,
        zone=NEW_YORK,
        country="US",
    )
    assert due("title_iii_end", starts_at, NEW_YORK, "US").due_at == at(NEW_YORK, expected)


def test_a_return_date_counts_in_full_in_the_receiving_offices_zone() -> None:
    found = return_date_deadline(date(2026, 3, 20), LOS_ANGELES)
    assert found.due_at == at(LOS_ANGELES, "2026-03-21 00:00")
    assert found.explanation == "due 20 March 2026: the return date that the document states"


def pause(start: str, end: str | None) -> Pause:
    return Pause(at(DUBLIN, start), at(DUBLIN, end) if end else None)


@pytest.mark.parametrize(
    ("pauses", "last_day"),
    [
        pytest.param([], 14, id="none"),
        pytest.param([pause("2026-09-07 10:00", "2026-09-09 10:00")], 16, id="two days"),
        pytest.param([pause("2026-09-07 10:00", "2026-09-09 09:00")], 15, id="not quite two: rounded down, never late"),
        pytest.param(
            [pause("2026-09-07 10:00", "2026-09-09 10:00"), pause("2026-09-08 10:00", "2026-09-10 10:00")],
            17,
            id="overlapping pauses count once",
        ),
        pytest.param([pause("2026-09-15 00:00", "2026-09-20 00:00")], 14, id="begun when the time was over"),
        pytest.param(
            [pause("2026-09-14 12:00", "2026-09-16 12:00"), pause("2026-09-16 12:00", "2026-09-17 12:00")],
            17,
            id="the second begins in the time that the first one gave",
        ),
    ],
)
def test_a_clarification_moves_an_epoc_of_4_september_to_september(pauses: list[Pause], last_day: int) -> None:
    moved = shifted(due("epoc_answer", FRIDAY), pauses)
    assert moved is not None
    assert moved.last_day == date(2026, 9, last_day)
    assert moved.due_at == end_of(date(2026, 9, last_day), DUBLIN)


def test_while_a_question_is_out_there_is_no_deadline() -> None:
    assert shifted(due("epoc_answer", FRIDAY), [pause("2026-09-07 10:00", None)]) is None


def test_a_day_before_which_nothing_leaves_moves_by_whole_days_rounded_up() -> None:
    moved = shifted(due("epoc_answer_notified", FRIDAY), [pause("2026-09-07 10:00", "2026-09-09 09:00")])
    assert moved is not None
    assert moved.not_before_at == moved.due_at == at(DUBLIN, "2026-09-17 00:00")


def test_a_deadline_in_hours_moves_to_the_minute() -> None:
    moved = shifted(due("epoc_emergency", FRIDAY), [pause("2026-09-04 15:00", "2026-09-04 15:45")])
    assert moved is not None
    assert moved.due_at == at(DUBLIN, "2026-09-04 23:05")
    assert moved.explanation.endswith("the clock stood still for 45 minutes: 4 September 2026 23:05 IST")


def test_a_pause_over_the_change_of_the_clock_lasts_as_long_as_it_lasts() -> None:
    original = due("epoc_answer", at(DUBLIN, "2026-10-20 10:00"))
    moved = shifted(original, [pause("2026-10-24 12:00", "2026-10-25 11:00")])  # 24 hours, though the clocks say 23
    assert moved is not None
    assert moved.last_day == date(2026, 10, 31)


def test_a_day_that_the_paper_names_counts_in_full_where_it_is_received() -> None:
    found = named_deadline(clock_rule("order_end"), date(2027, 3, 14), LOS_ANGELES)  # the clock changes on that day
    assert (found.due_at, found.last_day) == (at(LOS_ANGELES, "2027-03-15 00:00"), date(2027, 3, 14))
    assert found.explanation.startswith("through 14 March 2027: the period that the order states")


instants = st.integers(0, 6 * 365 * 24 * 60).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + minutes * MINUTE)


@given(code=st.sampled_from(sorted(code for code, rule in CLOCKS.items() if rule.unit != "named")), event_at=instants)
def test_a_deadline_is_after_its_event_and_an_alternative_is_never_the_deadline(code: str, event_at: datetime) -> None:
    found = due(code, event_at, LOS_ANGELES, "US")
    assert found.due_at > event_at
    assert found.not_before_at in {None, found.due_at}
    assert found.last_day is None or found.due_at == end_of(found.last_day, LOS_ANGELES)


@given(event_at=instants, lengths=st.lists(st.integers(0, 200), max_size=4))
def test_pauses_never_bring_a_deadline_forward_nor_give_more_than_their_length(
    event_at: datetime, lengths: list[int]
) -> None:
    original = due("epoc_answer", event_at)
    pauses = [Pause(event_at, event_at + timedelta(hours=hours)) for hours in lengths]
    moved = shifted(original, pauses)
    assert moved is not None
    longest = timedelta(hours=max(lengths, default=0))
    one_clock_change = timedelta(hours=1)
    assert original.due_at <= moved.due_at
    assert moved.due_at.astimezone(UTC) - original.due_at.astimezone(UTC) <= longest + one_clock_change
