"""What leaves the house."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import releases
from cases.states import CaseState as S
from cases.views.acts.act import ANSWERABLE, COUNSEL, TRIAGE, Act

MOVES: Mapping[str, Act] = {
    "answer": Act(
        _("Propose an answer"),
        releases.ProposeAnswer,
        COUNSEL,
        states=ANSWERABLE,
        transition="answer",
        kind="primary",
        about=_("Another counsel approves exactly these results and files; then they are released by hand."),
    ),
    "answer-emergency": Act(
        _("Propose an emergency answer"),
        releases.ProposeEmergencyAnswer,
        COUNSEL,
        "bolt",
        states=TRIAGE,
        transition="answer_emergency",
        about=_("Data leaves before the customer is told. Another counsel approves; the notice is only put off."),
        applies=lambda case: case.instrument.emergency,
    ),
    "produce-part": Act(
        _("Propose a part"),
        releases.ProposePart,
        COUNSEL,
        states=(*ANSWERABLE, S.ANSWERED),
        transition="produce_part",
        about=_("A part leaves; the case stays where it is."),
    ),
}
