"""Served on Monday 2 March 2026, the motion of 2703(h) is filed by 16 March; served on 5 June, by Juneteenth itself.

It is offered only where process seeks content, the foreign government qualifies, and the customer is no US person and
does not reside there; each of the comity factors A to H has its field.
"""

from datetime import date

import pytest

from cases.actions import events
from cases.actions.changing import Refused
from cases.rules.clocks import clock_rule
from cases.rules.conflict import COMITY_FACTORS, missing_factors, motion_2703h
from cases.rules.deadlines import deadline
from cases.states import ClockState
from tests import lives
from tests.lives import Staff
from tests.requirements.days import OFFICE, at

MARCH_2 = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("served", "last_day"),
    [("2026-03-02 09:00", date(2026, 3, 16)), ("2026-06-05 09:00", date(2026, 6, 19))],
)
def test_it_is_filed_fourteen_days_after_service_holiday_or_not(served: str, last_day: date) -> None:
    found = deadline(clock_rule("sca_2703h_motion"), at(served), OFFICE, "US")
    assert found.last_day == last_day
    assert found.alternative == ""


def offered(**changed: object) -> bool:
    asked = {"seeks_content": True, "country": "GB", "on": MARCH_2, "us_person": False, "resides_in_us": False}
    return motion_2703h(**asked | changed).available  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"seeks_content": False}, id="no content"),
        pytest.param({"country": "FR"}, id="no agreement"),
        pytest.param({"country": "GB", "on": date(2022, 10, 2)}, id="not in force yet"),
        pytest.param({"us_person": True}, id="a US person"),
        pytest.param({"us_person": None}, id="perhaps a US person"),
        pytest.param({"resides_in_us": True}, id="resides in the US"),
        pytest.param({"resides_in_us": None}, id="perhaps resides in the US"),
    ],
)
def test_it_is_not_offered(changed: dict[str, object]) -> None:
    assert offered()
    assert not offered(**changed)


def test_all_eight_factors_are_asked_for() -> None:
    assert list(COMITY_FACTORS) == list("ABCDEFGH")
    assert missing_factors(dict.fromkeys("ABCDEFG", "said") | {"H": " "}) == ("H",)


@pytest.mark.django_db
def test_until_the_service_is_on_record_the_days_run_from_the_receipt(staff: Staff) -> None:
    received_at, served_at = at("2026-06-05 09:00"), at("2026-06-08 11:00")
    briton = lives.carla(country="GB", nationality="GB", is_us_person=False)
    warrant = lives.received(received_at, instrument="us_search_warrant", asked=["content"], customers=[briton])
    warrant = lives.in_conflict_check(warrant, staff, received_at)
    running = warrant.clocks.filter(rule="sca_2703h_motion", state=ClockState.RUNNING)
    assert running.get().due_at == at("2026-06-20 00:00")
    served = {"rule": "sca_2703h_motion", "by": staff.analyst, "now": served_at}
    events.record_event(case_id=warrant.pk, event_at=served_at, **served)  # type: ignore[arg-type]
    assert running.get().due_at == at("2026-06-23 00:00")
    with pytest.raises(Refused, match="runs already"):
        events.record_event(case_id=warrant.pk, event_at=served_at, **served)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_motion_that_was_filed_is_not_due_again_by_its_service(staff: Staff) -> None:
    received_at = at("2026-06-05 09:00")
    briton = lives.carla(country="GB", nationality="GB", is_us_person=False)
    warrant = lives.received(received_at, instrument="us_search_warrant", asked=["content"], customers=[briton])
    warrant = lives.in_conflict_check(warrant, staff, received_at)
    warrant.clocks.filter(rule="sca_2703h_motion").update(state=ClockState.MET, settled_at=received_at)
    with pytest.raises(Refused, match="done already"):
        events.record_event(
            case_id=warrant.pk, rule="sca_2703h_motion", event_at=received_at, by=staff.analyst, now=received_at
        )


@pytest.mark.django_db
def test_its_clock_starts_at_the_service_of_a_warrant(staff: Staff) -> None:
    served_at = at("2026-06-05 09:00")
    warrant = lives.received(served_at, instrument="us_search_warrant", asked=["content"])
    start = {"rule": "sca_2703h_motion", "event_at": served_at, "by": staff.analyst, "now": served_at}
    assert events.record_event(case_id=warrant.pk, **start).due_at == at("2026-06-20 00:00")  # type: ignore[arg-type]
    subpoena = lives.received(served_at)
    with pytest.raises(Refused, match="no such clock"):
        events.record_event(case_id=subpoena.pk, **start)  # type: ignore[arg-type]
