"""The clocks are consistent data, and the right ones start on receipt."""

import pytest

from cases.rules.clocks import CLOCKS, UnknownClock, clock_rule, receipt_clocks
from cases.rules.instruments import instrument


@pytest.mark.parametrize("code", CLOCKS)
def test_every_clock_holds_one_of_its_words_and_its_source(code: str) -> None:
    rule = clock_rule(code)
    assert rule.unit in {"hour", "day", "working_day", "month"}
    assert rule.roll in {"none", "next_working_day"}
    assert rule.ends in {"end_of_day", "instant"}
    assert rule.arguable in {"", "next_working_day", "whole_hours"}
    assert bool(rule.arguable) == bool(rule.alternative)
    assert rule.action_when_over in {
        "answer_overdue",
        "stop_delivery",
        "release_task",
        "lapse",
        "exempt",
        "ask_again",
        "authority_silent",
        "stays_due",
    }
    assert rule.amount > 0
    assert rule.source
    assert rule.verified == ("unverified" not in rule.source)


@pytest.mark.parametrize("code", CLOCKS)
def test_a_clock_that_replaces_another_counts_from_the_same_event(code: str) -> None:
    rule = clock_rule(code)
    assert all(clock_rule(other).event == rule.event for other in rule.replaced_by.values())


def test_an_unknown_clock_is_named() -> None:
    with pytest.raises(UnknownClock, match="sundial"):
        clock_rule("sundial")


@pytest.mark.parametrize(
    ("emergency", "authority_notified", "expected"),
    [
        pytest.param(False, False, ["epoc_answer", "epoc_objection"], id="ordinary"),
        pytest.param(False, True, ["epoc_answer_notified", "epoc_objection"], id="enforcing authority notified"),
        pytest.param(True, False, ["epoc_emergency", "epoc_objection"], id="emergency"),
        pytest.param(True, True, ["epoc_emergency", "epoc_objection"], id="an emergency is not suspended"),
    ],
)
def test_an_epoc_starts(emergency: bool, authority_notified: bool, expected: list[str]) -> None:
    rules = receipt_clocks(instrument("eu_epoc"), emergency=emergency, authority_notified=authority_notified)
    assert [rule.code for rule in rules] == expected


def test_a_subpoena_starts_no_clock_but_its_return_date() -> None:
    assert receipt_clocks(instrument("us_subpoena")) == ()
