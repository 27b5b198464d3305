"""The clocks are consistent data, and the right ones start on receipt."""

from datetime import date

import pytest

from cases.rules.clocks import (
    APPEAL_END,
    BREACH,
    CHALLENGE_FILING,
    CLOCKS,
    COURT_HEARING,
    FOLLOW_UP_PAPER,
    UnknownClock,
    clock_rule,
    codes_started_by,
    receipt_clocks,
)
from cases.rules.instruments import INSTRUMENTS, instrument
from cases.rules.laws import LAWS
from cases.rules.nondisclosure import BASES

DAY_BEFORE, FIRST_DAY = date(2026, 8, 17), date(2026, 8, 18)  # of Reg. (EU) 2023/1543, by its Art. 34(2)


@pytest.mark.parametrize("code", CLOCKS)
def test_every_clock_holds_one_of_its_words_and_its_source(code: str) -> None:
    rule = clock_rule(code)
    assert rule.unit in {"hour", "day", "working_day", "month", "named"}
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
        "takes_place",
    }
    assert (rule.amount > 0) == (rule.unit != "named")
    assert rule.source
    assert rule.verified == ("unverified" not in rule.source)


@pytest.mark.parametrize("code", CLOCKS)
def test_a_clock_that_replaces_another_counts_from_the_same_event(code: str) -> None:
    rule = clock_rule(code)
    assert all(clock_rule(other).event == rule.event for other in rule.replaced_by.values())


def test_every_clock_is_started_by_something() -> None:
    started = {code for kind in INSTRUMENTS.values() for code in (*kind.clocks, *kind.other_clocks)}
    started |= {other for code in started for other in clock_rule(code).replaced_by.values()}
    started |= {basis.review_clock for basis in BASES.values()} | {law.clock for law in LAWS.values()}
    by_an_action = {FOLLOW_UP_PAPER, BREACH, CHALLENGE_FILING, COURT_HEARING, APPEAL_END}
    computed_with = {"title_iii_start"}  # the latest start of another one
    assert set(CLOCKS) == (started - {""}) | by_an_action | computed_with


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
    rules = receipt_clocks(instrument("eu_epoc"), FIRST_DAY, emergency=emergency, authority_notified=authority_notified)
    assert [rule.code for rule in rules] == expected


@pytest.mark.parametrize("emergency", [False, True])
def test_what_is_received_before_its_law_applies_starts_no_clock(emergency: bool) -> None:
    assert receipt_clocks(instrument("eu_epoc"), DAY_BEFORE, emergency=emergency) == ()


def test_a_question_starts_the_time_to_clarify_from_the_day_its_law_applies() -> None:
    assert codes_started_by("clarification", instrument("eu_epoc_pr"), DAY_BEFORE) == ()
    assert codes_started_by("clarification", instrument("eu_epoc_pr"), FIRST_DAY) == ("epoc_pr_clarification",)


def test_a_subpoena_starts_no_clock_but_its_return_date() -> None:
    assert receipt_clocks(instrument("us_subpoena"), FIRST_DAY) == ()
