"""The whole state machine on one page, readable as the table of docs/workflow.md, which is drawn from it.

A transition is one thought: it moves the case and notes when. Order is here; reasons are in cases.guards, work in
cases.actions. `who` names who may propose or do it; `second` whether another person approves it first.
"""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, FSMField, transition

from accounts.models import Role
from cases.states import ASKABLE, CHALLENGEABLE, OPEN, CaseState

S = CaseState
ANALYST, COUNSEL = (Role.ANALYST,), (Role.COUNSEL,)
BOTH = (Role.ANALYST, Role.COUNSEL)
SYSTEM: tuple[Role, ...] = ()


class CaseWorkflow(models.Model):
    """The state of a case and every way it may change."""

    state = FSMField(_("state"), max_length=20, choices=S.choices, default=S.RECEIVED, protected=True)
    state_left = models.CharField(max_length=20, choices=S.choices, blank=True)  # where a question or challenge returns

    outcome: models.CharField[str, str]
    outcome_at: models.DateTimeField[datetime | None, datetime | None]
    rejection_ground: models.CharField[str, str]
    closed_at: models.DateTimeField[datetime | None, datetime | None]

    class Meta:
        abstract = True

    @transition("state", S.RECEIVED, S.LEGAL_REVIEW, custom={"who": ANALYST, "label": _("Begin legal review")})
    def begin_review(self) -> None:
        """Counsel takes over."""

    @transition(
        "state", list(ASKABLE), S.AWAITING_AGENCY, custom={"who": BOTH, "label": _("Ask the agency a question")}
    )
    def ask_agency(self) -> None:
        """A question is out."""
        self.state_left = self.state

    @transition(
        "state",
        S.AWAITING_AGENCY,
        GET_STATE(lambda case, **_: case.state_left, states=list(ASKABLE)),
        custom={"who": BOTH, "label": _("Record the agency's reply")},
    )
    def agency_replied(self) -> None:
        """The question is answered and nothing asked for has changed."""

    @transition(
        "state", S.AWAITING_AGENCY, S.LEGAL_REVIEW, custom={"who": BOTH, "label": _("Record a changed request")}
    )
    def agency_changed_request(self) -> None:
        """The reply changes targets, categories or instrument: review starts again."""

    @transition("state", S.LEGAL_REVIEW, S.CONFLICT_CHECK, custom={"who": COUNSEL, "label": _("Pass legal review")})
    def pass_review(self) -> None:
        """The request is good, and what may be given is authorised."""

    @transition(
        "state", S.CONFLICT_CHECK, S.NOTICE_PENDING, custom={"who": COUNSEL, "label": _("Clear the conflict check")}
    )
    def clear_conflict(self) -> None:
        """No law forbids it, or a second counsel agreed to go on: the customers are told next."""

    @transition(
        "state", S.NOTICE_PENDING, S.CUSTOMER_NOTIFIED, custom={"who": SYSTEM, "label": _("Settle as notified")}
    )
    def settle_as_notified(self) -> None:
        """Every duty is settled, at least one by telling."""

    @transition("state", S.NOTICE_PENDING, S.NOTICE_WITHHELD, custom={"who": SYSTEM, "label": _("Settle as withheld")})
    def settle_as_withheld(self) -> None:
        """Every duty is settled, none by telling."""

    @transition(
        "state",
        [S.CUSTOMER_NOTIFIED, S.NOTICE_WITHHELD],
        S.NOTICE_PENDING,
        custom={"who": SYSTEM, "label": _("A basis for withholding ended")},
    )
    def basis_ended(self) -> None:
        """Someone must be told after all."""

    @transition("state", S.CUSTOMER_NOTIFIED, S.NOTICE_PENDING, custom={"who": SYSTEM, "label": _("A notice failed")})
    def notice_failed(self) -> None:
        """A notice thought delivered was not."""

    @transition(
        "state",
        list(CHALLENGEABLE),
        S.CHALLENGED,
        custom={"who": COUNSEL, "second": "yes", "label": _("Challenge the request")},
    )
    def challenge(self) -> None:
        """We go to the issuing authority or a court."""
        if self.state != S.AWAITING_AGENCY:
            self.state_left = self.state

    @transition(
        "state",
        S.CHALLENGED,
        GET_STATE(lambda case, **_: case.state_left, states=list(ASKABLE)),
        custom={"who": COUNSEL, "label": _("Record that the request stands")},
    )
    def resolve_challenge(self) -> None:
        """The last instance let the request stand."""

    @transition(
        "state", S.CHALLENGED, S.LEGAL_REVIEW, custom={"who": COUNSEL, "label": _("Record that it was narrowed")}
    )
    def resolve_narrowed(self) -> None:
        """The scope changed: review starts again."""

    @transition("state", S.CHALLENGED, S.REJECTED, custom={"who": COUNSEL, "label": _("Record that it was quashed")})
    def resolve_quashed(self, *, outcome: str, at: datetime) -> None:
        """A court quashed it."""
        self.rejection_ground = "quashed"
        self.outcome, self.outcome_at = outcome, at

    @transition(
        "state",
        [S.CUSTOMER_NOTIFIED, S.NOTICE_WITHHELD],
        S.ANSWERED,
        custom={"who": COUNSEL, "second": "yes", "label": _("Answer")},
    )
    def answer(self, *, outcome: str, at: datetime) -> None:
        """The last of the data left the house, or what was ordered took effect."""
        self.outcome, self.outcome_at = outcome, at

    @transition(
        "state",
        [S.RECEIVED, S.LEGAL_REVIEW],
        S.ANSWERED,
        custom={"who": COUNSEL, "second": "yes", "label": _("Answer an emergency")},
    )
    def answer_emergency(self, *, outcome: str, at: datetime) -> None:
        """Data left at once to avert a danger."""
        self.outcome, self.outcome_at = outcome, at

    @transition(
        "state",
        [S.CUSTOMER_NOTIFIED, S.NOTICE_WITHHELD, S.ANSWERED],
        None,
        custom={"who": COUNSEL, "second": "yes", "label": _("Release a part")},
    )
    def produce_part(self) -> None:
        """A part left; the case stays where it is."""

    @transition(
        "state",
        list(OPEN),
        S.REJECTED,
        custom={"who": COUNSEL, "second": "where the instrument says so", "label": _("Reject the request")},
    )
    def reject(self, *, ground: str, outcome: str, at: datetime) -> None:
        """We do not comply."""
        self.rejection_ground = ground
        self.outcome, self.outcome_at = outcome, at

    @transition("state", list(OPEN), S.WITHDRAWN, custom={"who": BOTH, "label": _("Record a withdrawal")})
    def withdraw(self, *, outcome: str, at: datetime) -> None:
        """The agency took it back."""
        self.outcome, self.outcome_at = outcome, at

    @transition(
        "state",
        [S.ANSWERED, S.REJECTED, S.WITHDRAWN, S.CLOSED],
        S.LEGAL_REVIEW,
        custom={"who": COUNSEL, "second": "yes", "label": _("Reopen")},
    )
    def reopen(self) -> None:
        """Something was wrong, or has changed."""
        self.outcome, self.outcome_at, self.rejection_ground, self.closed_at = "", None, "", None

    @transition("state", [S.ANSWERED, S.REJECTED, S.WITHDRAWN], S.CLOSED, custom={"who": ANALYST, "label": _("Close")})
    def close(self, *, at: datetime) -> None:
        """Nothing is left to do."""
        self.closed_at = at
