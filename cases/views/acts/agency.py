"""Questions and letters to the agency."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms import agency, letters
from cases.models import Case, LetterKind
from cases.states import ASKABLE
from cases.states import CaseState as S
from cases.views.acts.act import BOTH, COUNSEL, Act


def _letters(case: Case) -> QuerySet[Any]:
    return case.letters.all()


MOVES: Mapping[str, Act] = {
    "ask-agency": Act(
        _("Ask the agency a question"),
        agency.AskAgency,
        BOTH,
        "object",
        states=ASKABLE,
        transition="ask_agency",
        key="q",
    ),
    "agency-replied": Act(
        _("Record the agency's reply"),
        agency.AgencyReplied,
        BOTH,
        "notice",
        states=(S.AWAITING_AGENCY,),
        transition="agency_replied",
        kind="primary",
    ),
}

WORK: Mapping[str, Act] = {
    "acknowledge": Act(
        _("Acknowledge receipt"),
        agency.Acknowledge,
        BOTH,
        "notice",
        states=(S.RECEIVED,),
        applies=lambda case: not case.letters.filter(kind=LetterKind.ACKNOWLEDGEMENT).exists(),
        about=_("Says that the request came, and nothing of what it asks for."),
    ),
    "draft-letter": Act(
        _("Draft the letter for what failed"),
        agency.DraftForDefects,
        COUNSEL,
        "notice",
        states=ASKABLE,
        applies=lambda case: case.review_answers.filter(answer="no").exists(),
        about=_("Which letter it is follows from what was answered with no."),
    ),
}

ON_ROWS: Mapping[str, Act] = {
    "send-letter": Act(
        _("Send it"),
        letters.ReleaseLetter,
        BOTH,
        "notice",
        rows=_letters,
        about=_("It leaves by itself once you let it go. Until then you can take it back."),
    ),
    "take-back-letter": Act(_("Take it back"), letters.TakeBackLetter, BOTH, rows=_letters, asks=False),
    "letter-sent": Act(_("Record how it was sent"), letters.LetterSent, BOTH, rows=_letters),
    "drop-letter": Act(_("Drop the draft"), letters.DropLetter, BOTH, kind="danger", rows=_letters),
}
