"""Orders that take effect: nowhere further than asked, and the notice repeats what the law says it does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.instruments import INSTRUMENTS, instrument
from cases.rules.measures import (
    counsel_decides_silence,
    is_narrower,
    is_over,
    is_within,
    scope_problems,
    shared,
    territory_problems,
    told_problems,
    unstated,
)

PLACES = st.sets(st.sampled_from(["DE", "FR", "IE", "US", "JP"]), min_size=1)
SCOPES = PLACES | st.just({"worldwide"})


def codes(problems: list[object]) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]


def test_what_ends_in_effect_carries_measures_and_nothing_else_does() -> None:
    carrying = {code for code, kind in INSTRUMENTS.items() if "effect" in kind.ends_in}
    assert carrying == {"dsa_order_to_act", "content_order", "domain_seizure"}
    assert carrying == {code for code, kind in INSTRUMENTS.items() if kind.measures}


def test_only_orders_of_the_dsa_say_what_a_notice_repeats_and_that_counsel_decides_on_silence() -> None:
    for code, kind in INSTRUMENTS.items():
        is_dsa = code.startswith("dsa_")
        assert (bool(kind.notice_states), bool(kind.notice_source), bool(kind.silence_source)) == (is_dsa,) * 3


@pytest.mark.parametrize(
    ("given_there", "asked", "reason", "expected"),
    [
        pytest.param(["DE"], ["DE"], "", [], id="as asked"),
        pytest.param(["DE"], ["DE", "FR"], "", ["no_reason"], id="narrower without a reason"),
        pytest.param(["DE"], ["DE", "FR"], "Only its courts found so.", [], id="narrower with one"),
        pytest.param(["DE"], ["worldwide"], "Lawful elsewhere.", [], id="narrower than the world"),
        pytest.param(["DE", "FR"], ["DE"], "More is better.", ["wider"], id="wider"),
        pytest.param(["worldwide"], ["DE"], "More is better.", ["wider"], id="the world where a country was asked"),
        pytest.param([], ["DE"], "", ["no_territory"], id="nowhere"),
        pytest.param(["EU27"], ["worldwide"], "So it says.", ["unknown"], id="what is no country"),
        pytest.param(["worldwide", "DE"], ["worldwide"], "", ["mixed"], id="the world and a country"),
    ],
)
def test_effect_may_be_given(given_there: list[str], asked: list[str], reason: str, expected: list[str]) -> None:
    assert codes(list(scope_problems(given_there, asked, reason))) == expected


@given(SCOPES, SCOPES)
def test_effect_never_reaches_a_place_that_was_not_asked(places: set[str], asked: set[str]) -> None:
    allowed = not scope_problems(places, asked, "for a reason")
    assert allowed == is_within(places, asked)
    assert not allowed or "worldwide" in asked or places <= asked


@given(SCOPES)
def test_as_asked_is_never_narrower(places: set[str]) -> None:
    assert not territory_problems(places)
    assert not is_narrower(places, places)


@pytest.mark.parametrize(
    ("code", "missing"),
    [
        ("dsa_order_to_act", ("reasons", "redress", "territories")),
        ("dsa_order_to_inform", ("reasons", "redress")),
        ("domain_seizure", ()),
    ],
)
def test_the_notice_of_an_order_repeats(code: str, missing: tuple[str, ...]) -> None:
    assert unstated(instrument(code), reasons=" ", redress="", territories=[]) == missing
    assert unstated(instrument(code), reasons="§ 86 StGB", redress="VG Köln", territories=["DE"]) == ()


def test_an_order_binds_through_its_last_day() -> None:
    assert not is_over(date(2026, 12, 1), date(2026, 12, 1))
    assert is_over(date(2026, 12, 1), date(2026, 12, 2))
    assert not is_over(None, date(2999, 1, 1))


@pytest.mark.parametrize(
    ("code", "silence_in_force", "expected"),
    [
        ("dsa_order_to_act", True, True),
        ("dsa_order_to_inform", True, True),
        ("dsa_order_to_act", False, False),
        ("domain_seizure", True, False),
    ],
)
def test_counsel_decides_where_silence_stands_against_a_notice(
    code: str, silence_in_force: bool, expected: bool
) -> None:
    assert counsel_decides_silence(instrument(code), silence_in_force=silence_in_force) == expected


@pytest.mark.parametrize(
    ("is_told", "reason", "is_known", "is_targets_own", "expected"),
    [
        pytest.param(True, "Their shop is gone too.", True, False, [], id="a customer of ours is told"),
        pytest.param(False, "Their shop is elsewhere by now.", True, False, [], id="or not, for a reason"),
        pytest.param(False, "Not ours to tell.", False, False, [], id="a stranger is not told"),
        pytest.param(True, "Their shop is gone too.", False, False, ["not_known"], id="a stranger cannot be"),
        pytest.param(True, "It is theirs.", True, True, ["targets_own"], id="the target's own has their own notice"),
        pytest.param(False, " ", True, False, ["no_reason"], id="never without a reason"),
    ],
)
def test_who_is_hit_beside_the_target(
    is_told: bool, reason: str, is_known: bool, is_targets_own: bool, expected: list[str]
) -> None:
    problems = told_problems(is_told=is_told, reason=reason, is_known=is_known, is_targets_own=is_targets_own)
    assert codes(list(problems)) == expected


@pytest.mark.parametrize(
    ("target", "other", "common"),
    [
        pytest.param(("domain", "a.example"), ("domain", "a.example"), "domain", id="the same domain"),
        pytest.param(("domain", "a.example"), ("domain", "b.c.a.example"), "below", id="a domain below"),
        pytest.param(("domain", "b.a.example"), ("domain", "a.example"), "", id="not the one above"),
        pytest.param(("domain", "a.example"), ("domain", "ba.example"), "", id="not one that ends like it"),
        pytest.param(("domain", "a.example"), ("account", "a.example"), "", id="not another kind"),
        pytest.param(("ip", "192.0.2.7"), ("ip", "192.0.2.7"), "address", id="the same address"),
        pytest.param(("url", "https://a.example/"), ("url", "https://a.example/"), "page", id="the same page"),
        pytest.param(("account", "4711"), ("account", "4711"), "", id="an account has nobody beside it"),
    ],
)
def test_who_is_hit_too_has_a_place_in_common_with_the_target(
    target: tuple[str, str], other: tuple[str, str], common: str
) -> None:
    assert shared(target, other) == common
