"""The people of the demonstration can be made twice and owe nothing to yesterday."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from accounts.demonstration import PASSWORD, make_people
from accounts.models import Role, RoleGrant, User, received_from
from ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db


def test_there_is_one_per_role_and_two_counsel(now: datetime) -> None:
    people = make_people(now)
    held = sorted(role for user in people.values() for role in user.roles)
    assert held == sorted([*Role.values, Role.COUNSEL])
    assert people["ines"].compartment_ids == people["paul"].compartment_ids != frozenset()
    assert people["ana"].compartment_ids == frozenset()


def test_making_them_again_changes_nothing(now: datetime) -> None:
    make_people(now)
    before = (User.objects.count(), RoleGrant.objects.count(), LedgerEntry.objects.count())
    make_people(now + timedelta(days=1))
    assert (User.objects.count(), RoleGrant.objects.count(), LedgerEntry.objects.count()) == before


def test_nobody_owes_a_role_to_anybody_since_yesterday(now: datetime) -> None:
    people = make_people(now)
    assert not received_from(people["paul"], people["adam"], since=now - timedelta(days=1))


def test_they_sign_in_with_the_printed_password(now: datetime) -> None:
    make_people(now)
    http = RequestFactory().post("/sign-in/")
    assert authenticate(http, email="ana@writdesk.example", password=PASSWORD) is not None
