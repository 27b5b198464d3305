"""Whose the targets are."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import customers
from cases.views.acts.act import BOTH, Act

WORK: Mapping[str, Act] = {
    "match-customer": Act(_("Say whose the targets are"), customers.MatchCustomer, BOTH, "user"),
}
