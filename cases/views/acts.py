"""Everything a person may do to a case, in one table: the page's buttons and the addresses both come from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from cases.forms import (
    agency,
    challenges,
    conflict,
    customers,
    endings,
    notices,
    orders,
    preservations,
    releases,
    review,
    triage,
)
from cases.forms.acts import ActForm
from cases.models import Case, Objection
from cases.states import ASKABLE, CHALLENGEABLE, ENDED, OPEN, CaseState

S = CaseState
ANALYST, COUNSEL, BOTH = (Role.ANALYST,), (Role.COUNSEL,), (Role.ANALYST, Role.COUNSEL)
ANSWERABLE = (S.CUSTOMER_NOTIFIED, S.NOTICE_WITHHELD)
TRIAGE = (S.RECEIVED, S.LEGAL_REVIEW)

Rows = Callable[[Case], QuerySet[Any]]


@dataclass(frozen=True)
class Act:
    """One act. `transition` names the guards that the page shows; without `states` it is possible in any state."""

    label: str | Promise
    form: type[ActForm]
    who: tuple[Role, ...]
    icon: str = "arrow"
    states: tuple[str, ...] = ()
    transition: str = ""
    kind: str = ""  # primary, danger
    key: str = ""
    about: str | Promise = ""  # what it will do, where the label does not say it all
    rows: Rows | None = None  # for an act upon a row of the case: which rows there are, in the order of their keys
    applies: Callable[[Case], bool] = lambda _case: True
    asks: bool = True  # False: nothing to fill in, done by one press

    def is_possible_in(self, state: str) -> bool:
        return not self.states or state in self.states


def only(who: tuple[Role, ...]) -> str:
    """Return the sentence that says for whom an act is."""
    return gettext("Only %(roles)s can do this.") % {
        "roles": get_text_list([str(role.label).lower() for role in who], gettext("or"))
    }


# What moves the case, in the order of its path. `second` of the workflow: another counsel approves it first.
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
    "pass-review": Act(
        _("Pass legal review"),
        review.PassReview,
        COUNSEL,
        "check",
        states=(S.LEGAL_REVIEW,),
        transition="pass_review",
        kind="primary",
        asks=False,
    ),
    "clear-conflict": Act(
        _("Clear the conflict check"),
        conflict.ClearConflict,
        COUNSEL,
        "check",
        states=(S.CONFLICT_CHECK,),
        transition="clear_conflict",
        kind="primary",
        asks=False,
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
    "ask-agency": Act(
        _("Ask the agency a question"),
        agency.AskAgency,
        BOTH,
        "object",
        states=ASKABLE,
        transition="ask_agency",
        key="q",
    ),
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
    "close": Act(
        _("Close the case"),
        endings.Close,
        ANALYST,
        "check",
        states=(S.ANSWERED, S.REJECTED, S.WITHDRAWN),
        transition="close",
        kind="primary",
        asks=False,
    ),
    "reopen": Act(
        _("Propose to reopen"),
        endings.Reopen,
        COUNSEL,
        states=ENDED,
        transition="reopen",
        about=_("Another counsel approves. Legal review starts again; published figures stay as they are."),
    ),
    "withdraw": Act(
        _("Record a withdrawal"),
        endings.Withdraw,
        BOTH,
        "minus",
        states=OPEN,
        transition="withdraw",
        about=_("Only where the agency took its request back through its verified channel."),
    ),
    "reject": Act(
        _("Reject the request"),
        endings.Reject,
        COUNSEL,
        "x",
        states=OPEN,
        transition="reject",
        kind="danger",
        key="r",
        about=_("The case ends and the agency gets a letter. Customers who are owed a notice are told."),
    ),
}


def _may_authorise(case: Case) -> bool:
    """An emergency waits for no review."""
    return case.state == S.LEGAL_REVIEW or (case.is_emergency and case.instrument.emergency)


# What is set, answered and recorded on the way.
WORK: Mapping[str, Act] = {
    "checklist": Act(_("Answer the review questions"), review.Checklist, COUNSEL, "check", states=(S.LEGAL_REVIEW,)),
    "authorise": Act(
        _("Authorise what may be given"), review.Authorise, COUNSEL, "key", states=TRIAGE, applies=_may_authorise
    ),
    "assess": Act(_("Assess a conflict of law"), conflict.Assess, COUNSEL, "scales", states=(S.CONFLICT_CHECK,)),
    "go-on": Act(
        _("Propose to go on in spite of a conflict"),
        conflict.GoOn,
        COUNSEL,
        "scales",
        states=(S.CONFLICT_CHECK,),
        applies=lambda case: bool(case.tally.get("conflicts")),
    ),
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
    "match-customer": Act(_("Say whose the targets are"), customers.MatchCustomer, BOTH, "user"),
    "record-order": Act(
        _("Record an order not to tell"),
        orders.RecordOrder,
        BOTH,
        "lock",
        about=_("From this moment nothing that it covers leaves. A message on its way is waited for."),
    ),
    "preserve": Act(_("Record a preservation"), preservations.Preserve, BOTH, "clip"),
    "record-event": Act(
        _("Record an event that starts a clock"),
        endings.RecordEvent,
        BOTH,
        "clock",
        applies=lambda case: bool(case.instrument.other_clocks),
    ),
    "authority-answer": Act(
        _("Record the enforcing authority's answer"),
        endings.AuthorityAnswer,
        COUNSEL,
        "gavel",
        applies=lambda case: case.authority_notified,
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


def _orders(case: Case) -> QuerySet[Any]:
    return case.orders.all()


def _preservations(case: Case) -> QuerySet[Any]:
    return case.preservations.all()


def _duties(case: Case) -> QuerySet[Any]:
    return case.duties.all()


def _objections(case: Case) -> QuerySet[Any]:
    return Objection.objects.filter(duty__case=case)


def _challenges(case: Case) -> QuerySet[Any]:
    return case.challenges.all()


def _letters(case: Case) -> QuerySet[Any]:
    return case.letters.all()


# What is done to one row of the case; its panel links to it.
ON_ROWS: Mapping[str, Act] = {
    "extend-order": Act(_("Record an extension"), orders.ExtendOrder, BOTH, rows=_orders),
    "lift-order": Act(_("Record a lifting"), orders.LiftOrder, COUNSEL, kind="danger", rows=_orders),
    "challenge-order": Act(_("Challenge the order"), challenges.ChallengeOrder, COUNSEL, rows=_orders),
    "look-at-hold": Act(
        _("Look at what arrived"), orders.LookAtHold, BOTH, rows=lambda case: case.incoming_holds.all()
    ),
    "confirm-hold": Act(_("Confirm the preservation"), preservations.ConfirmHold, BOTH, rows=_preservations),
    "extend-hold": Act(_("Extend the preservation"), preservations.ExtendHold, BOTH, rows=_preservations),
    "release-hold": Act(
        _("End the preservation"),
        preservations.ReleaseHold,
        BOTH,
        kind="danger",
        rows=_preservations,
    ),
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
    "record-instance": Act(_("Record an instance"), challenges.RecordInstance, COUNSEL, rows=_challenges),
    "resolve-order-challenge": Act(
        _("End the challenge to the order"),
        challenges.ResolveOrderChallenge,
        COUNSEL,
        rows=lambda case: case.challenges.filter(subject="nondisclosure"),
    ),
    "letter-sent": Act(_("Record how it was sent"), agency.LetterSent, BOTH, rows=_letters),
    "drop-letter": Act(_("Drop the draft"), agency.DropLetter, BOTH, kind="danger", rows=_letters),
}

ACTS: Mapping[str, Act] = {**MOVES, **WORK, **ON_ROWS}
