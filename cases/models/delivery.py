"""How a production reaches the agency."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.disclosure import Production


class DeliveryWay(models.TextChoices):
    LINK = "link", _("Link with a one-time code")
    OUT_OF_BAND = "out_of_band", _("Handed over out of band")


class Delivery(models.Model):
    """One way by which a production is made available, and what became of it. Its files are the production's."""

    production = models.ForeignKey(Production, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=12, choices=DeliveryWay.choices)
    recipient = models.CharField(_("to whom"), max_length=200)
    # Out of band: by what means, of cases.rules.delivery.MEANS, and what there is to say of it.
    means = models.CharField(max_length=20, blank=True, default="", db_default="")
    how = models.CharField(_("how"), max_length=200, blank=True)
    # Whether its files are encrypted to the authority's X.509 certificate; None: it is not asked of this delivery.
    is_encrypted = models.BooleanField(null=True, blank=True)
    unencrypted_reason = models.TextField(blank=True, default="", db_default="")
    # SHA-256 of the token in the address and of the code said on another way: a copy of the database opens nothing.
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    code_hash = models.CharField(max_length=128, blank=True)
    failed_codes = models.PositiveSmallIntegerField(default=0)
    available_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)  # the code was given and is spent
    downloaded_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)  # the agency says that it has it
    receipt = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=DeliveryWay.values), name="delivery_way_is_known"),
            models.CheckConstraint(
                condition=~Q(way="link")
                | (Q(token_hash__isnull=False) & ~Q(code_hash="") & Q(expires_at__gt=models.F("available_at"))),
                name="delivery_link_has_token_code_and_end",
            ),
            models.CheckConstraint(
                condition=Q(is_encrypted=None) | Q(is_encrypted=True) | ~Q(unencrypted_reason=""),
                name="delivery_not_encrypted_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.production_id}: {self.way}"
