"""Whose a target is by the directory's table: the nearest entry, and a person's choice in doubt."""

from datetime import datetime, timedelta

import pytest

from cases.models import Customer
from cases.states import TargetMatch
from intake.directory.entries import LASTS, Verdict, known, remember, verdict
from intake.models import DirectoryEntry, DirectorySource
from tests import lives

pytestmark = pytest.mark.django_db


def entry(kind: str, value: str, customer: Customer, now: datetime) -> None:
    DirectoryEntry.objects.create(kind=kind, value=value, customer=customer, source=DirectorySource.FILE, seen_at=now)


def said(kind: str, value: str, now: datetime) -> Verdict | None:
    return verdict(kind, value, known([(kind, value)], now))


def test_an_entry_names_its_customer(now: datetime) -> None:
    carla = lives.carla()
    entry("domain", "carla.example", carla, now)
    assert said("domain", "CARLA.example", now) == Verdict(TargetMatch.FOUND, carla.pk)


def test_what_stands_nowhere_is_not_known(now: datetime) -> None:
    assert said("domain", "carla.example", now) is None


def test_two_customers_are_for_a_person(now: datetime) -> None:
    entry("ip", "192.0.2.7", lives.carla(), now)
    entry("ip", "192.0.2.7", lives.carla(), now)
    assert said("ip", "192.0.2.7", now) == Verdict(TargetMatch.SEVERAL)


def test_a_subdomain_is_whose_the_domain_above_it_is(now: datetime) -> None:
    carla = lives.carla()
    entry("domain", "carla.example", carla, now)
    assert said("domain", "shop.carla.example", now) == Verdict(TargetMatch.FOUND, carla.pk)


def test_an_entry_of_its_own_comes_before_the_domain_above(now: datetime) -> None:
    carla, dora = lives.carla(), lives.carla()
    entry("domain", "carla.example", carla, now)
    entry("domain", "shop.carla.example", dora, now)
    assert said("domain", "shop.carla.example", now) == Verdict(TargetMatch.FOUND, dora.pk)


def test_where_the_domains_above_are_two_customers_a_person_chooses(now: datetime) -> None:
    entry("domain", "carla.example", lives.carla(), now)
    entry("domain", "shop.carla.example", lives.carla(), now)
    assert said("domain", "a.shop.carla.example", now) == Verdict(TargetMatch.SEVERAL)


def test_what_a_lookup_found_is_known_for_a_day(now: datetime) -> None:
    carla = lives.carla()
    remember(("account", "carla"), [carla], now)
    assert said("account", "carla", now) == Verdict(TargetMatch.FOUND, carla.pk)
    assert said("account", "carla", now + LASTS) is None


def test_that_a_lookup_found_nobody_is_known_too(now: datetime) -> None:
    remember(("account", "carla"), [], now)
    assert said("account", "carla", now) == Verdict(TargetMatch.NOT_FOUND)


def test_a_file_counts_before_a_lookup(now: datetime) -> None:
    carla, dora = lives.carla(), lives.carla()
    remember(("account", "carla"), [dora], now)
    entry("account", "carla", carla, now)
    assert said("account", "carla", now) == Verdict(TargetMatch.FOUND, carla.pk)


def test_a_newer_lookup_takes_the_place_of_the_one_before(now: datetime) -> None:
    remember(("account", "carla"), [], now)
    remember(("account", "carla"), [lives.carla(), lives.carla()], now + timedelta(hours=1))
    assert DirectoryEntry.objects.count() == 2
    assert said("account", "carla", now) == Verdict(TargetMatch.SEVERAL)
