import psycopg
import pytest

from ledger.models import LedgerEntry
from ledger.snapshot import one_snapshot


@pytest.mark.django_db(transaction=True)
def test_what_is_read_is_of_one_moment(fresh_database: str) -> None:
    with one_snapshot():
        assert not LedgerEntry.objects.exists()
        with psycopg.connect(fresh_database) as osei:
            osei.execute("SELECT ledger_append('case:1', '{}')")
        assert not LedgerEntry.objects.exists()
    assert LedgerEntry.objects.exists()
