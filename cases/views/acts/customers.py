"""Whose the targets are."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import customer_facts, customers
from cases.models import Case
from cases.states import OPEN
from cases.views.acts.act import BOTH, Act


def _has_customers(case: Case) -> bool:
    return bool(case.target_count > case.tally.get("unmatched", case.target_count))


WORK: Mapping[str, Act] = {
    "match-customer": Act(_("Say whose the targets are"), customers.MatchCustomer, BOTH, "user"),
    "correct-customer": Act(
        _("Correct what is known of the customer"),
        customer_facts.CorrectCustomer,
        BOTH,
        "user",
        states=OPEN,
        applies=_has_customers,
        about=_("In each of their open cases findings and approvals that rest on it fall."),
    ),
}
