"""Challenges to the request and to its nondisclosure."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import challenges
from cases.models import Case
from cases.states import CHALLENGEABLE
from cases.states import CaseState as S
from cases.views.acts.act import COUNSEL, Act


def _challenges(case: Case) -> QuerySet[Any]:
    return case.challenges.all()


MOVES: Mapping[str, Act] = {
    "challenge": Act(
        _("Propose a challenge"),
        challenges.ProposeChallenge,
        COUNSEL,
        "gavel",
        states=CHALLENGEABLE,
        transition="challenge",
        key="c",
        about=_("Another counsel approves. The case waits for the challenge; its data is preserved meanwhile."),
    ),
    "resolve-challenge": Act(
        _("End the challenge"),
        challenges.ResolveChallenge,
        COUNSEL,
        "gavel",
        states=(S.CHALLENGED,),
        transition="resolve_challenge",
        rows=lambda case: case.challenges.exclude(subject="nondisclosure"),
    ),
}

ON_ROWS: Mapping[str, Act] = {
    "record-instance": Act(
        _("Record how the instance stands"),
        challenges.RecordInstance,
        COUNSEL,
        about=_("Of the latest instance; the next one begins by an appeal. What is left empty stays as it was."),
        rows=_challenges,
    ),
    "record-filing": Act(_("Record a filing"), challenges.RecordFiling, COUNSEL, rows=_challenges),
    "record-appeal": Act(
        _("Record an appeal"),
        challenges.RecordAppeal,
        COUNSEL,
        about=_("The next instance begins. What stood still stands still on."),
        rows=_challenges,
    ),
    "resolve-order-challenge": Act(
        _("End the challenge to the order"),
        challenges.ResolveOrderChallenge,
        COUNSEL,
        rows=lambda case: case.challenges.filter(subject="nondisclosure"),
    ),
}
