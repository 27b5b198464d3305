"""Requirement 23: two-person release for every disclosure; the requester of a release cannot approve; the package has a
manifest with names, sizes and SHA-512; above 25,600 kB it goes by another channel; a link lives 10 to 45 days (made
available on 2026-09-10, it ends between 09-20 and 10-25).
"""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.actions import deciding, deliveries, productions
from cases.actions.changing import NotForYou, Refused
from cases.actions.second_person import NotWhatWasApproved
from cases.models import Approval, Case, Production
from cases.queries.proposals import described
from cases.rules.delivery import LARGEST_INSIDE, channel, link_ends_between
from cases.rules.manifest import canonical
from cases.views.approving import card
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff
from vault.commitments import commit
from vault.models import Document

pytestmark = pytest.mark.django_db

CONTENT = b"name,since\nCarla Moreau,2019\n"
LATER = timedelta(days=15)


@pytest.fixture
def proposed(staff: Staff, now: datetime) -> Approval:
    """Ines proposes to answer with one file, a fortnight after Carla was told."""
    case = lives.notified(lives.received(now, agency_reference="PPB-26-118"), staff, now)
    file = lives.with_file(case, staff, now, CONTENT)
    return lives.answer_proposed(case, staff, now + LATER, files=[str(file.document_id)])


def released(approval: Approval, staff: Staff, now: datetime) -> Production:
    lives.approved(approval, staff, now)
    return productions.release(approval_id=approval.pk, by=staff.ines, now=now)


def test_who_asks_for_a_release_cannot_approve_it(proposed: Approval, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotForYou):
        deciding.approve(approval_id=proposed.pk, digest=proposed.digest, decision="", by=staff.ines, now=now)
    with pytest.raises(Refused, match="not approved"):
        productions.release(approval_id=proposed.pk, by=staff.ines, now=now + LATER)
    assert not Production.objects.exists()


def test_the_second_person_reads_exactly_the_manifest_that_is_frozen(
    proposed: Approval, staff: Staff, now: datetime
) -> None:
    (shown,) = described([Approval.objects.select_related("case__agency").get(pk=proposed.pk)])
    production = released(proposed, staff, now + LATER)
    (file,) = production.manifest["files"]
    assert shown.files == [file]
    assert file == {
        "name": "subscriber.csv",
        "size": len(CONTENT),
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "sha512": hashlib.sha512(CONTENT).hexdigest(),
    }
    assert production.manifest["order"]["agency_reference"] == "PPB-26-118"
    assert production.manifest["recipient"]["name"] == proposed.case.agency.name
    assert card(shown, staff.paul, now).refusal == ""


def test_a_file_that_changed_since_does_not_leave(proposed: Approval, staff: Staff, now: datetime) -> None:
    lives.approved(proposed, staff, now + LATER)
    Document.objects.filter(name="subscriber.csv").update(sha512="0" * 128)
    with pytest.raises(NotWhatWasApproved):
        productions.release(approval_id=proposed.pk, by=staff.ines, now=now + LATER)


def test_the_ledger_is_bound_to_the_manifest(proposed: Approval, staff: Staff, now: datetime) -> None:
    production = released(proposed, staff, now + LATER)
    keys = lives.again(proposed.case).keys
    assert keys
    entry = LedgerEntry.objects.get(stream=proposed.case.stream, payload__kind="produced")
    assert entry.payload["manifest"] == commit(keys, canonical(production.manifest))


def test_a_file_from_before_the_longer_hash_was_taken_gets_it(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    file = lives.with_file(case, staff, now, CONTENT)
    Document.objects.filter(pk=file.document_id).update(sha512="")
    approval = lives.answer_proposed(case, staff, now + LATER, files=[str(file.document_id)])
    assert approval.subject["now"]["manifest"]["files"][0]["sha512"] == hashlib.sha512(CONTENT).hexdigest()


def test_above_25600_kb_it_goes_by_another_channel() -> None:
    assert channel(LARGEST_INSIDE, in_eevidence=True).code == "eevidence_system"
    assert channel(LARGEST_INSIDE + 1, in_eevidence=True).code == "link"


def test_made_available_on_10_september_a_link_ends_between_20_september_and_25_october(staff: Staff) -> None:
    assert link_ends_between(date(2026, 9, 10)) == (date(2026, 9, 20), date(2026, 10, 25))
    received_at = datetime(2026, 8, 26, 18, tzinfo=UTC)
    handed = lives.delivered_by_link(lives.received(received_at), staff, received_at)
    assert handed.delivery.available_at.date() == date(2026, 9, 10)
    production = handed.delivery.production_id
    now = handed.delivery.available_at
    for days, last in ((10, "2026-09-20"), (45, "2026-10-25")):
        made = deliveries.deliver_by_link(production_id=production, recipient="x", days=days, by=staff.ines, now=now)
        expires_at = made.delivery.expires_at
        assert expires_at
        assert (expires_at - timedelta(seconds=1)).astimezone(expires_at.tzinfo).date().isoformat() == last
    for days in (9, 46):
        with pytest.raises(Refused, match="between 20 September 2026 and 25 October 2026"):
            deliveries.deliver_by_link(production_id=production, recipient="x", days=days, by=staff.ines, now=now)
    assert Case.objects.get().productions.count() == 1
