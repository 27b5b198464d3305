"""References: nothing to count, and a slip of the finger shows."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.references import ALPHABET, PATTERN, is_mistyped, new_reference, normalised


def test_a_reference_has_its_form_and_a_right_check_character() -> None:
    for _ in range(200):
        reference = new_reference(2026)
        assert re.match(PATTERN, reference)
        assert not is_mistyped(reference)


def test_references_do_not_follow_one_another() -> None:
    assert len({new_reference(2026)[8:10] for _ in range(200)}) > 50


@given(position=st.integers(8, 15), character=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(position: int, character: str) -> None:
    reference = new_reference(2026)
    wrong = reference[:position] + character + reference[position + 1 :]
    assert is_mistyped(wrong) == (wrong != reference)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param(" wd-2026-7k3m9qxa7 ", "WD-2026-7K3M9QXA7", id="small letters and spaces"),
        pytest.param("WD-2026-oIl3m9qxa", "WD-2026-0113M9QXA", id="letters that look like digits"),
    ],
)
def test_what_a_person_types_is_read_as_they_meant_it(typed: str, meant: str) -> None:
    assert normalised(typed) == meant
