"""A notice of 2 March 2026 with seven days: due 20 March, nothing is released before 20 March; due 5 March, not before
the end of 9 March, and an extension is asked for. An objection holds everything.
"""

from datetime import date, datetime, timedelta

import pytest

from cases.actions import objections
from cases.actions.changing import Refused
from cases.models import LetterKind
from cases.rules.windows import objection_window
from tests import lives
from tests.cases.rules.days import NEW_YORK, at
from tests.lives import Staff

DELIVERED = at(NEW_YORK, "2026-03-02 09:30")


@pytest.mark.parametrize(
    ("return_date", "ends", "extension_wanted"),
    [
        pytest.param(date(2026, 3, 20), "2026-03-20 00:00", False, id="due 20 March"),
        pytest.param(date(2026, 3, 5), "2026-03-10 00:00", True, id="due 5 March: all of 9 March"),
    ],
)
def test_it_lasts_for_the_later_of_seven_days_and_the_return_date(
    return_date: date, ends: str, extension_wanted: bool
) -> None:
    found = objection_window(
        delivered_at=DELIVERED,
        zone=NEW_YORK,
        days=7,
        calendar="calendar",
        country="US",
        rule="later_of",
        return_date=return_date,
    )
    assert (found.ends_at, found.extension_wanted) == (at(NEW_YORK, ends), extension_wanted)


@pytest.mark.django_db
def test_an_extension_is_drafted_at_once_where_the_return_date_comes_first(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now, return_date=date(2026, 12, 3)), staff, now)
    assert case.letters.get().kind == LetterKind.EXTENSION
    with pytest.raises(Refused, match="may still object"):
        lives.answer_proposed(case, staff, now + timedelta(days=4))


@pytest.mark.django_db
def test_an_objection_holds_what_the_window_would_let_go(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    objections.receive_objection(duty_id=case.duties.get().pk, text="I object.", now=now)
    with pytest.raises(Refused, match="objected"):
        lives.answer_proposed(case, staff, now + timedelta(days=15))
