"""A letter by e-mail stays within the domain of the authority; what it tells decides how sure we must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.models import LetterKind
from cases.rules.correspondence import EEVIDENCE, TELLING, is_within, needs_proof, recipient_problem

DOMAIN = "police.example"


def problem(recipient: str, *, kind: str = "question", way: str = "email", domain: str = DOMAIN) -> str | None:
    found = recipient_problem(kind=kind, way=way, recipient=recipient, email_domain=domain)
    return found.code if found else None


@pytest.mark.parametrize(
    "address",
    ["osei@police.example", "osei@POLICE.example", "osei@fraud.police.example", '"osei, o."@police.example'],
)
def test_the_domain_and_what_is_below_it_are_the_authority_s(address: str) -> None:
    assert problem(address) is None


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("osei@police.example.evil.example", id="the domain at the front of another"),
        pytest.param("osei@evilpolice.example", id="the domain at the end of another word"),
        pytest.param("osei@police.exampl", id="a letter short"),
        pytest.param("osei@example", id="the domain above it"),
        pytest.param("police.example", id="no address at all"),
        pytest.param("osei@police.example@evil.example", id="the domain before the last at"),
        pytest.param("osei@xn--plice-jua.example", id="a domain that only looks like it"),
        pytest.param("osei@pоlice.example", id="the same with a Cyrillic letter"),
    ],
)
def test_a_domain_that_looks_like_it_is_another(address: str) -> None:
    assert problem(address) == "other_domain"


def test_nothing_goes_by_mail_where_no_domain_is_known() -> None:
    assert problem("osei@police.example", domain="") == "no_domain"
    assert problem("osei@", domain="") == "no_domain"


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_letter_says_to_whom_it_goes(blank: str) -> None:
    assert problem(blank) == problem(blank, way="post") == "no_recipient"


def test_an_envelope_and_another_system_have_no_domain() -> None:
    assert problem("The clerk\n1 Court Street", way="post") is None
    assert problem("AMT", way=EEVIDENCE) is None


def test_a_word_to_a_foreign_government_goes_to_another_authority_than_the_one_that_asks() -> None:
    assert problem("desk@ministry.example", kind="government") is None


@given(st.text(), st.text(min_size=1))
def test_whatever_is_typed_an_address_within_ends_with_the_domain(address: str, domain: str) -> None:
    if is_within(address, domain):
        assert address.lower().strip().endswith(domain.lower().strip())
        assert domain.strip()


def test_what_asks_for_proof_are_letters() -> None:
    assert set(LetterKind.values) >= TELLING
    assert needs_proof(LetterKind.ANSWER)
    assert not needs_proof(LetterKind.QUESTION)
