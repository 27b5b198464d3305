"""The finding on conflict of law that the facts give: laws, outcomes, motions with their last day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.conflict import CONNECTIONS, NEVER_ALONE, OUTCOMES
from cases.rules.finding import Person, ReasonedFinding, Request, finding
from cases.rules.instruments import CATEGORIES, INSTRUMENTS, instrument
from cases.rules.laws import LAWS

WARRANT = Request(
    instrument=instrument("us_search_warrant"),
    requesting_state="US",
    categories=("subscriber", "content"),
    received_on=date(2026, 3, 2),
    establishments=("US",),
)
EPOC = Request(
    instrument=instrument("eu_epoc"),
    requesting_state="FR",
    categories=("subscriber", "content"),
    received_on=date(2026, 9, 4),
    establishments=("US",),
)
CARLA = Person(residence="US", nationality="US", us_person=True, role="controller")
ANNE = Person(residence="GB", nationality="GB", us_person=False, role="controller")  # of London


def found(request: Request, person: Person, on: date = date(2026, 3, 3)) -> ReasonedFinding:
    return finding(request, person, today=on)


def laws(result: ReasonedFinding) -> list[str]:
    return [one.law.code for one in result.laws]


def codes(result: ReasonedFinding) -> list[str]:
    return [reason.code for reason in result.reasons]


def test_a_us_customer_and_a_us_warrant_need_no_assessment() -> None:
    result = found(WARRANT, CARLA)
    assert not result.required
    assert (laws(result), result.outcomes) == ([], ("no_conflict",))
    assert codes(result) == ["same_state", "storage"]


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("GB", ["gb_gdpr"]),
        ("FR", ["gdpr_48", "fr_68_678"]),
        ("CH", ["ch_271"]),
        ("CN", ["cn_pipl_41", "cn_dsl_36"]),
        ("JP", ["jp_appi"]),
        ("AU", ["au_privacy"]),
        ("CA", []),
    ],
)
def test_a_us_warrant_meets_the_laws_of_where_the_customer_lives(country: str, expected: list[str]) -> None:
    result = found(WARRANT, replace(ANNE, residence=country, nationality=""))
    assert result.required
    assert laws(result) == expected
    assert all(one.because == ("residence",) for one in result.laws)
    assert ("comity_objection" in result.outcomes) is bool(expected)


def test_an_establishment_abroad_brings_its_law_with_it() -> None:
    result = found(replace(WARRANT, establishments=("US", "CH")), CARLA)
    assert result.required
    assert [(one.law.code, one.because) for one in result.laws] == [("ch_271", ("establishment",))]
    assert "redirect_mlat" in result.outcomes


def test_content_for_a_foreign_authority_meets_the_stored_communications_act_and_records_do_not() -> None:
    records = replace(EPOC, categories=("subscriber",))
    in_paris = replace(ANNE, residence="FR", nationality="FR")
    assert laws(found(EPOC, in_paris, date(2026, 9, 4))) == ["us_sca_2702"]
    assert laws(found(records, in_paris, date(2026, 9, 4))) == []


def test_an_order_that_demands_no_data_meets_no_law_against_handing_them_over() -> None:
    blocking = replace(EPOC, instrument=instrument("dsa_order_to_act"), categories=())
    assert laws(found(blocking, CARLA)) == []
    assert laws(found(EPOC, CARLA)) == ["us_sca_2702"]


@pytest.mark.parametrize(
    ("received_on", "lifted"), [(date(2022, 10, 2), False), (date(2022, 10, 3), True)], ids=["a day before", "in force"]
)
def test_an_agreement_lifts_a_law_from_the_day_it_is_in_force(received_on: date, lifted: bool) -> None:
    order = replace(WARRANT, instrument=instrument("cloud_act_uk"), requesting_state="GB", received_on=received_on)
    (involved,) = found(order, ANNE).laws
    assert involved.law.code == "us_sca_2702"
    assert (involved.agreement is not None) is lifted


def test_a_law_applies_from_its_first_day() -> None:
    early = replace(WARRANT, received_on=date(1968, 7, 25))
    assert laws(found(early, replace(ANNE, residence="FR"))) == ["gdpr_48"]


def test_a_processor_can_only_tell_the_controller() -> None:
    result = found(WARRANT, replace(ANNE, residence="DE", role="processor"))
    assert result.outcomes == ("tell_controller",)
    assert "processor" in codes(result)


def test_the_motion_is_open_for_fourteen_days_from_service() -> None:
    (motion,) = found(WARRANT, ANNE).filings
    assert (motion.outcome, motion.available, motion.country) == ("motion_2703h", True, "GB")
    assert motion.last_day == date(2026, 3, 16)
    assert "motion_2703h" in found(WARRANT, ANNE, date(2026, 3, 16)).outcomes
    late = found(WARRANT, ANNE, date(2026, 3, 17))
    assert [problem.code for problem in late.filings[0].problems] == ["too_late"]
    assert "motion_2703h" not in late.outcomes


def test_what_rests_on_an_agreement_that_nobody_verified_says_so() -> None:
    in_sydney = replace(ANNE, residence="AU", nationality="AU")
    reasons = {reason.code: reason.explanation for reason in found(WARRANT, in_sydney).reasons}
    assert reasons["agreement"].endswith(
        "Not verified: 18 USC 2523; signed 15 December 2021, entry into force unverified."
    )
    assert [(one.available, one.verified) for one in found(WARRANT, in_sydney).filings] == [(True, False)]
    assert [(one.available, one.verified) for one in found(WARRANT, ANNE).filings] == [(True, True)]
    assert not any("Not verified" in reason.explanation for reason in found(WARRANT, ANNE).reasons)


def test_the_motion_does_not_wait_for_the_day_after_a_holiday() -> None:
    served = replace(WARRANT, received_on=date(2026, 6, 3), served_on=date(2026, 6, 5))
    (motion,) = found(served, ANNE, date(2026, 6, 5)).filings
    assert motion.last_day == date(2026, 6, 19)  # Juneteenth


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        pytest.param(replace(ANNE, residence="FR", nationality=""), ["not_qualifying"], id="France"),
        pytest.param(replace(ANNE, us_person=None), ["us_person"], id="perhaps a US person"),
        pytest.param(Person(), ["not_qualifying", "us_person", "resides_in_us"], id="nothing known"),
    ],
)
def test_why_the_motion_is_not_open(person: Person, expected: list[str]) -> None:
    (motion,) = found(WARRANT, person).filings
    assert [problem.code for problem in motion.problems] == expected


def test_an_objection_to_an_epoc_is_open_for_ten_days_where_a_third_country_forbids() -> None:
    (objection,) = found(EPOC, replace(ANNE, residence="CH"), date(2026, 9, 4)).filings
    assert (objection.outcome, objection.available, objection.last_day) == (
        "annex_iii_objection",
        True,
        date(2026, 9, 14),
    )
    within = found(replace(EPOC, categories=("subscriber",)), replace(ANNE, residence="DE"), date(2026, 9, 4))
    assert [problem.code for problem in within.filings[0].problems] == ["no_third_law"]


countries = st.sampled_from(["", "US", "GB", "FR", "DE", "CH", "CN", "JP", "CA"])
persons = st.builds(
    Person, countries, countries, st.sampled_from([None, True, False]), st.sampled_from(["", "controller", "processor"])
)


@given(
    code=st.sampled_from(sorted(INSTRUMENTS)),
    state=countries.filter(bool),
    categories=st.sets(st.sampled_from(CATEGORIES)),
    person=persons,
    establishments=st.sets(countries.filter(bool)),
)
def test_whatever_the_facts_the_finding_gives_reasons_outcomes_and_never_rests_on_storage(
    code: str, state: str, categories: set[str], person: Person, establishments: set[str]
) -> None:
    request = Request(instrument(code), state, tuple(categories), date(2026, 9, 4), tuple(sorted(establishments)))
    result = found(request, person, date(2026, 9, 4))
    assert result.reasons[-1].code == "storage"
    assert result.outcomes
    assert set(result.outcomes) <= set(OUTCOMES)
    assert set(result.rests_on) <= set(CONNECTIONS) - NEVER_ALONE
    assert result.required or (person.residence == state and not result.laws)
    assert set(laws(result)) <= set(LAWS)
    if not result.required:
        assert result.outcomes == ("no_conflict",)
