"""Holding the whole installation, and two people letting it go on (invariant 14)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User, received_from
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, require_role
from cases.actions.second_person import INDEPENDENCE, NotIndependent, SecondPersonRequired
from cases.models import HoldReason, InstallationHold
from cases.queries.installation import hold_in_force
from ledger.actions import append

STREAM = "system"


class InstallationHeld(Refused):
    """Nothing is sent, answered, purged or published while the installation is held."""


class NotHeld(Refused):
    """There is nothing to release."""


class OrdersNotAsked(Refused):
    """Nobody has said that the orders not to tell which came since the backup are recorded."""


def require_not_held() -> None:
    """Raise InstallationHeld while a hold is in force."""
    if hold_in_force():
        raise InstallationHeld(_("This installation is held: two people must release it first."))


@transaction.atomic
def hold_installation(*, because: HoldReason, now: datetime) -> InstallationHold:
    """Hold the installation and return the hold; one that is in force already stays."""
    hold, is_new = InstallationHold.objects.get_or_create(
        released_at=None, defaults={"because": because, "held_at": now}
    )
    if is_new:
        append(stream=STREAM, kind=kinds.INSTALLATION_HELD, at=now, by=None, because=because)
    return hold


@transaction.atomic
def release_installation(*, first: User, second: User, orders_recorded: bool, now: datetime) -> None:
    """Let the installation go on, as two persons agree, once the orders not to tell received since are recorded.

    Raises NotHeld, OrdersNotAsked, NotForYou, SecondPersonRequired, NotIndependent.
    """
    hold = InstallationHold.objects.select_for_update().filter(released_at=None).first()
    if hold is None:
        raise NotHeld(_("This installation is not held."))
    if not orders_recorded:
        raise OrdersNotAsked(
            _("First record every order not to tell that was received since %(moment)s.")
            % {"moment": f"{hold.held_at:%Y-%m-%d %H:%M %Z}"}
        )
    _require_two(first, second, now)
    hold.released_at, hold.released_by, hold.second_person = now, first, second
    hold.save()
    append(stream=STREAM, kind=kinds.INSTALLATION_RELEASED, at=now, by=first.pk, second=second.pk)


def _require_two(first: User, second: User, now: datetime) -> None:
    """Two independent persons, at least one of them counsel, who knows what an order not to tell is."""
    for user in (first, second):
        require_role(user, Role.COUNSEL, Role.ADMINISTRATOR)
    if not any(user.has_role(Role.COUNSEL) for user in (first, second)):
        require_role(second, Role.COUNSEL)
    if first.person_id == second.person_id:
        raise SecondPersonRequired(_("Two different people must release this installation."))
    since = now - INDEPENDENCE
    if received_from(first, second, since) or received_from(second, first, since):
        raise NotIndependent(_("One of the two gave the other their role less than a day ago: somebody else must."))
