"""The receipt is an instant with its zone; a deadline follows from rule, receipt and calendar alone, with its source.

Rules are data with the days on which they are valid: the e-Evidence Regulation applies from 18 August 2026, section 702
may lapse.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.actions.events import NotYetLaw, record_event
from cases.models import Case
from cases.rules.clocks import CLOCKS, clock_rule
from cases.rules.deadlines import Deadline, deadline
from cases.rules.instruments import in_force, instrument
from tests import lives
from tests.lives import Staff
from tests.requirements.days import OFFICE, at

RECEIVED = at("2026-09-04 14:20")


def test_the_engine_gives_the_same_for_the_same_and_says_why() -> None:
    rule = clock_rule("epoc_answer")
    found = deadline(rule, RECEIVED, OFFICE, "US")
    assert found == deadline(rule, RECEIVED, OFFICE, "US")
    assert found == Deadline(
        due_at=at("2026-09-15 00:00"),
        not_before_at=None,
        steps=("receipt on 4 September 2026", "10 days after it: 14 September 2026"),
        explanation=(
            "due 14 September 2026: 10 days from receipt on 4 September, weekends count, Reg. (EU) 2023/1543 Art. 10(3)"
        ),
        source="Reg. (EU) 2023/1543 Art. 10(3)",
        alternative="",
        last_day=date(2026, 9, 14),
    )


def test_the_day_of_receipt_is_the_receiving_offices_own() -> None:
    rule = clock_rule("epoc_answer")
    late = at("2026-09-04 23:30")  # 5 September in Dublin already
    assert deadline(rule, late, OFFICE, "US").last_day == date(2026, 9, 14)
    assert deadline(rule, late, ZoneInfo("Europe/Dublin"), "IE").last_day == date(2026, 9, 15)


@pytest.mark.parametrize("code", [code for code in CLOCKS if code.startswith("epoc")])
def test_the_clocks_of_the_e_evidence_regulation_are_valid_from_18_august_2026(code: str) -> None:
    assert CLOCKS[code].valid_from == date(2026, 8, 18)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("received", "running"),
    [
        pytest.param("2026-08-17 23:59", [], id="the last minute before it applies"),
        pytest.param("2026-08-18 00:00", ["epoc_answer", "epoc_objection"], id="the first minute"),
    ],
)
def test_an_order_received_before_its_law_applies_starts_no_clock(received: str, running: list[str]) -> None:
    case = lives.received(at(received), instrument="eu_epoc")
    assert sorted(case.clocks.values_list("rule", flat=True)) == running


@pytest.mark.django_db
def test_an_event_before_its_law_applies_starts_no_clock_either(staff: Staff) -> None:
    case = lives.received(at("2026-08-20 12:00"), instrument="eu_epoc")
    with pytest.raises(NotYetLaw):
        record_event(
            case_id=case.pk,
            rule="epoc_authority_objection",
            event_at=at("2026-08-17 12:00"),
            by=staff.ines,
            now=at("2026-08-20 12:00"),
        )
    assert not case.clocks.filter(rule="epoc_authority_objection").exists()


def test_an_authority_that_lapsed_no_longer_carries_an_order() -> None:
    assert in_force(instrument("eu_epoc"), date(2026, 8, 18))
    assert not in_force(instrument("eu_epoc"), date(2026, 8, 17))
    (section_702,) = [one for one in instrument("us_fisa_content").authorities if one.valid_until]
    assert (section_702.valid_until, section_702.verified) == (date(2026, 6, 11), False)


def test_every_clock_names_its_source_and_says_where_it_is_unverified() -> None:
    assert [code for code, rule in CLOCKS.items() if not rule.source] == []
    assert {code for code, rule in CLOCKS.items() if not rule.verified} == {
        "civil_objection",
        "fr_sisse_opinion",
        "rule41_execution",
    }


@pytest.mark.django_db
def test_a_case_keeps_the_instant_and_every_step_of_what_was_counted() -> None:
    agency = lives.oseis_agency(RECEIVED, country="DE", kind="court")
    case = lives.received(RECEIVED, instrument="eu_epoc", agency=agency)
    kept = Case.objects.get(pk=case.pk)
    assert kept.received_at == datetime.fromisoformat("2026-09-04T21:20:00+00:00")
    clock = kept.clocks.get(rule="epoc_answer")
    assert clock.steps == ["receipt on 4 September 2026", "10 days after it: 14 September 2026"]
    assert clock.source == "Reg. (EU) 2023/1543 Art. 10(3)"
