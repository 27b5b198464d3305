"""Who is told, and when."""

import pytest

from cases.rules.duties import Owed, notice_duty
from cases.rules.instruments import INSTRUMENTS, instrument


def owed(code: str, **changed: bool | str) -> Owed:
    facts: dict[str, bool | str] = {
        "basis_in_force": False,
        "emergency": False,
        "has_contact": True,
        "passed_review": True,
        "preserved_or_disclosed": False,
        "notice_before_review": True,
    }
    return notice_duty(instrument(code), **{**facts, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "when", "window"),
    [
        pytest.param("us_subpoena", "now", True, id="a subpoena: first, with days to object"),
        pytest.param("us_search_warrant", "now", True, id="a warrant without an order: the same"),
        pytest.param("dsa_order_to_act", "at_effect", False, id="a DSA order: when effect is given"),
        pytest.param("dsa_order_to_inform", "at_effect", False, id="a DSA order to inform: the same"),
        pytest.param("us_preservation", "now", False, id="a preservation letter: nothing to object to"),
    ],
)
def test_carla_is_owed_a_notice(code: str, when: str, window: bool) -> None:
    assert owed(code) == Owed("pending", "owed", when, window)


@pytest.mark.parametrize("code", ["eu_epoc", "eu_epoc_pr"])
@pytest.mark.parametrize("basis_in_force", [True, False])
def test_the_user_of_an_epoc_is_never_told_by_the_provider(code: str, basis_in_force: bool) -> None:
    assert owed(code, basis_in_force=basis_in_force) == Owed("not_owed", "never_by_provider", "never", window=False)


def test_the_controller_of_an_epoc_is_told_unless_the_certificate_forbids_it() -> None:
    assert owed("eu_epoc", role="controller").state == "pending"
    assert owed("eu_epoc", role="controller", basis_in_force=True) == Owed(
        "withheld", "basis_in_force", "after_basis", window=False
    )


@pytest.mark.parametrize("code", sorted(INSTRUMENTS))
def test_nobody_is_told_while_a_basis_is_in_force(code: str) -> None:
    assert owed(code, basis_in_force=True).state in {"withheld", "not_owed"}


def test_in_an_emergency_the_notice_waits_for_its_end() -> None:
    assert owed("emergency_disclosure", emergency=True) == Owed(
        "withheld", "emergency", "after_emergency", window=False
    )
    assert owed("emergency_disclosure").state == "pending"


def test_an_order_of_silence_outlasts_an_emergency() -> None:
    assert owed("emergency_disclosure", emergency=True, basis_in_force=True).when == "after_basis"


def test_a_customer_whom_nobody_can_reach_is_still_owed_a_notice() -> None:
    assert owed("us_subpoena", has_contact=False) == Owed("pending", "no_contact", "now", window=True)


@pytest.mark.parametrize(
    ("preserved_or_disclosed", "notice_before_review", "state"),
    [
        pytest.param(False, False, "not_owed", id="nothing happened, and policy is silent"),
        pytest.param(True, False, "pending", id="something of theirs was preserved"),
        pytest.param(False, True, "pending", id="policy tells also then"),
    ],
)
def test_before_legal_review(preserved_or_disclosed: bool, notice_before_review: bool, state: str) -> None:
    found = owed(
        "us_subpoena",
        passed_review=False,
        preserved_or_disclosed=preserved_or_disclosed,
        notice_before_review=notice_before_review,
    )
    assert found.state == state


def test_imported_history_owes_nothing() -> None:
    assert owed("us_subpoena", imported=True) == Owed("not_owed", "imported", "never", window=False)
