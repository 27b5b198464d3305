"""An EPOC without notification is due on the tenth day after receipt, at 24:00; a weekend does not move it.

The Monday after is shown as arguable, and never used.
"""

from datetime import date

import pytest

from cases.models import Clock
from cases.rules.clocks import clock_rule
from cases.rules.deadlines import deadline
from tests import lives
from tests.requirements.days import OFFICE, at


@pytest.mark.parametrize(
    ("received", "due", "last_day", "alternative"),
    [
        pytest.param("2026-09-04 14:20", "2026-09-15 00:00", date(2026, 9, 14), "", id="Friday: Monday 14, 24:00"),
        pytest.param(
            "2026-09-02 09:00",
            "2026-09-13 00:00",
            date(2026, 9, 12),
            "arguable under Reg. 1182/71 Art. 3(4): 14 September 2026",
            id="Wednesday: Saturday 12, 24:00",
        ),
    ],
)
def test_an_epoc_is_due(received: str, due: str, last_day: date, alternative: str) -> None:
    found = deadline(clock_rule("epoc_answer"), at(received), OFFICE, "US")
    assert (found.due_at, found.last_day, found.alternative) == (at(due), last_day, alternative)


@pytest.mark.django_db
def test_its_clock_runs_from_the_receipt_of_the_case() -> None:
    received_at = at("2026-09-02 09:00")
    agency = lives.oseis_agency(received_at, country="DE", kind="court")
    case = lives.received(received_at, instrument="eu_epoc", agency=agency)
    clock = Clock.objects.get(case=case, rule="epoc_answer")
    assert (clock.event_at, clock.due_at, case.queue_at) == (received_at, at("2026-09-13 00:00"), clock.due_at)
    assert clock.alternative.endswith("14 September 2026")
