"""What is done with staff: accounts made, roles and compartments given and ended, each with its ledger entry."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import ledger_kinds as kinds
from accounts.models import Compartment, CompartmentMembership, Role, RoleGrant, User
from ledger.actions import append


class Refused(Exception):
    """A change to an account that is not made; the text says why and what would make it possible."""


class AdministratorNeeded(Refused):
    """Only an administrator gives and ends roles and compartments."""


class NotForYourself(Refused):
    """Nobody gives anything to themselves, nor to another account of theirs."""


class AlreadyHeld(Refused):
    """The account holds it already: a second grant would blur since when and by whose hand."""


class NotHeld(Refused):
    """There is nothing to end."""


class LastAdministrator(Refused):
    """Without an administrator nobody could be given a role any more."""


class AddressTaken(Refused):
    """Another account signs in with this address."""


def add_staff(*, email: str, name: str, roles: Collection[Role], at: datetime) -> User:
    """Return a new account without a password, its roles given by the operator. Raises AddressTaken.

    For the command line alone, which is how the first administrator comes to be: whoever can run it owns the machine.
    """
    with transaction.atomic():
        if User.objects.filter(email=email.lower()).exists():
            raise AddressTaken(_("There is an account with the address %(email)s already.") % {"email": email})
        user = User.objects.create_user(email=email, name=name)
        append(stream=kinds.STREAM, kind=kinds.ACCOUNT_MADE, at=at, by=None, user=user.pk)
        for role in roles:
            _give_role(user, role, by=None, at=at)
    return user


def grant_role(*, user: User, role: Role, by: User, at: datetime) -> RoleGrant:
    """Give the account a role. Raises AdministratorNeeded, NotForYourself, AlreadyHeld."""
    with transaction.atomic():
        held = _lock(user, by)
        if held.role_grants.filter(role=role, ended_at=None).exists():
            raise AlreadyHeld(_("%(name)s holds this role already.") % {"name": held.name})
        grant = _give_role(held, role, by=by, at=at)
    user.forget_grants()
    return grant


def end_role(*, user: User, role: Role, by: User, at: datetime) -> None:
    """End a role of the account. Raises AdministratorNeeded, NotHeld, LastAdministrator."""
    with transaction.atomic():
        _lock_administrators()
        held = _lock(user, by, giving=False)
        grant = held.role_grants.filter(role=role, ended_at=None).first()
        if grant is None:
            raise NotHeld(_("%(name)s does not hold this role.") % {"name": held.name})
        if role == Role.ADMINISTRATOR and not _administrators().exclude(user=held).exists():
            raise LastAdministrator(_("Make somebody else administrator first: without one nobody can give roles."))
        grant.ended_at = at
        grant.save(update_fields=["ended_at"])
        append(stream=kinds.STREAM, kind=kinds.ROLE_ENDED, at=at, by=by.pk, user=held.pk, role=role)
    user.forget_grants()


def grant_compartment(*, user: User, compartment: Compartment, by: User, at: datetime) -> CompartmentMembership:
    """Let the account know of the compartment's cases. Raises AdministratorNeeded, NotForYourself, AlreadyHeld."""
    with transaction.atomic():
        held = _lock(user, by)
        if held.compartment_memberships.filter(compartment=compartment, ended_at=None).exists():
            raise AlreadyHeld(_("%(name)s is in this compartment already.") % {"name": held.name})
        membership = CompartmentMembership.objects.create(
            user=held, compartment=compartment, granted_by=by, granted_at=at
        )
        append(
            stream=kinds.STREAM,
            kind=kinds.COMPARTMENT_GRANTED,
            at=at,
            by=by.pk,
            user=held.pk,
            compartment=compartment.pk,
        )
    user.forget_grants()
    return membership


def end_compartment(*, user: User, compartment: Compartment, by: User, at: datetime) -> None:
    """Take the account out of the compartment. Raises AdministratorNeeded, NotHeld."""
    with transaction.atomic():
        held = _lock(user, by, giving=False)
        membership = held.compartment_memberships.filter(compartment=compartment, ended_at=None).first()
        if membership is None:
            raise NotHeld(_("%(name)s is not in this compartment.") % {"name": held.name})
        membership.ended_at = at
        membership.save(update_fields=["ended_at"])
        append(
            stream=kinds.STREAM, kind=kinds.COMPARTMENT_ENDED, at=at, by=by.pk, user=held.pk, compartment=compartment.pk
        )
    user.forget_grants()


def _give_role(user: User, role: Role, *, by: User | None, at: datetime) -> RoleGrant:
    grant = RoleGrant.objects.create(user=user, role=role, granted_by=by, granted_at=at)
    append(stream=kinds.STREAM, kind=kinds.ROLE_GRANTED, at=at, by=by.pk if by else None, user=user.pk, role=role)
    return grant


def _lock(user: User, by: User, *, giving: bool = True) -> User:
    """Return the account under a row lock, after asking again, now, whether this person may change it."""
    # Read anew: a role ended a moment ago must not give one more.
    if not User.objects.get(pk=by.pk).has_role(Role.ADMINISTRATOR):
        raise AdministratorNeeded(_("Only an administrator can change what people may do."))
    if giving and user.person_id == by.person_id:
        raise NotForYourself(_("You cannot give yourself a role or a compartment. Ask another administrator."))
    return User.objects.select_for_update().get(pk=user.pk)


def _administrators() -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, user__is_active=True)


def _lock_administrators() -> None:
    """Let two administrators not end each other's role at the same moment."""
    list(_administrators().select_for_update().order_by("pk"))
