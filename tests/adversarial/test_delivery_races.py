"""One code, two browsers at the same moment; a file fetched while the link is taken back."""

from datetime import datetime, timedelta

import pytest

from cases.actions import deliveries, fetching
from cases.models import Case, Delivery
from ledger.models import LedgerEntry
from tests import lives
from tests.adversarial.racing import at_once, one_behind_the_other
from tests.lives import Staff

pytestmark = pytest.mark.django_db(transaction=True)

TURNS = 4


def said(case: Case, kind: str) -> int:
    """Return how many entries of the kind the case's stream has."""
    return LedgerEntry.objects.filter(stream=case.stream, payload__kind=kind).count()


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_code_lets_one_browser_in(turn: int, staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    handed = lives.delivered_by_link(case, staff, now)
    then = handed.delivery.available_at + timedelta(hours=1)
    let_in: list[Delivery | None] = []

    def knock() -> None:
        let_in.append(fetching.open_with_code(handed.delivery, token=handed.token, code=handed.code, now=then))

    assert at_once(knock, knock, knock) == [None, None, None]
    assert sum(one is not None for one in let_in) == 1
    assert said(case, "delivery_opened") == 1


def test_wrong_codes_at_the_same_moment_are_each_counted(staff: Staff, now: datetime) -> None:
    handed = lives.delivered_by_link(lives.received(now), staff, now)
    then = handed.delivery.available_at + timedelta(hours=1)

    def guess() -> None:
        assert fetching.open_with_code(handed.delivery, token=handed.token, code="0" * 12, now=then) is None

    assert at_once(*[guess] * 5) == [None] * 5
    delivery = Delivery.objects.get()
    assert (delivery.failed_codes, delivery.revoked_at) == (5, then)


@pytest.mark.parametrize("revoked_first", [True, False])
def test_what_is_fetched_behind_a_revocation_is_not_sent(revoked_first: bool, staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    handed = lives.delivered_by_link(case, staff, now)
    then = handed.delivery.available_at + timedelta(hours=1)
    opened = fetching.open_with_code(handed.delivery, token=handed.token, code=handed.code, now=then)
    assert opened
    sent: list[object] = []

    def fetch() -> None:
        sent.append(fetching.take_file(opened, number=1, now=then))

    def revoke() -> None:
        deliveries.revoke(delivery_id=opened.pk, because="wrong_recipient", by=staff.ines, now=then)

    deeds = (revoke, fetch) if revoked_first else (fetch, revoke)
    assert one_behind_the_other(case, *deeds) == [None, None]
    assert [one is None for one in sent] == [revoked_first]
    assert said(case, "delivery_taken") == (0 if revoked_first else 1)
