"""What the customer's page says: the declared facts, how much time is left, what happened and what comes."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.dossier import ABOUT_TARGETS
from cases.models import NoticeDuty
from notifications import facts
from notifications.catalogue import STATED
from notifications.outcomes import Result, result
from notifications.standing import Standing, window_runs
from notifications.wording import day_words, last_day, last_day_words

# What the page states where it is so; what every page must have is what a request always has.
NEEDS = frozenset({"provider", "contact", "reference", "accounts", "agency", "order", "law", "received_on"})
MAY = frozenset({"asked", "not_asked", "window_until", "decision", "keeps", "silence"}) | STATED
# A controller is another than the person: nothing is said to them as if the data were about themselves.
MAY_TO_CONTROLLER = frozenset({"asked_of_person", "keeps", "silence"})


@dataclass(frozen=True)
class Stage:
    """A step of the request's path, for components/path.html."""

    label: str
    detail: str = ""
    when: str = ""
    status: str = ""  # done, here or empty


def context(standing: Standing, now: datetime) -> facts.Context:
    """Return everything the customer's pages show, in the language and zone in use."""
    duty = standing.about_request or standing.told[-1]
    subject = facts.Subject(standing.case, duty, standing.customer, now)
    outcome = None if standing.is_controller else result(standing.case, duty)
    stated = facts.state(subject, NEEDS, MAY_TO_CONTROLLER if standing.is_controller else MAY)
    return stated | {
        "asked": _as_sentences(stated.get("asked_of_person") or stated.get("asked")),
        "not_asked": _as_sentences(stated.get("not_asked")),
        "standing": standing,
        "result": outcome,
        "has_effect": "effect" in standing.case.instrument.ends_in,
        "sent_at": duty.delivered_at,
        "days_left": _days_left(duty, standing, now),
        "may_agree": standing.may_agree(now),
        "waived_at": duty.waived_at,
        "proof_until": _proof_until(standing),
        "documents": standing.documents,
        "stages": _stages(standing, duty, outcome, now),
        "languages": settings.LANGUAGES,
    }


def _as_sentences(words: object) -> list[str]:
    """Return points of a list as they stand alone; in a mail they follow a colon."""
    return [capfirst(one) for one in words] if isinstance(words, list) else []


def _proof_until(standing: Standing) -> str:
    """Return the last day on which a filing can be shown, empty where none is asked for."""
    due_at = standing.objection.proof_due_at if standing.objection else None
    return last_day_words(due_at, standing.customer.zone) if due_at else ""


def _days_left(duty: NoticeDuty, standing: Standing, now: datetime) -> int:
    """Return how many days are left to object, today and the last one counted; 0 when they are over."""
    if duty.window_ends_at is None or not window_runs(duty, now):
        return 0
    last = last_day(duty.window_ends_at, standing.customer.zone)
    return (last - now.astimezone(standing.customer.zone).date()).days + 1


def _stages(standing: Standing, duty: NoticeDuty, outcome: Result | None, now: datetime) -> list[Stage]:
    """Return the path of a request that the customer could object to; empty for others."""
    if duty.kind not in ABOUT_TARGETS or duty.window_ends_at is None:
        return []
    zone = standing.customer.zone
    is_open = standing.case.is_open
    runs = is_open and (window_runs(duty, now) or standing.has_open_objection)
    received = day_words(standing.case.received_at.astimezone(zone).date())
    earliest = day_words(duty.window_ends_at.astimezone(zone).date())
    waits = _(
        "On %(day)s at the earliest, if nobody objects: only with what is listed above. "
        "A second person checks it first."
    )
    return [
        Stage(_("We received the request"), when=received, status="done"),
        Stage(_("We checked it"), _("It comes from this authority, and it may ask for this."), status="done"),
        Stage(
            _("You can object"),
            _("We are here. Nothing is handed over in this time.") if runs else "",
            status="here" if runs else "done",
        ),
        Stage(
            _("We answer the request"),
            waits % {"day": earliest} if is_open else "",
            status="done" if not is_open else ("" if runs else "here"),
        ),
        Stage(
            _("We tell you how it ended"),
            outcome.sentence if outcome else _("By e-mail and on this page."),
            status="done" if not is_open and outcome else "",
        ),
    ]
