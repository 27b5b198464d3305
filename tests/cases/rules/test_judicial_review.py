"""A court's review of a gag: which bases know one. Its steps: tests/requirements/test_11_reciprocal_notice.py."""

from datetime import date

import pytest

from cases.rules.clocks import clock_rule
from cases.rules.judicial_review import REVIEWABLE, judicial_review
from cases.rules.nondisclosure import BASES, basis


def test_only_a_letters_gag_is_reviewed_upon_a_notice_to_the_government() -> None:
    assert REVIEWABLE == ("us_2709c",)


@pytest.mark.parametrize("code", REVIEWABLE)
def test_it_names_a_clock_that_exists(code: str) -> None:
    assert clock_rule(basis(code).review_clock).event == "notice_sent"


@pytest.mark.parametrize("code", sorted(set(BASES) - set(REVIEWABLE)))
def test_other_silence_knows_none(code: str) -> None:
    assert judicial_review(code, asked_on=None, apply_until=None, applied_on=None, today=date(2026, 4, 1)) is None
