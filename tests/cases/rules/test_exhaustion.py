"""When every remedy is exhausted, and what is open until when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.exhaustion import Stage, exhaustion

FILE_UNTIL, MARCH_2, MARCH_16 = date(2026, 2, 16), date(2026, 3, 2), date(2026, 3, 16)


def stage(
    forum: str = "D. Or.",
    *,
    filed: date | None = date(2026, 2, 10),
    decided: date | None = None,
    until: date | None = None,
    appealed: date | None = None,
) -> Stage:
    return Stage(forum, filed_on=filed, decided_on=decided, appealed_on=appealed, appeal_until=until)


LOST = stage(decided=MARCH_2, until=MARCH_16)
APPEALED = stage(decided=MARCH_2, until=MARCH_16, appealed=date(2026, 3, 10))


@pytest.mark.parametrize(
    ("stages", "today", "open_", "until"),
    [
        pytest.param([], MARCH_2, "not_filed", FILE_UNTIL, id="no instance yet"),
        pytest.param([stage(filed=None)], MARCH_2, "not_filed", FILE_UNTIL, id="not filed yet"),
        pytest.param([stage()], MARCH_2, "undecided", None, id="the court thinks"),
        pytest.param([LOST], MARCH_16, "appealable", MARCH_16, id="the last day to appeal"),
        pytest.param([LOST], date(2026, 3, 17), "", None, id="the day after"),
        pytest.param([stage(decided=MARCH_2)], MARCH_2, "", None, id="no appeal lies"),
        pytest.param([APPEALED], date(2026, 4, 1), "appealed", None, id="appealed, the next one unknown"),
        pytest.param([APPEALED, stage("9th Cir.")], date(2026, 4, 1), "undecided", None, id="appealed and undecided"),
        pytest.param(
            [APPEALED, stage("9th Cir.", decided=date(2026, 5, 4))], date(2026, 5, 4), "", None, id="it decided last"
        ),
    ],
)
def test_what_is_open(stages: list[Stage], today: date, open_: str, until: date | None) -> None:
    found = exhaustion(stages, file_until=FILE_UNTIL, today=today)
    assert (found.open, found.until, found.exhausted) == (open_, until, open_ == "")


def test_the_finding_says_who_decided_last_and_each_step_before() -> None:
    second = stage("9th Cir.", filed=date(2026, 3, 10), decided=date(2026, 5, 4), until=date(2026, 6, 3))
    found = exhaustion([APPEALED, second], file_until=FILE_UNTIL, today=date(2026, 6, 4))
    assert found.explanation == "every remedy is exhausted: 9th Cir. decided last and nobody appealed in time"
    assert found.steps == (
        "D. Or., filed 10 February 2026, decided 2 March 2026, could be appealed until 16 March 2026, "
        "appealed 10 March 2026",
        "9th Cir., filed 10 March 2026, decided 4 May 2026, could be appealed until 3 June 2026",
    )


@given(until=st.dates(MARCH_2, date(2026, 12, 31)), days=st.integers(-30, 30))
def test_what_is_exhausted_stays_so(until: date, days: int) -> None:
    today = until + timedelta(days)
    lost = [stage(decided=MARCH_2, until=until)]
    assert exhaustion(lost, file_until=FILE_UNTIL, today=today).exhausted is (today > until)
    if today > until:
        assert exhaustion(lost, file_until=FILE_UNTIL, today=today + timedelta(1)).exhausted
