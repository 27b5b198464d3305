"""What an emergency request needs before anything leaves."""

from datetime import date
from inspect import signature

import pytest

from cases.rules.emergency import checks, is_independent_number, needs_counsel


def missing(**changed: object) -> list[str]:
    oseis_request: dict[str, object] = {
        "is_emergency": True,
        "danger": "A missing child, last seen an hour ago; a court cannot be reached tonight.",
        "data_to_danger": "The last login address shows where the child is.",
        "follow_up_paper_date": date(2026, 3, 4),
        "called_back": True,
        "second_verifier": True,
    }
    requirements = checks(**{**oseis_request, **changed})  # type: ignore[arg-type]
    assert all(requirement.holds and requirement.missing for requirement in requirements)
    return [requirement.code for requirement in requirements if not requirement.met]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, [], id="Detective Osei's request, called back"),
        pytest.param({"is_emergency": False}, ["emergency_found"], id="only the sender calls it an emergency"),
        pytest.param({"danger": "\n"}, ["danger"], id="no danger stated"),
        pytest.param({"data_to_danger": ""}, ["data_to_danger"], id="no link between data and danger"),
        pytest.param({"called_back": False}, ["call_back"], id="nobody called back"),
        pytest.param({"second_verifier": False}, ["second_verifier"], id="nobody vouches for the call"),
        pytest.param({"follow_up_paper_date": None}, ["follow_up_paper_date"], id="no date for the paper"),
    ],
)
def test_before_release_is_missing(changed: dict[str, object], expected: list[str]) -> None:
    assert missing(**changed) == expected


def test_authenticated_mail_is_no_value_that_a_requirement_could_take() -> None:
    assert not [name for name in signature(checks).parameters if "mail" in name or "auth" in name]


@pytest.mark.parametrize(
    ("called", "in_request", "expected"),
    [
        pytest.param("+1 202 555 0143", [], True, id="the letter gives no number"),
        pytest.param("+1 202 555 0143", ["+1 202 555 0199"], True, id="another number"),
        pytest.param("+1 202 555 0143", ["(202) 555-0143"], False, id="Mallory's own number, written otherwise"),
        pytest.param("+33 1 42 76 40 40", ["01 42 76 40 40"], False, id="the same with a trunk prefix"),
        pytest.param("+44 (0) 20 7946 0958", ["020 7946 0958"], False, id="with a trunk prefix in brackets"),
        pytest.param("+1 202 555 0143 ext. 7", ["+1 202 555 0143"], False, id="an extension of the same switchboard"),
        pytest.param("+1 202 555 0143", ["202-555-0143 x9"], False, id="the letter names an extension"),
        pytest.param("٢٠٢٥٥٥٠١٤٣", ["+1 202 555 0143"], False, id="digits of another script"),
        pytest.param("001 202 555 0143", ["+1 (202) 555-0143"], False, id="an exit code before it"),
        pytest.param("", ["+1 202 555 0199"], False, id="no number called"),
        pytest.param("112", ["110112"], True, id="a short number is not the end of another"),
    ],
)
def test_the_number_called_is_independent_of_the_request(called: str, in_request: list[str], expected: bool) -> None:
    assert is_independent_number(called, in_request) is expected


@pytest.mark.parametrize(
    ("country", "kind", "expected"),
    [("US", "law_enforcement", False), ("US", "civil_party", True), ("FR", "law_enforcement", True)],
)
def test_records_to_others_than_us_governmental_entities_need_counsel(country: str, kind: str, expected: bool) -> None:
    assert needs_counsel(country, kind) is expected
