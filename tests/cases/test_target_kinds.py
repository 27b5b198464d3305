"""What a target is, from how it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.states import TargetKind
from cases.target_kinds import guessed, said_or_guessed


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("carla", "account", "carla"),
        ("4711", "account", "4711"),
        ("carla@customer.example", "email", "carla@customer.example"),
        ("carla.example", "domain", "carla.example"),
        ("xn--bcher-kva.example.", "domain", "xn--bcher-kva.example."),
        ("_dmarc.carla.example", "domain", "_dmarc.carla.example"),
        ("carla.99", "account", "carla.99"),
        ("192.0.2.7", "ip", "192.0.2.7"),
        ("192.0.2.0/24", "ip", "192.0.2.0/24"),
        ("2001:db8::7", "ip", "2001:db8::7"),
        ("999.0.2.7", "account", "999.0.2.7"),
        ("https://carla.example/a", "url", "https://carla.example/a"),
        ("+44 20 7946 0000", "phone", "+44 20 7946 0000"),
        ("domain: localhost", "domain", "localhost"),
        ("Account: carla@customer.example", "account", "carla@customer.example"),
        ("account:", "account", "account:"),
        ("colour: red", "account", "colour: red"),
    ],
)
def test_a_line_is_what_it_says_or_looks_like(line: str, kind: str, value: str) -> None:
    assert said_or_guessed(line) == (kind, value)


@given(st.text(max_size=80))
def test_whatever_is_written_has_some_kind(line: str) -> None:
    assert guessed(line) in TargetKind
