"""What an analyst does first, and who works on the case."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import triage
from cases.states import CaseState as S
from cases.views.acts.act import ANALYST, BOTH, COUNSEL, TRIAGE, Act

MOVES: Mapping[str, Act] = {
    "begin-review": Act(
        _("Begin legal review"),
        triage.BeginReview,
        ANALYST,
        states=(S.RECEIVED,),
        transition="begin_review",
        kind="primary",
        asks=False,
    ),
}

WORK: Mapping[str, Act] = {
    "set-emergency": Act(
        _("Set the emergency"),
        triage.SetEmergency,
        ANALYST,
        "bolt",
        states=TRIAGE,
        about=_("You say that this is an emergency; a sender's tick never does. Its clocks start."),
    ),
    "clear-emergency": Act(
        _("Take the emergency back"),
        triage.ClearEmergency,
        ANALYST,
        "bolt",
        states=TRIAGE,
        applies=lambda case: case.is_emergency,
    ),
    "set-issuer": Act(
        _("Record who issued it"),
        triage.SetIssuer,
        BOTH,
        "gavel",
        states=TRIAGE,
        about=_("By a European order a prosecutor alone gets no traffic or content data: Reg. (EU) 2023/1543 Art. 4."),
    ),
    "add-document": Act(_("Add a document"), triage.AddDocument, BOTH, "doc"),
    "assign": Act(_("Assign"), triage.Assign, BOTH, "user", key="a"),
    "seal": Act(
        _("Seal into a compartment"),
        triage.Seal,
        COUNSEL,
        "seal",
        applies=lambda case: case.compartment_id is None,
        about=_("Only its members may know of this case from then on. Who has seen it keeps knowing it."),
    ),
}
