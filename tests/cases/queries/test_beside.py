"""Who is proposed as hit beside the targets: who shares their domain, address or page, and never their own."""

from datetime import datetime

import pytest

from accounts.models import Compartment
from cases import directory
from cases.directory import Behind
from cases.models import Case, Customer, Target
from cases.queries.beside import LOOKED_AT, neighbours
from cases.states import TargetKind
from intake.models import DirectoryEntry, DirectorySource
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def ordered(now: datetime) -> Case:
    """An order against Carla's domain."""
    case = lives.received(now, instrument="dsa_order_to_act", asked=())
    case.targets.update(kind=TargetKind.DOMAIN, value="carla.example")
    return case


def listed(customer: Customer, now: datetime, value: str, kind: str = "domain") -> None:
    DirectoryEntry.objects.create(kind=kind, value=value, customer=customer, source=DirectorySource.FILE, seen_at=now)


def elsewhere(customer: Customer, now: datetime, value: str, kind: str = "domain") -> Case:
    other = lives.received(now, customers=[customer])
    other.targets.update(kind=kind, value=value)
    return other


def proposed(staff: Staff, case: Case) -> list[tuple[str, str, str]]:
    return [(one.what, one.identifier, one.shares) for one in neighbours(staff.analyst, case)]


@pytest.mark.parametrize(
    ("target", "theirs", "shares"),
    [
        pytest.param(("domain", "Carla.example"), ("domain", "carla.example"), "domain", id="the same domain"),
        pytest.param(("domain", "carla.example"), ("domain", "shop.carla.example"), "below", id="a domain below"),
        pytest.param(("ip", "2001:db8:0::1"), ("ip", "2001:db8::1"), "address", id="the same address"),
        pytest.param(("url", "https://carla.example/a"), ("domain", "carla.example"), "domain", id="its server"),
        pytest.param(("url", "https://carla.example/a"), ("domain", "b.carla.example"), "below", id="below its server"),
    ],
)
def test_who_shares_a_place_by_the_directory_is_proposed_with_the_reason(
    ordered: Case, staff: Staff, now: datetime, target: tuple[str, str], theirs: tuple[str, str], shares: str
) -> None:
    ordered.targets.update(kind=target[0], value=target[1])
    dora = lives.carla()
    listed(dora, now, theirs[1], theirs[0])
    assert proposed(staff, ordered) == [(theirs[1], dora.identifier, shares)]
    assert [one.is_from_directory for one in neighbours(staff.analyst, ordered)] == [True]


@pytest.mark.parametrize(
    ("target", "theirs"),
    [
        pytest.param(("domain", "shop.carla.example"), ("domain", "carla.example"), id="the domain above"),
        pytest.param(("domain", "carla.example"), ("domain", "notcarla.example"), id="a name that only ends so"),
        pytest.param(("account", "4711"), ("account", "4711"), id="an account has nobody beside it"),
        pytest.param(("email", "a@carla.example"), ("email", "a@carla.example"), id="nor has a mailbox"),
    ],
)
def test_who_shares_no_place_is_not_proposed(
    ordered: Case, staff: Staff, now: datetime, target: tuple[str, str], theirs: tuple[str, str]
) -> None:
    ordered.targets.update(kind=target[0], value=target[1])
    listed(lives.carla(), now, theirs[1], theirs[0])
    elsewhere(lives.carla(), now, theirs[1], theirs[0])
    assert proposed(staff, ordered) == []


def test_who_has_the_same_domain_in_another_case_is_proposed_unless_that_case_is_sealed(
    ordered: Case, staff: Staff, now: datetime
) -> None:
    dora = lives.carla()
    other = elsewhere(dora, now, "carla.example")
    assert proposed(staff, ordered) == [("carla.example", dora.identifier, "domain")]
    assert [one.is_from_directory for one in neighbours(staff.analyst, ordered)] == [False]
    Case.objects.filter(pk=other.pk).update(
        compartment=Compartment.objects.create(code="grand-jury", name="Grand jury")
    )
    assert proposed(staff, ordered) == []


def test_the_same_word_of_another_kind_is_another_thing(ordered: Case, staff: Staff, now: datetime) -> None:
    """An account that is called like the domain has nothing to do with it."""
    elsewhere(lives.carla(), now, "carla.example", kind="account")
    assert proposed(staff, ordered) == []


def test_no_targets_own_customer_is_proposed_however_many_there_are(ordered: Case, staff: Staff, now: datetime) -> None:
    """Not even of the targets beyond those that are looked at: each has a notice of their own."""
    own = ordered.targets.get().customer
    assert own
    late = lives.carla()
    Target.objects.bulk_create(
        Target(case=ordered, kind="domain", value=f"d{number}.example", customer=own) for number in range(LOOKED_AT)
    )
    Target.objects.create(case=ordered, kind="domain", value="late.example", customer=late)
    for customer in (own, late):
        listed(customer, now, "carla.example")
        elsewhere(customer, now, "carla.example")
    assert proposed(staff, ordered) == []


def test_the_many_domains_of_the_own_customer_hide_nobody(ordered: Case, staff: Staff, now: datetime) -> None:
    own, dora = ordered.targets.get().customer, lives.carla()
    assert own
    for number in range(30):
        listed(own, now, f"a{number}.carla.example")
    listed(dora, now, "z.carla.example")
    assert proposed(staff, ordered) == [("z.carla.example", dora.identifier, "below")]


def test_without_a_directory_nobody_is_known(
    ordered: Case, staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(lives.carla(), now, "shop.carla.example")
    monkeypatch.setattr(directory, "_asked", [])
    assert proposed(staff, ordered) == []


def test_answers_are_no_more_than_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Behind("domain", "a", 1, ("domain", "a"))
    monkeypatch.setattr(directory, "_asked", [lambda names, most, besides: [answer] * 7])
    assert len(directory.behind([("domain", "a")], 3)) == 3
