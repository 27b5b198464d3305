from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.provisional import domains

from ledger import payloads
from ledger.facts import Fact
from ledger.payloads import InvalidField, UndeclaredField, build
from tests.ledger.kinds import MOVED, RECEIVED, WIDE

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
COMMITMENT = "0123456789abcdef" * 4


def wide(**fields: object) -> payloads.Payload:
    return build(WIDE, at=NOON, by=7, fact=None, fields=fields)


def test_a_payload_holds_who_when_what_and_the_declared_fields_only() -> None:
    assert build(MOVED, at=NOON, by=7, fact=None, fields={"state": "closed"}) == {
        "at": "2026-11-30T12:00:00.000000+00:00",
        "by": 7,
        "kind": "test.moved",
        "state": "closed",
    }


def test_an_instant_of_any_zone_is_written_in_utc() -> None:
    tokyo = datetime(2026, 11, 30, 21, tzinfo=timezone(timedelta(hours=9)))
    assert build(MOVED, at=tokyo, by=None, fact=None, fields={})["at"] == "2026-11-30T12:00:00.000000+00:00"


def test_what_is_none_is_left_out() -> None:
    assert "state" not in build(MOVED, at=NOON, by=None, fact=None, fields={"state": None})
    assert "by" not in build(MOVED, at=NOON, by=None, fact=None, fields={})


def test_a_field_that_the_kind_does_not_declare_is_refused() -> None:
    with pytest.raises(UndeclaredField, match=r"test\.moved.*customer_name"):
        build(MOVED, at=NOON, by=7, fact=None, fields={"customer_name": "carla"})


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        build(MOVED, at=NOON.replace(tzinfo=None), by=7, fact=None, fields={})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("law", "18 U.S.C. § 2705(b)"),
        ("law", "Reg. (EU) 2023/1543 Art. 10"),
        ("law", "GDPR Art. 48"),
        ("law", "us_search_warrant"),
        ("law", ""),
        ("law", "12345678-9012-4345-8678-901234567890"),
        ("grounds", ["defective", "overbroad"]),
        ("customers", [1, 2, 3]),
        ("due", NOON),
        ("day", date(2026, 11, 30)),
        ("sealed", False),
        ("text", COMMITMENT),
        ("ref", "WD-2026-0123ABCDX"),
        ("ref", "WD-2026-0123ABCD-X"),
        ("how", "form"),
    ],
)
def test_what_a_field_is_for_is_accepted(field: str, value: object) -> None:
    assert field in wide(**{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("law", "x" * 81),
        ("law", "línea"),
        ("law", 3),
        ("grounds", ["defective", "carla@example.org"]),
        ("agency", -1),
        ("agency", True),
        ("agency", 2**63),
        ("customers", [1, "2"]),
        ("due", NOON.replace(tzinfo=None)),
        ("due", "2026-11-30"),
        ("day", NOON),
        ("sealed", 1),
        ("text", COMMITMENT[:-1]),
        ("text", COMMITMENT.upper()),
        ("ref", "WD-2026-CARLA"),
        ("how", "fax"),
    ],
)
def test_anything_else_is_refused_without_repeating_it(field: str, value: object) -> None:
    with pytest.raises(InvalidField, match=field) as refusal:
        wide(**{field: value})
    assert str(value) not in str(refusal.value)


names = st.from_regex(r"\A[A-Z][a-z]{1,12} [A-Z][a-z]{1,12}\Z")
persons_data = st.one_of(st.emails(), st.ip_addresses().map(str), domains(), names, names.map(str.lower))


@given(persons_data)
def test_no_code_can_be_an_address_a_domain_or_a_name_of_two_words(value: str) -> None:
    with pytest.raises(InvalidField):
        wide(law=value)


@given(st.from_regex(r"\A[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{4}\Z"))
def test_no_code_can_be_a_telephone_number(value: str) -> None:
    with pytest.raises(InvalidField):
        wide(law=value)


@given(persons_data)
def test_no_fact_can_carry_it_either(value: str) -> None:
    with pytest.raises(InvalidField):
        build(RECEIVED, at=NOON, by=7, fact=Fact("received", NOON, line=value), fields={})


def test_a_fact_of_an_unknown_name_is_refused() -> None:
    fact = Fact("gossip", NOON)  # type: ignore[arg-type]
    with pytest.raises(InvalidField):
        build(RECEIVED, at=NOON, by=7, fact=fact, fields={})
