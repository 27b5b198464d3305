from collections.abc import Callable

import pytest

from ledger.models import LedgerEntry
from ledger.queries import entries

pytestmark = pytest.mark.django_db
Write = Callable[..., list[LedgerEntry]]


def test_the_newest_come_first(history: None) -> None:
    assert [entry.seq for entry in entries("case:1", limit=3)] == [5, 4, 3]


def test_a_page_ends_before_the_entry_it_is_asked_from(history: None) -> None:
    assert [entry.seq for entry in entries("case:1", limit=10, before_seq=3)] == [2, 1]


def test_only_the_stream_asked_for(history: None, received: Write) -> None:
    received("case:10")
    assert {entry.stream for entry in entries("case:1", limit=100)} == {"case:1"}
    assert entries("case:9", limit=100) == []
