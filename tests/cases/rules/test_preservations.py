"""How long data are held: Reg. (EU) 2023/1543 Art. 11, 18 USC 2703(f)."""

from datetime import date

import pytest

from cases.rules.preservations import (
    ExtensionTooLate,
    NotExtendable,
    SecondExtensionRefused,
    first_hold,
    open_ended,
    release_wanted,
    renewed,
)


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        pytest.param("sca_preservation", date(2026, 1, 15), date(2026, 4, 15), id="2703(f): 90 days"),
        pytest.param("epoc_pr_lapse", date(2026, 9, 1), date(2026, 10, 31), id="EPOC-PR: 60 days"),
    ],
)
def test_a_hold_lasts_through(rule: str, start: date, expected: date) -> None:
    assert first_hold(rule, start) == expected


@pytest.mark.parametrize(
    ("rule", "last_day", "asked_on", "expected"),
    [
        pytest.param("sca_preservation", date(2026, 4, 15), date(2026, 4, 1), date(2026, 7, 14), id="2703(f) renewed"),
        pytest.param(
            "epoc_pr_lapse", date(2026, 10, 31), date(2026, 10, 31), date(2026, 11, 30), id="Annex VI in time"
        ),
    ],
)
def test_an_extension_runs_from_the_end_of_the_hold(rule: str, last_day: date, asked_on: date, expected: date) -> None:
    assert renewed(rule, last_day=last_day, asked_on=asked_on, extensions=0) == expected


def test_annex_vi_on_1_november_is_too_late() -> None:
    with pytest.raises(ExtensionTooLate, match="ended on 31 October 2026; the request came on 1 November 2026"):
        renewed("epoc_pr_lapse", last_day=date(2026, 10, 31), asked_on=date(2026, 11, 1), extensions=0)


def test_a_second_annex_vi_is_refused() -> None:
    with pytest.raises(SecondExtensionRefused, match="Annex VI is refused"):
        renewed("epoc_pr_lapse", last_day=date(2026, 11, 30), asked_on=date(2026, 11, 20), extensions=1)


def test_a_third_2703f_request_is_a_new_letter_for_counsel() -> None:
    with pytest.raises(SecondExtensionRefused, match="new letter, for counsel"):
        renewed("sca_preservation", last_day=date(2026, 7, 14), asked_on=date(2026, 7, 1), extensions=1)


def test_only_a_preservation_can_be_prolonged() -> None:
    with pytest.raises(NotExtendable):
        renewed("epoc_answer", last_day=date(2026, 9, 14), asked_on=date(2026, 9, 7), extensions=0)


def test_annex_v_in_time_makes_the_hold_last_as_long_as_necessary() -> None:
    open_ended("epoc_pr_lapse", last_day=date(2026, 10, 31), confirmed_on=date(2026, 10, 31))
    with pytest.raises(ExtensionTooLate):
        open_ended("epoc_pr_lapse", last_day=date(2026, 10, 31), confirmed_on=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("last_day", "other_holds", "expected"),
    [
        pytest.param(date(2026, 4, 15), False, True, id="the day after: a person is asked to release"),
        pytest.param(date(2026, 4, 16), False, False, id="on the last day it still holds"),
        pytest.param(date(2026, 4, 15), True, False, id="something else holds the same data"),
        pytest.param(None, False, False, id="open-ended"),
    ],
)
def test_on_16_april_a_release_is_wanted(last_day: date | None, other_holds: bool, expected: bool) -> None:
    assert release_wanted(last_day, today=date(2026, 4, 16), other_holds=other_holds) is expected
