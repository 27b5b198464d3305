from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import chain, payloads
from ledger.actions import append
from ledger.facts import Fact
from tests.ledger.kinds import WIDE

pytestmark = pytest.mark.django_db

codes = st.from_regex(payloads.CODE, fullmatch=True).filter(payloads.is_code)
numbers = st.integers(0, 2**63 - 1)
instants = st.datetimes(timezones=st.just(UTC))
facts = st.builds(
    Fact, st.sampled_from(["received", "outcome"]), instants, line=codes, value=codes, accounts=numbers, domains=numbers
)
fields = st.fixed_dictionaries(
    {},
    optional={
        "law": codes,
        "grounds": st.lists(codes, max_size=4),
        "agency": numbers,
        "customers": st.lists(numbers, max_size=4),
        "due": instants,
        "day": st.dates(),
        "targets": numbers,
        "sealed": st.booleans(),
        "text": st.from_regex(payloads.COMMITMENT, fullmatch=True),
        "how": st.sampled_from(["form", "file"]),
    },
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=instants, by=st.none() | numbers, fact=st.none() | facts, fields=fields)
def test_the_hash_survives_the_way_into_the_database_and_back(
    at: datetime, by: int | None, fact: Fact | None, fields: dict[str, object]
) -> None:
    """What Python hashes, what PostgreSQL hashes and what stands in the row afterwards are the same bytes."""
    entry = append(stream="case:1", kind=WIDE, at=at, by=by, fact=fact, **fields)
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload::text, hash FROM ledger_entry WHERE id = %s", [entry.id])
        stored_text, stored_hash = cursor.fetchone()
    assert stored_text == payloads.text(entry.payload)
    assert stored_hash == chain.digest(
        id=entry.id, stream="case:1", seq=entry.seq, payload=stored_text, prev_hash=bytes(entry.prev_hash)
    )


def test_the_canonical_form_is_what_postgresql_says_of_the_whole_entry() -> None:
    """The recipe that docs/decisions/0003-ledger.md gives to an auditor."""
    entry = append(stream="case:1", kind=WIDE, at=datetime(2026, 1, 1, tzinfo=UTC), by=7, law="18 U.S.C. § 2705(b)")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT jsonb_build_object('id', id, 'stream', stream, 'seq', seq, 'payload', payload,"
            " 'prev_hash', encode(prev_hash, 'hex'))::text FROM ledger_entry WHERE id = %s",
            [entry.id],
        )
        (recipe,) = cursor.fetchone()
    canonical = chain.canonical(
        id=entry.id,
        stream="case:1",
        seq=entry.seq,
        payload=payloads.text(entry.payload),
        prev_hash=bytes(entry.prev_hash),
    )
    assert canonical == recipe
