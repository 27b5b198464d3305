"""What a row becomes: state, duty, order and facts, by its outcome and its notice."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Compartment
from cases.actions import clockwork
from cases.actions.opening import NATIONAL_SECURITY
from cases.models import Case, Customer, NoticeDuty
from cases.models.case import NEVER
from cases.silence import why_silent
from cases.states import CaseState, DutyState, Provenance
from intake.models import ImportedFacts
from ledger.models import LedgerFact
from tests.intake.conftest import Import, One
from tests.intake.files import GAGGED, LETTER, OPEN, row


def facts(case: Case, name: str) -> list[tuple[datetime, str, int]]:
    """Return when, what and about which duty the case's facts of this name are."""
    found = LedgerFact.objects.filter(stream=case.stream, name=name).order_by("at")
    return [(fact.at, fact.value, fact.subject) for fact in found]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("answered", CaseState.ANSWERED),
        ("answered_partial", CaseState.ANSWERED),
        ("no_data", CaseState.ANSWERED),
        ("rejected", CaseState.REJECTED),
        ("withdrawn", CaseState.WITHDRAWN),
    ],
)
def test_history_is_closed_unless_a_duty_remains(imported: One, outcome: str, state: CaseState) -> None:
    told = imported(row(reference="TOLD", outcome=outcome))
    gagged = imported(row(reference="GAGGED", outcome=outcome, **GAGGED))
    assert (told.state, told.closed_at, told.is_held) == (CaseState.CLOSED, told.outcome_at, False)
    assert (gagged.state, gagged.closed_at, gagged.is_held) == (state, None, True)
    assert {told.provenance, gagged.provenance} == {Provenance.IMPORTED}
    assert {told.outcome, gagged.outcome} == {outcome}


def test_an_unknown_notice_is_no_fact_and_no_duty(imported: One) -> None:
    case = imported(row(notice="", notified_at=""))
    assert not case.duties.exists()
    assert facts(case, "notice") == []
    assert case.queue_at == NEVER
    assert not case.clocks.exists()


def test_what_was_told_is_a_fact_of_its_moment(imported: One) -> None:
    case = imported(row())
    assert facts(case, "notice") == [(datetime(2018, 7, 27, 9, tzinfo=UTC), "notified", 0)]
    assert facts(case, "outcome") == [(datetime(2018, 8, 1, 8, tzinfo=UTC), "answered", 0)]
    assert facts(case, "received") == [(datetime(2018, 7, 26, 2, 33, 22, tzinfo=UTC), "", 0)]


def test_a_notice_withheld_at_first_and_given_later_is_both_in_turn(imported: One) -> None:
    case = imported(row(**{**GAGGED, "notified_at": "2019-03-01T00:00:00Z"}))
    assert [value for _at, value, _subject in facts(case, "notice")] == ["withheld_nondisclosure", "notified"]
    assert (case.state, case.is_held, case.orders.count()) == (CaseState.CLOSED, False, 1)


def test_a_withheld_notice_keeps_its_duty_and_the_fact_is_about_that_duty(imported: One) -> None:
    case = imported(row(**GAGGED))
    [duty] = case.duties.all()
    assert (duty.state, duty.is_held, duty.basis) == (DutyState.WITHHELD, True, "us_2705b")
    assert facts(case, "notice") == [(case.outcome_at, "withheld_nondisclosure", duty.pk)]
    assert set(case.targets.values_list("duty", flat=True)) == {duty.pk}
    order = duty.order
    assert order is not None
    assert (order.provision, order.first_day, order.last_day) == ("18 U.S.C. § 2705(b)", date(2018, 7, 20), None)
    assert order.is_indefinite
    assert order.zone == "America/Los_Angeles"


@pytest.mark.parametrize(
    ("changes", "basis", "last_day", "is_indefinite"),
    [
        ({}, "us_2705b", None, True),
        ({"nondisclosure_until": ""}, "us_2705b", None, False),
        ({"nondisclosure_until": "2019-07-20"}, "us_2705b", date(2019, 7, 20), False),
        ({"nondisclosure_basis": "the judge said so"}, "unstated", None, True),
        ({"nondisclosure_basis": "policy"}, "unstated", None, True),
        ({"nondisclosure_basis": "", "nondisclosure_from": "", "nondisclosure_until": ""}, "unstated", None, False),
    ],
)
def test_in_doubt_there_is_an_order_and_it_is_in_force(
    imported: One, now: datetime, changes: dict[str, str], basis: str, last_day: date | None, is_indefinite: bool
) -> None:
    case = imported(row(**{**GAGGED, **changes}))
    [order] = case.orders.all()
    assert (order.basis, order.last_day, order.is_indefinite) == (basis, last_day, is_indefinite)
    assert order.in_force(now) == (last_day is None) == case.is_gagged


def test_an_open_row_is_live_with_its_clocks_and_waits(imported: One, now: datetime) -> None:
    case = imported(row(instrument="us_preservation", received_at="2026-11-01T10:00:00Z", **OPEN))
    assert (case.state, case.provenance, case.is_held) == (CaseState.RECEIVED, Provenance.LIVE, True)
    [clock] = case.clocks.all()
    assert case.queue_at == clock.due_at
    assert case.outcome == ""
    assert facts(case, "outcome") == []
    clockwork.run_clocks(now=now.replace(year=2028))
    clock.refresh_from_db()
    assert clock.escalated_at is None


def test_an_open_row_that_is_silent_by_law_has_that_silence_too(imported: One) -> None:
    case = imported(row(instrument="us_pen_register", **{**GAGGED, **OPEN}))
    assert sorted(order.basis for order in case.orders.all()) == ["us_2705b", "us_3123d"]


def test_the_customer_of_an_open_row_who_was_told_has_the_days_a_notice_gives(imported: One) -> None:
    case = imported(row(**{**OPEN, "notice": "notified", "notified_at": "2026-11-20T09:00:00Z"}))
    [duty] = case.duties.all()
    assert (duty.state, duty.delivered_at) == (DutyState.DELIVERED, datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert duty.window_ends_at == datetime(2026, 12, 1, 8, tzinfo=UTC)  # ten days, until midnight in Los Angeles
    assert facts(case, "notice") == [(duty.delivered_at, "notified", duty.pk)]


def test_nothing_leaves_about_what_is_held_even_when_its_order_has_ended(imported: One, now: datetime) -> None:
    case = imported(row(**{**GAGGED, "nondisclosure_until": "2018-12-31"}))
    clockwork.end_bases(now=now)
    [duty] = NoticeDuty.objects.filter(case=case)
    assert duty.state == DutyState.WITHHELD
    assert why_silent(case, duty, now) is not None


def test_targets_find_their_customer_and_a_duty_to_one_customer_names_them(db: None, imported: One) -> None:
    carla = Customer.objects.create(identifier="carla")
    hers = imported(row(reference="HERS", accounts="carla", domains="", other_targets="", **GAGGED))
    shared = imported(row(reference="SHARED", accounts="carla;kim", **GAGGED))
    assert [duty.customer for duty in hers.duties.all()] == [carla]
    assert [duty.customer for duty in shared.duties.all()] == [None]
    assert shared.targets.filter(customer=carla).count() == 1


def test_only_a_sealed_row_finds_the_customer_of_its_compartment(db: None, import_rows: Import) -> None:
    sealed, north = Compartment.objects.get(code=NATIONAL_SECURITY), Compartment.objects.create(code="north")
    inside = Customer.objects.create(identifier="carla", compartment=sealed)
    Customer.objects.create(identifier="kim", compartment=north)
    import_rows(row(reference="OUTSIDE"), row(reference="LETTER", **LETTER))
    found = {
        case.provider_reference: list(case.targets.exclude(customer=None).values_list("customer", flat=True))
        for case in Case.objects.all()
    }
    assert found == {"OUTSIDE": [], "LETTER": [inside.pk]}


def test_the_same_target_counts_once_in_a_request(imported: One) -> None:
    case = imported(row(accounts="carla; carla ;kim;", domains="", other_targets="ip:192.0.2.7;ip: 192.0.2.7"))
    assert case.target_count == case.targets.count() == 3
    fact = LedgerFact.objects.get(stream=case.stream, name="outcome")
    assert (fact.accounts, fact.domains, fact.selectors) == (2, 0, 3)


def test_what_a_case_has_no_field_for_is_kept_and_sets_nothing(imported: One) -> None:
    case = imported(row(emergency="true", challenged="true", conflict_of_law="identified", **OPEN))
    kept = ImportedFacts.objects.get(case=case)
    assert (kept.emergency, kept.challenged, kept.conflict_of_law) == (True, True, "identified")
    assert not case.is_emergency
