"""Who has the account that a request is about."""

from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Compartment


class CustomerRole(models.TextChoices):
    CONTROLLER = "controller", _("Controller of the data")
    PERSON = "person", _("Person the data is about")


class CustomerQuerySet(models.QuerySet["Customer"]):
    def known_in(self, compartment_id: int | None) -> Self:
        """The customers whom a case of this compartment, or of none, may name: the common ones and its own."""
        return self.filter(Q(compartment=None) | Q(compartment=compartment_id))


class Customer(models.Model):
    """An account holder or organisation, with what is needed to tell them.

    One who was first named inside a compartment belongs to it: outside, nobody has their number, and whoever needs
    them there makes a row of its own, as if there were none (invariant 6).
    """

    identifier = models.CharField(_("customer number"), max_length=100)
    compartment = models.ForeignKey(
        Compartment, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    postal_address = models.TextField(_("postal address"), blank=True, default="", db_default="")
    language = models.CharField(_("language"), max_length=10, default="en")
    country = models.CharField(_("country of residence"), max_length=2, blank=True)
    nationality = models.CharField(_("nationality"), max_length=2, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    role = models.CharField(_("role"), max_length=12, choices=CustomerRole.choices, default=CustomerRole.PERSON)
    is_us_person = models.BooleanField(_("US person"), null=True, blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identifier", "compartment"], nulls_distinct=False, name="customer_once_in_each_circle"
            ),
        ]

    def __str__(self) -> str:
        return self.identifier

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this customer's days begin and end; ours where theirs is none that exists."""
        try:
            return ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError):  # a name that is unknown, no name, or that of a folder
            return settings.WRITDESK.receiving_zone
