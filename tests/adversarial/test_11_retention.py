"""Invariant 11. What a purge destroys is gone for good, and no figure that was or will be published knows of it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from accounts.models import User
from cases.actions.clockwork import run_clocks
from cases.models import Case
from ledger.models import LedgerFact
from reports.actions import publish
from reports.actions.making import make
from reports.body import to_bytes
from reports.models import PublishedReport
from reports.previews import recount
from reports.rules.periods import period
from tests import lives
from tests.lives import Staff
from vault.actions import destroy_scope, store
from vault.actions.documents import read
from vault.keys import ScopeDestroyed

pytestmark = pytest.mark.django_db

HALF = period("2026-H2")
AFTER = datetime(2027, 8, 1, tzinfo=UTC)


@pytest.fixture
def worked(staff: Staff, now: datetime) -> list[Case]:
    """A half-year's cases: one answered, one rejected, one in silence."""
    answered = lives.answered(lives.received(now), staff, now)
    rejected = lives.rejected(lives.in_conflict_check(lives.received(now), staff, now), staff, now)
    return [answered, rejected, lives.withheld(lives.received(now), staff, now)]


def purge(cases: list[Case]) -> None:
    """Destroy the keys of the cases, as retention does."""
    for case in cases:
        keys = lives.again(case).keys
        assert keys, "every case has said something that is committed to"
        destroy_scope(keys, AFTER, stream=case.stream)


def test_purging_every_case_changes_no_figure_before_or_after_publication(worked: list[Case], publisher: User) -> None:
    before = to_bytes(make(HALF, now=AFTER).body)
    assert json.loads(before)["lines"]
    purge(worked[:1])
    assert to_bytes(make(HALF, now=AFTER).body) == before
    report = publish(HALF, by=publisher, now=AFTER)
    purge(worked[1:])
    call_command("rebuild_facts", "--check")
    assert recount(PublishedReport.objects.get(pk=report.pk)) == []


def test_the_facts_counted_anew_after_a_purge_are_the_same_rows(worked: list[Case]) -> None:
    rows = list(LedgerFact.objects.order_by("entry_id").values())
    purge(worked)
    call_command("rebuild_facts")
    assert list(LedgerFact.objects.order_by("entry_id").values()) == rows
    assert rows


def test_a_document_of_a_purged_case_opens_for_nobody(worked: list[Case], staff: Staff, now: datetime) -> None:
    keys = lives.again(worked[0]).keys
    assert keys
    document = store([b"the customer's letters"], scope=keys, name="letters.txt", by_id=staff.ines.pk, now=now)
    purge(worked[:1])
    document.refresh_from_db()
    with pytest.raises(ScopeDestroyed):
        b"".join(read(document))
    assert (document.name, document.sha256) == ("", "")


def test_nothing_is_destroyed_twice_or_by_the_clock(worked: list[Case]) -> None:
    purge(worked[:1])
    with pytest.raises(ScopeDestroyed):
        purge(worked[:1])
    run_clocks(now=AFTER + timedelta(days=3650))
    assert all(lives.again(case).keys.destroyed_at is None for case in worked[1:])  # type: ignore[union-attr]
