"""Who has the account that a request is about."""

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustomerRole(models.TextChoices):
    CONTROLLER = "controller", _("Controller of the data")
    PERSON = "person", _("Person the data is about")


class Customer(models.Model):
    """An account holder or organisation, with what is needed to tell them."""

    identifier = models.CharField(_("customer number"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    country = models.CharField(_("country of residence"), max_length=2, blank=True)
    nationality = models.CharField(_("nationality"), max_length=2, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    role = models.CharField(_("role"), max_length=12, choices=CustomerRole.choices, default=CustomerRole.PERSON)
    is_us_person = models.BooleanField(_("US person"), null=True, blank=True)

    def __str__(self) -> str:
        return self.identifier

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this customer's days begin and end."""
        return ZoneInfo(self.timezone)
