"""What the ledger says about staff, in the stream `staff`: accounts by number, never a name or an address."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from ledger.kinds import Field, declare

STREAM = "staff"

ACCOUNT_MADE = declare("account_made", _("Account {user} was made"), user=Field.ID)
ROLE_GRANTED = declare("role_granted", _("Account {user} was given the role {role}"), user=Field.ID, role=Role.values)
ROLE_ENDED = declare("role_ended", _("The role {role} of account {user} ended"), user=Field.ID, role=Role.values)
COMPARTMENT_GRANTED = declare(
    "compartment_granted",
    _("Account {user} was let into compartment {compartment}"),
    user=Field.ID,
    compartment=Field.ID,
)
COMPARTMENT_ENDED = declare(
    "compartment_ended",
    _("Account {user} was taken out of compartment {compartment}"),
    user=Field.ID,
    compartment=Field.ID,
)
