"""Why a request is refused."""

from cases.rules.grounds import GROUNDS

ANNEX_III = {
    "INCOMPLETE",
    "CONTAINS_MANIFEST_ERRORS",
    "INSUFFICIENT_INFORMATION",
    "NOT_STORED_AT_THE_TIME_OF_THE_RECEIPT",
    "OTHER_REASONS_OF_DE_FACTO_IMPOSSIBILITY",
    "NOT_ISSUED_OR_VALIDATED_AS_DEFINED_BY_REGULATION",
    "TRAFFIC_DATA_REQUESTED_NOT_FOR_IDENTIFYING_USER",
    "SERVICE_NOT_COVERED_BY_REGULATION",
    "DATA_REQUESTED_IS_PROTECTED_BY_IMMUNITIES",
    "CONFLICT_OF_LAWS",
}


def test_every_ground_is_a_sentence_that_states_nothing_about_a_customer() -> None:
    for ground in GROUNDS.values():
        assert ground.sentence.endswith(".")
        assert "customer" not in ground.sentence
        assert "account" not in ground.sentence


def test_the_ten_reasons_of_annex_iii_are_all_there_once() -> None:
    assert sorted(ground.annex_iii for ground in GROUNDS.values() if ground.annex_iii) == sorted(ANNEX_III)


def test_quashed_is_a_ground() -> None:
    assert GROUNDS["quashed"].sentence == "A court quashed it."
