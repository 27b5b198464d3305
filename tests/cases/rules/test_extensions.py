"""A clock that was let end later: the latest end holds, and only what stood still since then moves it."""

from datetime import date

import pytest

from cases.rules.clocks import clock_rule
from cases.rules.deadlines import Deadline, Pause, deadline
from cases.rules.extensions import Extension, NotLater, require_later, standing
from tests.cases.rules.days import DUBLIN, at

RECEIVED = at(DUBLIN, "2026-09-04 14:20")


def found(
    *extensions: tuple[int, str], pauses: tuple[tuple[str, str | None], ...] = (), code: str = "epoc_answer"
) -> Deadline | None:
    """Return the EPOC of 4 September, extended to days of September granted when, with pauses."""
    return standing(
        deadline(clock_rule(code), RECEIVED, DUBLIN, "IE"),
        [Pause(at(DUBLIN, start), at(DUBLIN, end) if end else None) for start, end in pauses],
        [Extension(date(2026, 9, day), at(DUBLIN, granted)) for day, granted in extensions],
        DUBLIN,
    )


@pytest.mark.parametrize(
    ("extensions", "pauses", "last_day"),
    [
        pytest.param([], (), 14, id="none: day ten"),
        pytest.param([(18, "2026-09-07 10:00")], (), 18, id="to its day"),
        pytest.param([(18, "2026-09-07 10:00"), (16, "2026-09-08 10:00")], (), 18, id="the latest end holds"),
        pytest.param([(18, "2026-09-07 10:00"), (20, "2026-09-08 10:00")], (), 20, id="twice"),
        pytest.param(
            [(18, "2026-09-10 10:00")],
            (("2026-09-07 10:00", "2026-09-09 10:00"),),
            18,
            id="what stood still before was known when the day was named",
        ),
        pytest.param(
            [(18, "2026-09-07 10:00")],
            (("2026-09-08 10:00", "2026-09-10 10:00"),),
            20,
            id="what stands still since then moves it",
        ),
        pytest.param(
            [(18, "2026-09-07 10:00")],
            (("2026-09-16 10:00", "2026-09-17 10:00"),),
            19,
            id="also in the time that the extension gave",
        ),
    ],
)
def test_an_epoc_of_4_september_runs_through_september(
    extensions: list[tuple[int, str]], pauses: tuple[tuple[str, str | None], ...], last_day: int
) -> None:
    extended = found(*extensions, pauses=pauses)
    assert extended is not None
    assert extended.last_day == date(2026, 9, last_day)


def test_the_explanation_and_the_steps_tell_all_of_it_in_its_order() -> None:
    extended = found((18, "2026-09-07 10:00"), pauses=(("2026-09-08 10:00", "2026-09-10 10:00"),))
    assert extended is not None
    assert extended.steps == (
        "receipt on 4 September 2026",
        "10 days after it: 14 September 2026",
        "extended to 18 September 2026",
        "the clock stood still for 2 days: 20 September 2026",
    )
    assert extended.explanation.endswith("; extended to 18 September 2026; " + extended.steps[-1])


def test_while_it_stands_still_in_the_time_granted_there_is_no_deadline() -> None:
    assert found((18, "2026-09-07 10:00"), pauses=(("2026-09-16 10:00", None),)) is None


def test_what_bars_until_the_tenth_day_bars_no_longer_and_no_shorter() -> None:
    extended = found((18, "2026-09-07 10:00"), code="epoc_answer_notified")
    assert extended is not None
    assert extended.not_before_at == at(DUBLIN, "2026-09-15 00:00")
    assert extended.due_at == at(DUBLIN, "2026-09-19 00:00")


def test_a_later_reading_is_not_offered_beside_a_day_that_was_named() -> None:
    on_a_saturday = standing(
        deadline(clock_rule("epoc_answer"), at(DUBLIN, "2026-09-02 09:00"), DUBLIN, "IE"),
        [],
        [Extension(date(2026, 9, 19), RECEIVED)],
        DUBLIN,
    )
    assert on_a_saturday is not None
    assert on_a_saturday.alternative == ""


def test_an_extension_ends_later_than_the_clock_does() -> None:
    due_at = at(DUBLIN, "2026-09-15 00:00")
    require_later(due_at, date(2026, 9, 15), DUBLIN)
    with pytest.raises(NotLater):
        require_later(due_at, date(2026, 9, 14), DUBLIN)
