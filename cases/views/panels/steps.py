"""Where a case stands, and what the next step lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.checks import Check
from cases.dossier import Dossier
from cases.guards import checks
from cases.rules.fraud_signals import SIGNALS
from cases.states import RELEASES, ApprovalKind, ApprovalState, CaseState
from cases.views.words import moment_words

S = CaseState
# The ordinary path, each step with the states that stand on it.
PATH: tuple[tuple[str, tuple[str, ...]], ...] = (
    (S.RECEIVED, (S.RECEIVED,)),
    (S.LEGAL_REVIEW, (S.LEGAL_REVIEW,)),
    (S.CONFLICT_CHECK, (S.CONFLICT_CHECK,)),
    ("notice", (S.NOTICE_PENDING, S.CUSTOMER_NOTIFIED, S.NOTICE_WITHHELD)),
    ("end", (S.ANSWERED, S.REJECTED, S.WITHDRAWN, S.CLOSED)),
)
# The transition that comes next in the ordinary course.
NEXT = {
    S.RECEIVED: "begin_review",
    S.LEGAL_REVIEW: "pass_review",
    S.AWAITING_AGENCY: "agency_replied",
    S.CONFLICT_CHECK: "clear_conflict",
    S.NOTICE_PENDING: "settle_as_notified",
    S.CUSTOMER_NOTIFIED: "answer",
    S.NOTICE_WITHHELD: "answer",
    S.CHALLENGED: "resolve_challenge",
    S.ANSWERED: "close",
    S.REJECTED: "close",
    S.WITHDRAWN: "close",
}


@dataclass(frozen=True)
class NextStep:
    """What the next step needs; `guards` are unmet ones first."""

    heading: str
    guards: list[dict[str, Any]]


def steps(d: Dossier) -> list[dict[str, str | Promise]]:
    """Return the path of the case with what is done, where it is, and what comes."""
    state = d.case.state_left if d.case.state in (S.AWAITING_AGENCY, S.CHALLENGED) else d.case.state
    here = next((place for place, (_name, states) in enumerate(PATH) if state in states), 0)
    cut_short = _is_cut_short(d)
    return [
        {
            "label": _label(name, d),
            "detail": _detail(name, d, is_here=place == here),
            "status": _status(place, here, cut_short=cut_short),
        }
        for place, (name, _states) in enumerate(PATH)
    ]


def _is_cut_short(d: Dossier) -> bool:
    """Whether the case ended without going the whole way: rejected, withdrawn, or answered in an emergency."""
    released = (a.kind for a in d.approvals if a.kind in RELEASES and a.state == ApprovalState.EXECUTED)
    answered_at_once = d.case.state in PATH[-1][1] and next(released, "") == ApprovalKind.ANSWER_EMERGENCY
    return d.case.outcome in (S.REJECTED, S.WITHDRAWN) or answered_at_once


def _status(place: int, here: int, *, cut_short: bool) -> str:
    if place == here:
        return "here"
    return "done" if place < here and (place == 0 or not cut_short) else ""


def _label(name: str, d: Dossier) -> str | Promise:
    if name == "notice":
        return _("Customer notice")
    if name != "end":
        return CaseState(name).label
    ended = d.case.outcome if d.case.outcome in (S.REJECTED, S.WITHDRAWN) else S.ANSWERED
    return _("%(end)s, closed") % {"end": CaseState(ended).label} if d.case.closed_at else CaseState(ended).label


def _detail(name: str, d: Dossier, *, is_here: bool) -> str:
    if name == S.RECEIVED:
        return moment_words(d.case.received_at)
    if name == "end" and d.case.outcome_at:
        return date_format(timezone.localtime(d.case.outcome_at), "DATE_FORMAT")
    if name == "end" and d.case.due_date:
        return _("due %(day)s") % {"day": date_format(d.case.due_date, "DATE_FORMAT")}
    if not is_here:
        return ""
    return d.case.state_words if d.case.state in (S.AWAITING_AGENCY, S.CHALLENGED) else _("now")


def next_step(d: Dossier) -> NextStep:
    """Return what is missing, in plain words, before the case can move on."""
    if d.case.is_open and any(SIGNALS[signal.code].for_good for signal in d.signals):
        return NextStep(_("Proven to be a fraud: nothing may leave, reject it"), [])
    transition = _next(d)
    if transition is None:
        return NextStep(_("Nothing is left to do"), [])
    if d.case.state == S.AWAITING_AGENCY:
        return NextStep(_("A question is out: record the agency's reply when it comes"), [])
    found = sorted(checks(transition, d), key=lambda check: check.met)
    missing = sum(not check.met for check in found)
    return NextStep(_heading(transition, missing), list(_guards(found)))


def _next(d: Dossier) -> str | None:
    """An emergency goes its own way: what keeps it from being answered counts, not what keeps it from review."""
    if d.case.is_emergency and d.instrument.emergency and d.case.state in (S.RECEIVED, S.LEGAL_REVIEW):
        return "answer_emergency"
    return NEXT.get(CaseState(d.case.state))


def _heading(transition: str, missing: int) -> str:
    goal = {
        "begin_review": _("legal review can begin"),
        "pass_review": _("legal review can be passed"),
        "clear_conflict": _("the conflict check can be cleared"),
        "settle_as_notified": _("the notices are settled"),
        "answer": _("the case can be answered"),
        "answer_emergency": _("the emergency can be answered"),
        "resolve_challenge": _("the challenge can be ended"),
        "close": _("the case can be closed"),
    }[transition]
    if not missing:
        return _("Nothing is missing: %(goal)s") % {"goal": goal}
    return ngettext("One thing is missing before %(goal)s", "%(total)d things are missing before %(goal)s", missing) % {
        "goal": goal,
        "total": missing,
    }


def _guards(found: list[Check]) -> Iterator[dict[str, Any]]:
    for check in found:
        yield {"met": check.met, "text": check.sentence}
