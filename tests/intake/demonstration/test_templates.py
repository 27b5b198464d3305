"""What of a recorded row is known again, and what stays as it was."""

import pytest

from intake.demonstration.templates import template

KEY = "400000000000017"
HASH = "ab" * 32


def test_a_text_is_filled_in_with_what_another_cast_brings() -> None:
    line = template(f"{KEY}\t@target-3@\tand {KEY} again", {KEY: 0, "@target-3@": 1}.get)
    assert line.fill(["12", "rapid-wiki.example"]) == "12\trapid-wiki.example\tand 12 again"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("100% of it, %s and %d", id="signs of the operator"),
        pytest.param(f"x{KEY}", id="digits inside a word"),
        pytest.param("case:17 of 2026-11-30", id="small numbers"),
        pytest.param(HASH, id="a hash that nobody knows"),
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert template(text, {KEY: 0}.get).fill(["12"]) == text
