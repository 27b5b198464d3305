"""Requirement 23, evidence under Reg. (EU) 2023/1543 that goes outside the decentralised IT system: above 25,600 kB it
must, with a manifest, and encrypted to the authority's certificate or with the reason why not.
"""

from datetime import datetime

import pytest
from django.utils import translation

from cases.actions import deliveries, productions
from cases.actions.changing import Refused
from cases.actions.deliveries import Encryption, EncryptionUnsaid
from cases.models import Delivery, Production
from cases.rules.delivery import LARGEST_INSIDE
from ledger.models import LedgerEntry
from ledger.sentences import sentence
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

NO_CERTIFICATE = Encryption(done=False, reason="The court supplied no certificate.")


@pytest.fixture
def part(staff: Staff, now: datetime) -> Production:
    """A German court's certificate is answered with one file."""
    return released("eu_epoc", staff, now)


def released(instrument: str, staff: Staff, now: datetime) -> Production:
    agency = lives.oseis_agency(now, country="DE" if instrument == "eu_epoc" else "US", kind="court")
    case = lives.received(now, instrument=instrument, agency=agency)
    if case.instrument.notice != "never":
        lives.brandts_order(case, staff, now)
    case = lives.notice_pending(case, staff, now)
    file = lives.with_file(case, staff, now)
    approval = lives.approved(lives.answer_proposed(case, staff, now, files=[str(file.document_id)]), staff, now)
    return productions.release(approval_id=approval.pk, by=staff.ines, now=now)


def grown(part: Production, size: int) -> Production:
    part.manifest["files"][0]["size"] = size
    part.save()
    return part


def by_hand(
    part: Production, staff: Staff, now: datetime, means: str, encryption: Encryption = NO_CERTIFICATE, how: str = ""
) -> Delivery:
    return deliveries.record_out_of_band(
        production_id=part.pk,
        recipient="Judge Brandt",
        means=means,
        how=how,
        encryption=encryption,
        by=staff.analyst,
        now=now,
    )


def test_above_25600_kb_nobody_records_that_it_went_inside_the_system(
    part: Production, staff: Staff, now: datetime
) -> None:
    with pytest.raises(Refused, match=r"25,600 kB.*Reg\. \(EU\) 2025/1550"):
        by_hand(grown(part, LARGEST_INSIDE + 1), staff, now, "eevidence_system")
    assert by_hand(part, staff, now, "encrypted_medium").means == "encrypted_medium"
    inside = by_hand(grown(part, LARGEST_INSIDE), staff, now, "eevidence_system", Encryption())
    assert inside.is_encrypted is None, "the system encrypts by itself"


@pytest.mark.parametrize(
    ("means", "how", "because"),
    [
        pytest.param("eevidence_system", "", "Only certificates", id="not that kind of order"),
        pytest.param("pigeon", "", "Choose", id="means that nobody knows"),
        pytest.param("other", " ", "Say by what means", id="other, and not which"),
    ],
)
def test_the_means_are_known_and_possible(means: str, how: str, because: str, staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match=because):
        by_hand(released("us_subpoena", staff, now), staff, now, means, how=how)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(Encryption(), id="nothing said"),
        pytest.param(Encryption(done=False, reason=" "), id="not encrypted, and not why"),
    ],
)
def test_outside_the_system_it_is_said_whether_it_is_encrypted(
    said: Encryption, part: Production, staff: Staff, now: datetime
) -> None:
    with pytest.raises(EncryptionUnsaid, match=r"6\.5, 6\.6"):
        by_hand(part, staff, now, "post", said)
    with pytest.raises(EncryptionUnsaid):
        deliveries.deliver_by_link(
            production_id=part.pk, recipient="x", days=30, encryption=said, by=staff.analyst, now=now
        )
    assert not Delivery.objects.exists()


def test_what_is_said_of_it_is_kept_and_the_ledger_has_it_as_a_flag(
    part: Production, staff: Staff, now: datetime
) -> None:
    link = deliveries.deliver_by_link(
        production_id=part.pk, recipient="x", days=30, encryption=Encryption(done=True), by=staff.analyst, now=now
    )
    assert (link.delivery.is_encrypted, link.delivery.unencrypted_reason) == (True, "")
    hand = by_hand(part, staff, now, "post")
    assert (hand.is_encrypted, hand.unencrypted_reason) == (False, "The court supplied no certificate.")
    entries = LedgerEntry.objects.filter(stream=part.case.stream, payload__kind="delivery_made").order_by("seq")
    assert [entry.payload["encrypted"] for entry in entries] == [True, False]
    assert "court supplied" not in str(entries[1].payload)
    assert sentence(entries[1]).endswith("; encrypted to the authority's certificate: no.")
    with translation.override("fr"):
        assert sentence(entries[1]).endswith("non.")


def test_of_a_us_order_nobody_asks_for_a_certificate(staff: Staff, now: datetime) -> None:
    delivery = by_hand(released("us_subpoena", staff, now), staff, now, "post", Encryption())
    assert delivery.is_encrypted is None
