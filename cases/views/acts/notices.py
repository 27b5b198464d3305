"""Notices to customers, and their objections."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import notices
from cases.models import Case, Objection
from cases.views.acts.act import BOTH, COUNSEL, Act


def _duties(case: Case) -> QuerySet[Any]:
    return case.duties.all()


def _objections(case: Case) -> QuerySet[Any]:
    return Objection.objects.filter(duty__case=case)


ON_ROWS: Mapping[str, Act] = {
    "withhold": Act(_("Propose to withhold"), notices.Withhold, COUNSEL, rows=_duties),
    "shorten-window": Act(_("Propose a shorter window"), notices.ShortenWindow, COUNSEL, rows=_duties),
    "try-again": Act(
        _("Try the notice again"),
        notices.TryAgain,
        BOTH,
        about=_("After you corrected the customer's address, or found it right."),
        rows=_duties,
    ),
    "ask-proof": Act(_("Ask for proof of filing"), notices.AskProof, BOTH, rows=_objections),
    "show-proof": Act(_("Record a proof of filing"), notices.ShowProof, BOTH, rows=_objections),
    "court-decision": Act(_("Record the court's decision"), notices.CourtDecision, COUNSEL, rows=_objections),
    "decide-objection": Act(_("Propose a decision"), notices.DecideObjection, COUNSEL, rows=_objections),
}
