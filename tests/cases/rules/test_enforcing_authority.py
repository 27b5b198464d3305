"""The enforcing authority of an EPOC: Reg. (EU) 2023/1543 Arts. 8, 10(2), 12."""

from datetime import datetime

import pytest

from cases.rules.clocks import clock_rule
from cases.rules.deadlines import deadline
from cases.rules.enforcing_authority import effect_of_objection, producible_from
from cases.rules.nondisclosure import UNTIL_LIFTED
from tests.cases.rules.days import DUBLIN, at

RECEIVED = at(DUBLIN, "2026-09-04 14:20")
END_OF_DAY_10 = at(DUBLIN, "2026-09-15 00:00")
CONFIRMED = at(DUBLIN, "2026-09-08 11:00")
REFUSED = at(DUBLIN, "2026-09-09 16:00")
NOTIFIED = deadline(clock_rule("epoc_answer_notified"), RECEIVED, DUBLIN, "IE")
NOT_NOTIFIED = deadline(clock_rule("epoc_answer"), RECEIVED, DUBLIN, "IE")


@pytest.mark.parametrize(
    ("confirmed_at", "refused_at", "expected"),
    [
        pytest.param(None, None, END_OF_DAY_10, id="silence: at the end of the ten days"),
        pytest.param(CONFIRMED, None, CONFIRMED, id="no grounds: from the confirmation"),
        pytest.param(None, REFUSED, UNTIL_LIFTED, id="refused: never"),
        pytest.param(CONFIRMED, REFUSED, UNTIL_LIFTED, id="refused after a confirmation: never"),
    ],
)
def test_a_notified_authority_allows_production_from(
    confirmed_at: datetime | None, refused_at: datetime | None, expected: datetime
) -> None:
    assert producible_from(NOTIFIED.not_before_at, confirmed_at=confirmed_at, refused_at=refused_at) == expected


def test_without_a_notified_authority_production_waits_for_nobody() -> None:
    assert producible_from(NOT_NOTIFIED.not_before_at, confirmed_at=None, refused_at=None) is None


@pytest.mark.parametrize(
    ("objected", "produced", "expected"),
    [
        pytest.param("2026-09-04 20:00", None, "block", id="before the data left"),
        pytest.param("2026-09-08 14:00", "2026-09-04 21:00", "task", id="after: a task, no error"),
        pytest.param("2026-09-08 14:20", "2026-09-04 21:00", "too_late", id="96 hours are over"),
    ],
)
def test_an_objection_to_an_emergency_epoc(objected: str, produced: str | None, expected: str) -> None:
    last_moment = deadline(clock_rule("epoc_authority_objection"), RECEIVED, DUBLIN, "IE").due_at
    effect = effect_of_objection(
        objected_at=at(DUBLIN, objected),
        last_moment_at=last_moment,
        produced_at=at(DUBLIN, produced) if produced else None,
    )
    assert effect == expected
