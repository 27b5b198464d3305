"""Conflict of law: when it is assessed, what a finding needs, and by when it is raised."""

from datetime import date

import pytest

from cases.rules.agreements import agreement_between, is_qualifying_government
from cases.rules.conflict import (
    COMITY_FACTORS,
    OUTCOMES,
    UnknownOutcome,
    art17_objection_problems,
    assessment_problems,
    is_conflict,
    missing_factors,
    motion_2703h,
    required,
)
from cases.rules.laws import LAWS, blocking_laws
from cases.rules.problems import Problem


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("requesting", "residence", "establishments", "expected"),
    [
        pytest.param("US", "US", [], False, id="a US customer, a US request"),
        pytest.param("US", "FR", [], True, id="a customer in France"),
        pytest.param("US", "", [], True, id="residence not known"),
        pytest.param("US", "US", ["CH"], True, id="an establishment in Switzerland"),
        pytest.param("FR", "FR", ["IE"], False, id="the GDPR does not stand against a Member State"),
        pytest.param("CA", "CA", [], False, id="no law of Canada on the list"),
    ],
)
def test_an_assessment_is_required(requesting: str, residence: str, establishments: list[str], expected: bool) -> None:
    assert required(requesting, residence, establishments) is expected


@pytest.mark.parametrize(
    ("requesting", "countries", "expected"),
    [
        ("US", ["FR"], ["gdpr_48", "fr_68_678"]),
        ("US", ["CH"], ["ch_271"]),
        ("US", ["CN"], ["cn_pipl_41", "cn_dsl_36"]),
        ("US", ["JP"], ["jp_appi"]),
        ("US", ["GB"], ["gb_gdpr"]),
        ("DE", ["US"], ["us_sca_2702"]),
        ("DE", ["FR"], ["fr_68_678"]),
        ("US", ["US"], []),
    ],
)
def test_the_laws_that_can_stand_against_it(requesting: str, countries: list[str], expected: list[str]) -> None:
    assert [law.code for law in blocking_laws(requesting, countries)] == expected


@pytest.mark.parametrize("code", LAWS)
def test_every_law_has_provision_source_and_test(code: str) -> None:
    law = LAWS[code]
    assert law.title
    assert law.provision
    assert law.countries
    assert law.source
    assert law.test in {"prohibits", "two_steps", "consent"}


def problems_of(**changed: object) -> list[str]:
    ines_assessment: dict[str, object] = {
        "outcome": "no_conflict",
        "requesting_state": "US",
        "residence": "US",
        "law": "",
        "provision": "",
        "reason": "A US customer of a US establishment; no foreign law applies.",
        "rests_on": ["residence", "establishment"],
    }
    return codes(assessment_problems(**{**ines_assessment, **changed}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, [], id="no conflict, with its reason"),
        pytest.param({"reason": " "}, ["reason_missing"], id="no conflict without a reason"),
        pytest.param({"rests_on": ["storage_location"]}, ["storage_alone"], id="no conflict: stored here"),
        pytest.param({"rests_on": []}, ["storage_alone"], id="resting on nothing"),
        pytest.param({"rests_on": ["storage_location", "residence"]}, [], id="storage among others"),
        pytest.param(
            {"outcome": "comity_objection"},
            ["law_missing", "provision_missing"],
            id="a conflict names law and provision",
        ),
        pytest.param(
            {"outcome": "comity_objection", "law": "ch_271", "provision": "Art. 271", "rests_on": ["storage_location"]},
            ["storage_alone"],
            id="conflict: stored abroad",
        ),
        pytest.param(
            {"residence": "FR"}, ["legal_basis_missing", "transfer_ground_missing"], id="GDPR: the two steps are open"
        ),
        pytest.param(
            {"residence": "FR", "legal_basis": "Art. 6(1)(c)"}, ["transfer_ground_missing"], id="GDPR: the second step"
        ),
        pytest.param(
            {"residence": "FR", "legal_basis": "Art. 6(1)(c)", "transfer_ground": "Art. 49(1)(d)"}, [], id="GDPR: both"
        ),
        pytest.param(
            {
                "residence": "FR",
                "legal_basis": "Art. 6(1)(c)",
                "transfer_ground": "Art. 49(1)(d)",
                "role": "processor",
            },
            ["processor"],
            id="a processor only tells the controller",
        ),
        pytest.param(
            {
                "residence": "FR",
                "outcome": "tell_controller",
                "law": "gdpr_48",
                "provision": "Art. 28",
                "role": "processor",
                "rests_on": ["processing_role"],
            },
            [],
            id="and may do so",
        ),
        pytest.param({"residence": "FR", "requesting_state": "DE"}, [], id="within the Union no transfer"),
    ],
)
def test_an_assessment_lacks(changed: dict[str, object], expected: list[str]) -> None:
    assert problems_of(**changed) == expected


@pytest.mark.parametrize("rests_on", [["storage_location"], ["storage_location", "no_similar_procedure"], []])
@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_where_the_data_are_stored_never_decides_alone(outcome: str, rests_on: list[str]) -> None:
    assert "storage_alone" in problems_of(outcome=outcome, law="ch_271", provision="Art. 271", rests_on=rests_on)


def test_every_outcome_but_one_is_a_conflict() -> None:
    assert [code for code in OUTCOMES if not is_conflict(code)] == ["no_conflict"]
    assert set(OUTCOMES) == {
        "no_conflict",
        "motion_2703h",
        "comity_objection",
        "annex_iii_objection",
        "redirect_mlat",
        "tell_controller",
    }


def test_an_unknown_outcome_is_named() -> None:
    with pytest.raises(UnknownOutcome, match="perhaps"):
        is_conflict("perhaps")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, [], id="content, the United Kingdom, not a US person, not resident"),
        pytest.param({"seeks_content": False}, ["no_content"], id="records only"),
        pytest.param({"country": "FR"}, ["not_qualifying"], id="France has no agreement"),
        pytest.param({"country": "AU", "on": date(2024, 1, 30)}, ["not_qualifying"], id="Australia, a day too early"),
        pytest.param({"country": "AU"}, [], id="Australia"),
        pytest.param({"us_person": True}, ["us_person"], id="a US person"),
        pytest.param({"us_person": None}, ["us_person"], id="not known whether a US person"),
        pytest.param({"resides_in_us": True}, ["resides_in_us"], id="resident in the United States"),
        pytest.param({"resides_in_us": None}, ["resides_in_us"], id="not known whether resident there"),
    ],
)
def test_the_motion_to_quash_is_offered(changed: dict[str, object], expected: list[str]) -> None:
    facts: dict[str, object] = {
        "seeks_content": True,
        "country": "GB",
        "on": date(2026, 3, 2),
        "us_person": False,
        "resides_in_us": False,
    }
    motion = motion_2703h(**{**facts, **changed})  # type: ignore[arg-type]
    assert codes(motion.problems) == expected
    assert motion.available is (expected == [])


def test_the_motion_speaks_to_all_eight_factors() -> None:
    assert "".join(COMITY_FACTORS) == "ABCDEFGH"
    assert missing_factors(dict.fromkeys("ABCDEFGH", "said")) == ()
    assert missing_factors({"A": "said", "B": " "}) == ("B", "C", "D", "E", "F", "G", "H")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, [], id="complete, on the last day"),
        pytest.param({"filed_on": date(2026, 9, 15)}, ["too_late"], id="a day late"),
        pytest.param(
            {"law": "", "provision": "", "why_applicable": "", "why_conflict": "", "rests_on": ["storage_location"]},
            [
                "law_missing",
                "provision_missing",
                "why_applicable_missing",
                "why_conflict_missing",
                "ground_not_allowed",
            ],
            id="only: the data are stored abroad",
        ),
        pytest.param({"rests_on": ["storage_location"]}, ["ground_not_allowed"], id="storage abroad in many words"),
        pytest.param({"rests_on": ["no_similar_procedure"]}, ["ground_not_allowed"], id="no similar procedure there"),
        pytest.param({"rests_on": ["prohibiting_law", "storage_location"]}, [], id="storage beside a prohibition"),
    ],
)
def test_an_objection_to_the_epoc_of_4_september_cannot_be_filed(
    changed: dict[str, object], expected: list[str]
) -> None:
    objection: dict[str, object] = {
        "received_on": date(2026, 9, 4),
        "filed_on": date(2026, 9, 14),
        "law": "Swiss Criminal Code",
        "provision": "Art. 271",
        "why_applicable": "The data are handled by staff in Zurich.",
        "why_conflict": "It forbids acts for a foreign state on Swiss soil.",
    }
    assert codes(art17_objection_problems(**{**objection, **changed})) == expected  # type: ignore[arg-type]


def test_agreements_hold_between_two_states_and_in_time() -> None:
    uk = agreement_between("GB", "US", date(2022, 10, 3))
    assert uk is not None
    assert uk.code == "us_uk_cloud_act"
    assert agreement_between("US", "GB", date(2022, 10, 2)) is None
    assert agreement_between("US", "US", date(2026, 1, 1)) is None
    assert agreement_between("GB", "AU", date(2026, 1, 1)) is None
    assert not is_qualifying_government("FR", date(2026, 1, 1))
