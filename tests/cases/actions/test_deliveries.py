"""How a production reaches the agency: a link that a code opens once, or by hand; closed for good when it must be."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cases.actions import deliveries, ending, fetching
from cases.actions.changing import CaseNotFound, NotForYou, Refused
from cases.actions.deliveries import Handed, NotDeliverable
from cases.actions.installation import hold_installation
from cases.models import Case, Delivery, HoldReason, Objection, Production
from cases.queries.deliveries import find
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)


@pytest.fixture
def case(now: datetime) -> Case:
    return lives.received(now)


@pytest.fixture
def handed(case: Case, staff: Staff, now: datetime) -> Handed:
    return lives.delivered_by_link(case, staff, now)


@pytest.fixture
def then(handed: Handed) -> datetime:
    """An hour after the link was made."""
    return handed.delivery.available_at + timedelta(hours=1)


def open_it(handed: Handed, now: datetime, code: str = "") -> Delivery | None:
    return fetching.open_with_code(handed.delivery, token=handed.token, code=code or handed.code, now=now)


def kinds_of(case: Case) -> list[str]:
    entries = LedgerEntry.objects.filter(stream=case.stream).order_by("seq")
    return [entry.payload["kind"] for entry in entries if entry.payload["kind"].startswith("deliver")]


def test_token_and_code_stand_nowhere_in_the_database(handed: Handed, case: Case) -> None:
    kept = str(list(Delivery.objects.values())) + str(list(LedgerEntry.objects.values_list("payload", flat=True)))
    assert handed.token not in kept
    assert handed.code not in kept
    assert len(handed.token) * 6 >= 256
    assert len(handed.code) * 5 == 60


def test_two_links_to_the_same_part_are_strangers_to_each_other(handed: Handed, staff: Staff, then: datetime) -> None:
    other = deliveries.deliver_by_link(
        production_id=handed.delivery.production_id, recipient="Osei", days=10, by=staff.ines, now=then
    )
    assert other.token != handed.token
    assert open_it(handed, then, other.code) is None


def test_the_code_opens_it_once_and_every_step_is_on_record(handed: Handed, case: Case, then: datetime) -> None:
    opened = open_it(handed, then, f" {handed.code[:4].lower()}-{handed.code[4:]} ")
    assert opened
    assert opened.opened_at == then
    assert open_it(handed, then) is None
    assert fetching.take_file(opened, number=1, now=then)
    assert fetching.take_file(opened, number=2, now=then) is None
    assert fetching.take_file(opened, number=0, now=then) is None
    assert fetching.confirm_receipt(opened, now=then)
    assert fetching.confirm_receipt(opened, now=then + LATER)
    delivery = Delivery.objects.get()
    assert (delivery.downloaded_at, delivery.receipt_at) == (then, then)
    assert kinds_of(case) == ["delivery_made", "delivery_opened", "delivery_taken", "delivery_received"]


def test_nothing_is_fetched_or_confirmed_before_the_code_was_given(handed: Handed, then: datetime) -> None:
    assert fetching.take_file(handed.delivery, number=1, now=then) is None
    assert not fetching.confirm_receipt(handed.delivery, now=then)


def test_five_wrong_codes_close_it_for_good(handed: Handed, case: Case, then: datetime) -> None:
    for _ in range(4):
        assert open_it(handed, then, "000000000000") is None
    assert find(handed.token, then)
    assert open_it(handed, then, "000000000000") is None
    assert find(handed.token, then) is None
    assert open_it(handed, then) is None
    assert kinds_of(case)[-2:] == ["delivery_code_wrong", "deliveries_revoked"]


def test_it_is_open_through_its_last_day_and_not_a_moment_longer(handed: Handed) -> None:
    ends = handed.delivery.expires_at
    assert ends
    assert find(handed.token, ends - timedelta(seconds=1))
    assert find(handed.token, ends) is None
    assert find(handed.token, handed.delivery.available_at - timedelta(seconds=1)) is None


def test_a_token_that_nobody_gave_out_finds_nothing(handed: Handed, then: datetime) -> None:
    assert find(handed.token[:-1], then) is None
    assert find("", then) is None


def _withdraw(case: Case, staff: Staff, now: datetime) -> None:
    lives.reopened(case, staff, now)
    lives.withdrawn(case, staff, now)


def _fraud(case: Case, staff: Staff, now: datetime) -> None:
    proposal = ending.propose_reopening(
        case_id=case.pk, because="fraud", reason="The sheriff knows of no such case.", by=staff.ines, now=now
    )
    lives.approved(proposal, staff, now)


def _hold(_case: Case, _staff: Staff, now: datetime) -> None:
    hold_installation(because=HoldReason.RESTORED, now=now)


def _order(case: Case, staff: Staff, now: datetime) -> None:
    delivery = Delivery.objects.get(production__case=case)
    deliveries.revoke(delivery_id=delivery.pk, because="order", by=staff.ines, now=now)


def _fraud_elsewhere(case: Case, staff: Staff, now: datetime) -> None:
    other = lives.received(now, agency=case.agency)
    ending.reject(case_id=other.pk, ground="forged", text="It is forged.", by=staff.ines, now=now)


def _reopened(case: Case, staff: Staff, now: datetime) -> None:
    lives.reopened(case, staff, now)


def _unsure_who_asks(case: Case, _staff: Staff, now: datetime) -> None:
    case.agency.verifications.update(revoked_at=now)
    case.agency.verified_until = None
    case.agency.save()


def _objection(case: Case, _staff: Staff, now: datetime) -> None:
    Objection.objects.create(duty=case.duties.order_by("pk")[0], text="No.", received_at=now)


def _authority_refuses(case: Case, _staff: Staff, now: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(authority_refused_at=now)


@pytest.mark.parametrize(
    "happens",
    [
        pytest.param(_withdraw, id="the agency withdrew"),
        pytest.param(_fraud, id="it was a fraud"),
        pytest.param(_hold, id="the installation is held"),
        pytest.param(_order, id="an order came"),
        pytest.param(_fraud_elsewhere, id="another request of its sender was a fraud"),
        pytest.param(_reopened, id="it is looked at again"),
        pytest.param(_unsure_who_asks, id="nobody is sure any more who asks"),
        pytest.param(_objection, id="a customer objects"),
        pytest.param(_authority_refuses, id="the enforcing authority refused"),
    ],
)
def test_it_opens_no_more_when(
    happens: Callable[[Case, Staff, datetime], None], handed: Handed, case: Case, staff: Staff, then: datetime
) -> None:
    opened = open_it(handed, then)
    assert opened
    happens(lives.again(case), staff, then)
    assert find(handed.token, then) is None
    assert fetching.take_file(opened, number=1, now=then) is None
    assert not fetching.confirm_receipt(opened, now=then)


@pytest.mark.parametrize("happens", [_fraud, _hold])
def test_no_new_way_is_made_either_when(
    happens: Callable[[Case, Staff, datetime], None], handed: Handed, case: Case, staff: Staff, then: datetime
) -> None:
    happens(lives.again(case), staff, then)
    production = Production.objects.get(case=case)
    with pytest.raises(NotDeliverable):
        deliveries.deliver_by_link(production_id=production.pk, recipient="x", days=30, by=staff.ines, now=then)
    with pytest.raises(NotDeliverable):
        deliveries.record_out_of_band(production_id=production.pk, recipient="x", means="post", by=staff.ines, now=then)


def test_a_withdrawal_and_a_fraud_close_the_links_on_record(
    handed: Handed, case: Case, staff: Staff, then: datetime
) -> None:
    _withdraw(lives.again(case), staff, then)
    assert Delivery.objects.get().revoked_at == then
    assert kinds_of(case)[-1] == "deliveries_revoked"


def test_a_link_is_taken_back_once_and_for_a_reason(handed: Handed, staff: Staff, then: datetime) -> None:
    with pytest.raises(Refused, match="why"):
        deliveries.revoke(delivery_id=handed.delivery.pk, because="whim", by=staff.ines, now=then)
    deliveries.revoke(delivery_id=handed.delivery.pk, because="wrong_recipient", by=staff.ines, now=then)
    with pytest.raises(Refused, match="not open"):
        deliveries.revoke(delivery_id=handed.delivery.pk, because="wrong_recipient", by=staff.ines, now=then)


def test_what_has_no_file_goes_by_no_link_but_by_hand(case: Case, staff: Staff, now: datetime) -> None:
    lives.answered(case, staff, now)
    production = Production.objects.get()
    later = now + LATER
    with pytest.raises(NotDeliverable, match="no file"):
        deliveries.deliver_by_link(production_id=production.pk, recipient="Osei", days=30, by=staff.ines, now=later)
    delivery = deliveries.record_out_of_band(
        production_id=production.pk, recipient="Osei", means="post", how="registered", by=staff.ines, now=later
    )
    assert (delivery.means, delivery.how) == ("post", "registered")
    assert (delivery.expires_at, delivery.token_hash, delivery.is_encrypted) == (None, None, None)
    deliveries.record_receipt(delivery_id=delivery.pk, receipt="Signed by Osei.", by=staff.analyst, now=later)
    with pytest.raises(Refused, match="already"):
        deliveries.record_receipt(delivery_id=delivery.pk, receipt="Again.", by=staff.analyst, now=later)


@pytest.mark.parametrize("days", [9, 46])
def test_a_link_lives_ten_to_forty_five_days(days: int, handed: Handed, staff: Staff, then: datetime) -> None:
    with pytest.raises(Refused, match="between"):
        deliveries.deliver_by_link(
            production_id=handed.delivery.production_id, recipient="x", days=days, by=staff.ines, now=then
        )


def test_who_may_not_know_of_the_case_or_works_no_cases_hands_nothing_over(
    handed: Handed, case: Case, staff: Staff, publisher: object, then: datetime
) -> None:
    production = handed.delivery.production_id
    with pytest.raises((NotForYou, CaseNotFound)):
        deliveries.deliver_by_link(production_id=production, recipient="x", days=30, by=publisher, now=then)  # type: ignore[arg-type]


def test_who_fetched_nothing_confirms_nothing(handed: Handed, then: datetime) -> None:
    opened = open_it(handed, then)
    assert opened
    assert not fetching.confirm_receipt(opened, now=then)
    assert fetching.take_file(opened, number=1, now=then)
    assert fetching.confirm_receipt(opened, now=then)
