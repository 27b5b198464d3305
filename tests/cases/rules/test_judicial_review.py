"""Where the judicial review of a gag stands."""

from datetime import date

import pytest

from cases.rules.judicial_review import REVIEWABLE, judicial_review

NOTIFIED, LAST_DAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("asked_on", "applied_on", "today", "state"),
    [
        pytest.param(None, None, NOTIFIED, "to_ask", id="nothing done yet"),
        pytest.param(NOTIFIED, None, LAST_DAY, "government_to_apply", id="its last day"),
        pytest.param(NOTIFIED, None, date(2026, 5, 2), "government_silent", id="the day after"),
        pytest.param(NOTIFIED, LAST_DAY, date(2026, 5, 2), "before_the_court", id="it applied"),
    ],
)
def test_a_review_stands(asked_on: date | None, applied_on: date | None, today: date, state: str) -> None:
    found = judicial_review("us_2709c", asked_on=asked_on, apply_until=LAST_DAY, applied_on=applied_on, today=today)
    assert found
    assert (found.state, found.source) == (state, "18 USC 3511(b)(1)(B)")


def test_a_letters_gag_alone_has_such_a_review() -> None:
    assert REVIEWABLE == ("us_2709c",)
    assert judicial_review("us_2705b", asked_on=None, apply_until=None, applied_on=None, today=NOTIFIED) is None
