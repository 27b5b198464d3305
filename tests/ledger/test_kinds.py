import pytest

from ledger import kinds
from ledger.kinds import Field, KindDeclaredTwice, ReservedFieldName, declare
from tests.ledger.kinds import MOVED


def test_a_kind_is_found_by_its_name() -> None:
    assert kinds.named("test.moved") is MOVED


def test_a_kind_that_nobody_declared_is_none() -> None:
    assert kinds.named("test.never") is None


def test_the_same_name_twice_is_refused() -> None:
    with pytest.raises(KindDeclaredTwice, match=r"test\.moved"):
        declare("test.moved", "Moved again")


@pytest.mark.parametrize("name", ["kind", "at", "by", "fact"])
def test_what_every_payload_has_cannot_be_declared_as_a_field(name: str) -> None:
    with pytest.raises(ReservedFieldName, match=name):
        declare("test.reserved", "Reserved", **{name: Field.CODE})
    assert kinds.named("test.reserved") is None
