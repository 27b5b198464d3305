"""The people of the demonstration: one per role, two counsel. They exist in demonstration data only."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import ledger_kinds as kinds
from accounts.models import Compartment, CompartmentMembership, Role, RoleGrant, User
from ledger.actions import append

PASSWORD = "writdesk-demo"  # noqa: S105  printed by `make up`; the demo command refuses to run in production
NATIONAL_SECURITY = "national-security"

# Long before anything they decide: an approver must not owe a role to the proposer since yesterday.
STARTED = timedelta(days=400)
GRANTED = timedelta(days=30)

CAST: dict[str, tuple[str, Role]] = {
    "adam": ("Adam Park", Role.ADMINISTRATOR),
    "ana": ("Ana Lindqvist", Role.ANALYST),
    "ines": ("Ines Okafor", Role.COUNSEL),
    "paul": ("Paul Haddad", Role.COUNSEL),
    "petra": ("Petra Novak", Role.PUBLISHER),
    "aude": ("Aude Martin", Role.AUDITOR),
}
INSIDERS = ("ines", "paul")


def make_people(now: datetime) -> dict[str, User]:
    """Return the demonstration people by first name, making who is missing; safe to run again.

    Adam, made by the operator, gave the others their roles long before now. Ines and Paul are in the compartment
    for national security.
    """
    with transaction.atomic():
        people = {first: _account(first, name, now) for first, (name, _role) in CAST.items()}
        adam = people["adam"]
        for first, (_name, role) in CAST.items():
            _give_role(people[first], role, by=None if first == "adam" else adam, at=now - STARTED + GRANTED)
        compartment = Compartment.objects.get(code=NATIONAL_SECURITY)
        for first in INSIDERS:
            _let_in(people[first], compartment, by=adam, at=now - STARTED + GRANTED)
    return people


def _account(first: str, name: str, now: datetime) -> User:
    email = f"{first}@writdesk.example"
    if user := User.objects.filter(email=email).first():
        return user
    user = User.objects.create_user(email=email, name=name, password=PASSWORD)
    append(stream=kinds.STREAM, kind=kinds.ACCOUNT_MADE, at=now - STARTED, by=None, user=user.pk)
    return user


def _give_role(user: User, role: Role, *, by: User | None, at: datetime) -> None:
    _grant, is_new = RoleGrant.objects.get_or_create(
        user=user, role=role, ended_at=None, defaults={"granted_by": by, "granted_at": at}
    )
    if is_new:
        append(stream=kinds.STREAM, kind=kinds.ROLE_GRANTED, at=at, by=by.pk if by else None, user=user.pk, role=role)


def _let_in(user: User, compartment: Compartment, *, by: User, at: datetime) -> None:
    _membership, is_new = CompartmentMembership.objects.get_or_create(
        user=user, compartment=compartment, ended_at=None, defaults={"granted_by": by, "granted_at": at}
    )
    if is_new:
        append(
            stream=kinds.STREAM,
            kind=kinds.COMPARTMENT_GRANTED,
            at=at,
            by=by.pk,
            user=user.pk,
            compartment=compartment.pk,
        )
